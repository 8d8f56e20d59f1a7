"""Every reach into a part of MkDocs, Material, mkdocs-macros or Jinja that these projects do not document.

Each is a small function with the address of the code that it rests on, at the version that it was written for, and the
reason why the documented way does not do. `tests/mkdocs/test_compat.py` has a test for each, which fails when that
code changes.
"""
