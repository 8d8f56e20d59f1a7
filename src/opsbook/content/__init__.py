"""Checks of what a handbook says, beyond its form: each is a module that declares one `ContentCheck`."""
