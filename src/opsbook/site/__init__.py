"""Has what every page needs: pages and assets, addresses, escaping, templates, charts, and the one palette."""
