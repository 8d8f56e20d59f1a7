"""The words of the site, and what they mean."""
