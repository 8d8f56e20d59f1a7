"""Load the template of a post-mortem, and fill its fields: a field is a name in braces, such as `{title}`."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from importlib import resources
from pathlib import Path

from opsbook.site.language import SiteLanguage
from opsbook.source.files import is_there
from opsbook.source.text import read_text

TEMPLATE = "template.md"
"""The name of its file in the folder of the post-mortems."""

FIELDS = ("title", "severity", "started", "detected", "mitigated", "resolved", "services", "runbooks", "timeline")
"""The fields. The script of the template's page fills in the same names."""

_MESSAGE = re.compile(r"^(## |<!-- )(.+?)( -->|)$", re.MULTILINE)
"""A heading or a comment of the template."""
_FIELD = re.compile(r"\{(" + "|".join(FIELDS) + r")\}")


def load_template(folder: Path, name: str, language: SiteLanguage | None = None) -> str:
    """Return the template beside the post-mortems in `folder`, else the one of the engine in `language`."""
    if is_there(folder / TEMPLATE):
        return read_text(folder / TEMPLATE, f"{name}/{TEMPLATE}")
    return _MESSAGE.sub(
        lambda found: f"{found[1]}{(language or SiteLanguage()).gettext(found[2])}{found[3]}", own_template()
    )


def own_template() -> str:
    """Return the template of the engine in English."""
    return resources.files("opsbook.nouns.post_mortem").joinpath(TEMPLATE).read_text("utf-8")


def template_messages() -> tuple[str, ...]:
    """Return the messages of the catalogs in the template: its headings, and what its comments say."""
    return tuple(found[2] for found in _MESSAGE.finditer(own_template()))


def fill(template: str, values: Mapping[str, str]) -> str:
    """Return `template` with its fields filled; a field without a value becomes empty.

    >>> fill("title: {title}\\nstarted: {started}\\n{other}", {"title": quoted('a "b"')})
    'title: "a \\\\"b\\\\""\\nstarted: \\n{other}'
    """
    return _FIELD.sub(lambda match: values.get(match[1], ""), template)


def quoted(text: str) -> str:
    """Return `text` as a YAML scalar that reads back unchanged, whatever it contains."""
    return json.dumps(text, ensure_ascii=False)
