"""Make the copies of a built site that work without a network: one file to take along, and what browsers keep."""
