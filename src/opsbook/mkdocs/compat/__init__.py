"""Reach the parts of MkDocs, Material, mkdocs-macros and Jinja that these projects do not document.

Each use is a small function with the address of the upstream code that it relies on, at the version that it was
written for, and the reason why the documented way is not enough. `tests/mkdocs/test_compat.py` has a test for each,
which fails when that code changes.
"""
