"""Runbooks: their front matter, steps and commands, and the rules that they are checked against."""
