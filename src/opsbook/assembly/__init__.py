"""Load every noun, link them, and make the site from all of them."""
