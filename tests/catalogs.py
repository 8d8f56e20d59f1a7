"""Find the messages of the engine in its sources, and bring its catalogs up to date with them.

`make words` runs this: what is new stands in each `.po` without a translation, what is gone is gone.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po
from jinja2.ext import babel_extract

import opsbook
from opsbook.nouns.post_mortem.model import template_messages
from opsbook.site.language import DOMAIN

PACKAGE = Path(opsbook.__file__).parent
LOCALE = PACKAGE / "locale"
HEADER = """\
# Words of Opsbook.
# This file is distributed under the same license as Opsbook."""
KEYWORDS = {
    "_": None,
    "N_": None,
    "gettext": None,
    "ngettext": (1, 2),
    "say": None,
    "sayMany": (1, 2),
    "word": None,
}
TEMPLATES = {"extensions": "opsbook.site.render.HtmlTag", "trimmed": "false", "silent": "false"}
READERS: dict[str, Any] = {
    ".py": "python",
    ".js": "javascript",
    **dict.fromkeys((".html", ".jinja", ".md", ".svg"), babel_extract),
}


def messages() -> Catalog:
    """Every message of the package, with the files that it stands in."""
    found = Catalog(project="opsbook", header_comment=HEADER, charset="utf-8")
    for file in _sources():
        options = {**TEMPLATES, **dict.fromkeys(("trim_blocks", "lstrip_blocks", "newstyle_gettext"), "true")}
        read = extract(READERS[file.suffix], io.BytesIO(file.read_bytes()), KEYWORDS, options=options)
        for _, message, _, context in read:
            found.add(message, None, [(file.relative_to(PACKAGE).as_posix(), 1)], context=context)
    for message in template_messages():
        found.add(message, None, [("nouns/post_mortem/template.md", 1)])
    return found


def _sources() -> Iterator[Path]:
    for file in sorted(PACKAGE.rglob("*")):
        below = file.relative_to(PACKAGE).parts
        is_source = file.suffix in (".py", ".js") or "templates" in below
        if is_source and file.suffix in READERS and file.is_file() and "__pycache__" not in below:
            yield file


def catalog(file: Path) -> Catalog:
    """The catalog of one language, whose folder gives its name."""
    with file.open("rb") as text:
        return read_po(text, locale=file.parent.parent.name, abort_invalid=True)


def catalogs() -> Iterator[tuple[str, Catalog]]:
    """The catalog of each language with the name of the language."""
    for file in sorted(LOCALE.glob(f"*/LC_MESSAGES/{DOMAIN}.po")):
        yield file.parent.parent.name, catalog(file)


def written(found: Catalog) -> bytes:
    """A catalog as the file has it: the same bytes on any day."""
    text = io.BytesIO()
    write_po(text, found, width=120, omit_header=False, sort_output=True, include_lineno=False, ignore_obsolete=True)
    lines = text.getvalue().decode().split("\n")
    volatile = ('"POT-Creation-Date', '"PO-Revision-Date', '"Generated-By', '"Last-Translator', '"Report-Msgid')
    kept = [line for line in lines if not line.startswith((*volatile, '"Language-Team', "#, fuzzy"))]
    return "\n".join(kept).encode()


def untranslated(found: Catalog) -> Iterator[Message]:
    """The messages that lack a text, or one of their forms."""
    for message in found:
        texts = message.string if isinstance(message.string, tuple) else (message.string,)
        if message.id and not all(texts):
            yield message


def update(*names: str) -> None:
    """Write the template, and the catalog of each language that there is, and of those in `names`."""
    found = messages()
    (LOCALE / f"{DOMAIN}.pot").write_bytes(written(found))
    for name in sorted({*names, *(name for name, _ in catalogs())}):
        file = LOCALE / name / "LC_MESSAGES" / f"{DOMAIN}.po"
        file.parent.mkdir(parents=True, exist_ok=True)
        old = catalog(file) if file.is_file() else Catalog(name, header_comment=HEADER, charset="utf-8")
        old.update(found, no_fuzzy_matching=True)
        file.write_bytes(written(old))
        missing = list(untranslated(old))
        print(f"{name}: {len(old)} messages, {len(missing)} without a translation")


if __name__ == "__main__":
    update(*sys.argv[1:])
