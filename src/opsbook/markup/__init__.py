"""What Markdown from many hands may become on a page, what is taken out of it, and how its author is told."""
