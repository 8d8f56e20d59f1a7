"""Load the template of a post-mortem, and fill its fields: a field is a name in braces, such as `{title}`."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from importlib import resources
from pathlib import Path

from opsbook.source.files import is_there
from opsbook.source.text import read_text

TEMPLATE = "template.md"
"""The name of its file in the folder of the post-mortems."""

FIELDS = ("title", "severity", "started", "detected", "mitigated", "resolved", "services", "runbooks", "timeline")
"""The fields. The script of the template's page fills in the same names."""

_FIELD = re.compile(r"\{(" + "|".join(FIELDS) + r")\}")


def load_template(folder: Path, name: str) -> str:
    """Return the template beside the post-mortems in `folder`, else the one that comes with the engine."""
    if is_there(folder / TEMPLATE):
        return read_text(folder / TEMPLATE, f"{name}/{TEMPLATE}")
    return resources.files("opsbook.nouns.post_mortem").joinpath(TEMPLATE).read_text("utf-8")


def fill(template: str, values: Mapping[str, str]) -> str:
    """Return `template` with its fields filled; a field without a value becomes empty.

    >>> fill("title: {title}\\nstarted: {started}\\n{other}", {"title": quoted('a "b"')})
    'title: "a \\\\"b\\\\""\\nstarted: \\n{other}'
    """
    return _FIELD.sub(lambda match: values.get(match[1], ""), template)


def quoted(text: str) -> str:
    """Return `text` as a YAML scalar that reads back unchanged, whatever it contains."""
    return json.dumps(text, ensure_ascii=False)
