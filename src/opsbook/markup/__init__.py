"""Decide what Markdown from many hands may become on a page, take out the rest, and tell the author about it."""
