"""Macros: what hand-written pages can call."""
