"""What every page needs: pages and assets, addresses, escaping, templates, charts."""
