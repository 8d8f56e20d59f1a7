"""Merge a new version of a list from elsewhere into the `checklist.yml` that was once made of it."""
