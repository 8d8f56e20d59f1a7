"""Markdown and HTML of many hands: what may be published of it."""
