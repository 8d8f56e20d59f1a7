"""Guides: the prose about each practice."""
