"""Import checklists from elsewhere, and export them for elsewhere."""
