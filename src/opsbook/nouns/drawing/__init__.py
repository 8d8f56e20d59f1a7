"""Architecture drawings, each made by a script."""
