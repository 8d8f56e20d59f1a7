"""What is written about each practice."""
