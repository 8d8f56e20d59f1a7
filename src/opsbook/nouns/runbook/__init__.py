"""Runbooks: their front matter, their steps and commands, and what is wrong with them."""
