"""The handbook in, the pages and assets of the site out. Pure: no files, no clock, no network."""
