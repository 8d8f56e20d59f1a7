"""The texts that people start from: that of a post-mortem, and whatever lies in `docs/templates/`.

MkDocs makes no pages of that folder; the macro `template` shows what is in it, ready to copy.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from opsbook.nouns.post_mortem.load import TEMPLATE
from opsbook.nouns.post_mortem.template import load_template
from opsbook.problems import Problem, ProblemsError
from opsbook.source.files import regular_files
from opsbook.source.guard import reading
from opsbook.source.text import read_text

FOLDER = "templates"
POST_MORTEM = "post-mortem"


def load_templates(docs: Path, post_mortems: Path, name: str) -> Mapping[str, str]:
    """The templates by name: those in `docs`, and that of the folder `post_mortems`, which messages call `name`.

    The one of the post-mortems still has its fields.

    Raises ProblemsError with every file that cannot be read.
    """
    problems: list[Problem] = []
    found: dict[str, str] = {}
    for file in regular_files(docs / FOLDER, ".md"):
        path = f"{docs.name}/{FOLDER}/{file.name}"
        with reading(path, problems):
            found[file.stem] = read_text(file, path).strip() + "\n"
    with reading(f"{name}/{TEMPLATE}", problems):
        found[POST_MORTEM] = load_template(post_mortems, name)
    if problems:
        raise ProblemsError(problems)
    return found
