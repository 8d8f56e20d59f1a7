"""The border to MkDocs: the plugin, what it fills in, its caches, and the calls of macros."""
