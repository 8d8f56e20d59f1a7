"""Write the files that MkDocs needs beside a checklist."""

from __future__ import annotations

from pathlib import Path

from opsbook.cli.output import write_new
from opsbook.convert.scalars import write_scalar
from opsbook.mkdocs.sitefile import pages_folder_of
from opsbook.nouns.checklist.model import FILE, Checklist
from opsbook.source.files import is_there
from opsbook.source.schema import schema_text
from opsbook.whole import make_folder

CONFIG = """\
# Zensical runs no plugins: first `opsbook generate FOLDER`, then `zensical build` in FOLDER.
theme:
  name: material
plugins:
  - search
  - opsbook
  - macros:
      module_name: macros/main
      render_by_default: false
      on_error_fail: true
      on_undefined: strict
"""
MACROS = "from opsbook.macros import define_env\n"
IGNORED = "/.cache/\n/site/\n"


def site_around(output: Path, checklist: Checklist) -> list[str]:
    """Write the files that MkDocs needs beside `output`, and the schema that its first line names.

    Return the names of those that were written; files that exist stay as they are.
    """
    is_new_site = not output.with_name("mkdocs.yml").exists()
    made = []
    ignore = output.with_name(".gitignore")
    if is_new_site and not is_there(ignore):
        made += write_new(ignore, IGNORED, force=False)
    config = f"site_name: {write_scalar(checklist.title)}\n{CONFIG}"
    for name, text in (("checklist.schema.json", schema_text(Checklist, FILE)), ("mkdocs.yml", config)):
        if not output.with_name(name).exists():
            made += write_new(output.with_name(name), text, force=False)
    module = output.with_name("macros") / "main.py"
    if is_new_site and not is_there(module):
        make_folder(module.parent)
        made += write_new(module, MACROS, force=False)
    docs = pages_folder_of(output.parent)
    if not docs.exists():
        make_folder(docs)
        made += write_new(docs / ".gitkeep", "", force=False)
    return made
