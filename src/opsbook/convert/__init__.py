"""Import checklists and runbooks from elsewhere, and export checklists for elsewhere."""
