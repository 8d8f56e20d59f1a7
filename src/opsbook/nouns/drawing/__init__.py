"""Architecture drawings, each made by a Python script."""
