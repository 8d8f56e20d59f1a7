"""The checklist: areas, groups, items, phases, and what is counted of them."""
