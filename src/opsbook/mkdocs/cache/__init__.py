"""Reuse rendered pages, their search entries and compiled templates from the last build, by their content."""
