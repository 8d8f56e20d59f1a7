"""One linked graph of all that is written by hand."""
