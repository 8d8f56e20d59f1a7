"""Connect the engine to MkDocs: the plugin, the defaults that it fills in, its caches, and the calls of macros."""
