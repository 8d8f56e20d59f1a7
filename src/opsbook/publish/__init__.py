"""Publish a built site as a release in a folder, so that readers meet the old site or the new one whole."""
