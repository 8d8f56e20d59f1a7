"""The fenced blocks of hand-written pages in, what the tool of each language says of them out."""
