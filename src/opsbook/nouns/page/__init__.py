"""The pages that are written by hand and stand for themselves."""
