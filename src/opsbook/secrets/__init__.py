"""Secrets that somebody wrote into what the site publishes: where they are, and which of them are allowed."""
