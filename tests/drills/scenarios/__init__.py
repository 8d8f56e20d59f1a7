"""The scenarios of `make drill`."""
