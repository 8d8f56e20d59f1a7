"""What a build can take from the one before: rendered pages and their entries in the search index, by content."""
