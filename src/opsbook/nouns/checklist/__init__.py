"""The checklist: areas, groups, items and phases, and their pages."""
