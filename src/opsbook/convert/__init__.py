"""Bring checklists in from elsewhere, and write them for elsewhere."""
