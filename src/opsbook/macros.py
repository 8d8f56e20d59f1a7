"""Provide the macros of the engine as a pluglet of mkdocs-macros.

A site takes them in one line of its `macros/main.py`, `from opsbook.macros import define_env`, or by
`modules: [opsbook.macros]` in `mkdocs.yml`. They need a build with the plugin `opsbook`. Where another site engine
builds the pages, write them with `opsbook generate` first: there the calls are made already.
"""

from opsbook.mkdocs.macros import define_env, here

__all__ = ["define_env", "here"]
