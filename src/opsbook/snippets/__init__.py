"""Check the blocks of code in Markdown with the tool of each language."""
