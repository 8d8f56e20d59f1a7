"""Provide what every page of the site needs: pages, addresses, escaping, templates, colours and charts."""
