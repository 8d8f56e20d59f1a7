"""The calls in hand-written pages, tried before mkdocs-macros makes them."""
