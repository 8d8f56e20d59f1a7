"""What a build can take from the one before: rendered pages and their search entries, by content."""
