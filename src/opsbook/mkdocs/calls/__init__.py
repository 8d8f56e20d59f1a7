"""Try and confine the calls in hand-written pages before mkdocs-macros makes them."""
