"""Load the texts that people start from: the template of a post-mortem, and those in `docs/templates/`.

MkDocs makes no pages of that folder; the macro `template` shows a text from it, ready to copy.
"""

from __future__ import annotations

from pathlib import Path

from opsbook.nouns.kind import Loaded, Project, Record
from opsbook.nouns.post_mortem.model import TEMPLATE, load_template
from opsbook.nouns.template.model import POST_MORTEM, Template
from opsbook.problems import Problem
from opsbook.site.language import SiteLanguage
from opsbook.source.guard import reading
from opsbook.source.sitefile import TEMPLATES
from opsbook.source.text import read_text

POST_MORTEMS = "post-mortems"


def load(project: Project) -> Loaded:
    """Return the templates beside the hand-written pages, and that of the post-mortems."""
    problems: list[Problem] = []
    records: list[Record] = []
    for file in project.docs_files(TEMPLATES, ".md", deep=False):
        path = project.below_docs(file)
        with reading(path, problems):
            records.append(_record(Path(file).stem, read_text(project.docs / file, path).strip() + "\n", path))
    path = f"{POST_MORTEMS}/{TEMPLATE}"
    language = SiteLanguage(project.site.language, project.site.names)
    with reading(path, problems):
        records.append(_record(POST_MORTEM, load_template(project.root / POST_MORTEMS, POST_MORTEMS, language), path))
    return Loaded(tuple(records), tuple(problems))


def _record(name: str, text: str, file: str) -> Record:
    return Record(Template(name, text), kind="template", id=name, file=file)
