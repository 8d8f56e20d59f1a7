"""The template of a post-mortem, and what fills its fields: a field is a name in braces, such as `{title}`."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from importlib import resources
from pathlib import Path

from opsbook.source.files import is_there
from opsbook.source.text import read_text

TEMPLATE = "template.md"
"""The file that holds it, in the folder of the post-mortems."""

FIELDS = ("title", "severity", "started", "detected", "mitigated", "resolved", "services", "runbooks", "timeline")
"""The fields. The same names are filled in by the script of the template's page."""

_FIELD = re.compile(r"\{(" + "|".join(FIELDS) + r")\}")


def load_template(folder: Path, name: str) -> str:
    """The template of the repository, whose post-mortems are in `folder`, else the one that comes with the engine."""
    if is_there(folder / TEMPLATE):
        return read_text(folder / TEMPLATE, f"{name}/{TEMPLATE}")
    return resources.files("opsbook.nouns.post_mortem").joinpath(TEMPLATE).read_text("utf-8")


def fill(template: str, values: Mapping[str, str]) -> str:
    """`template` with its fields filled; one without a value becomes nothing.

    >>> fill("title: {title}\\nstarted: {started}\\n{other}", {"title": quoted('a "b"')})
    'title: "a \\\\"b\\\\""\\nstarted: \\n{other}'
    """
    return _FIELD.sub(lambda match: values.get(match[1], ""), template)


def quoted(text: str) -> str:
    """`text` as YAML reads it back, whatever it holds."""
    return json.dumps(text, ensure_ascii=False)
