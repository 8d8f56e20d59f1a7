"""Hand-written pages that belong to no other noun."""
