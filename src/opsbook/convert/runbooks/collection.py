"""Find the pages of a folder that is imported, the files that they may need, and what is there and is no runbook."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from opsbook.assembly.attachments import active_part
from opsbook.convert.runbooks.dialects import counted_words
from opsbook.convert.runbooks.foreign_page import ForeignText, foreign_text
from opsbook.convert.runbooks.word_lists import words_in
from opsbook.problems import Problem, ProblemsError
from opsbook.source.characters import forbidden_characters
from opsbook.source.files import MARKDOWN, regular_files
from opsbook.source.text import read_text

ENDINGS = (*MARKDOWN, ".mdx")
NO_RUNBOOKS = words_in(
    """
    contributing code_of_conduct code-of-conduct changelog license licence security authors owners notice
    maintainers governance pull_request_template issue_template support_policy _sidebar _footer summary
    """
)
"""The names of pages that are about a repository, or that a wiki shows beside its pages."""
UNREAD = "is a page in a form that is not read; turn it into Markdown first"
_UNREAD = re.compile(
    r"\.(?:(?:md|markdown)\.(?:erb|j2|jinja2?|ejs|tmpl|tpl|hbs|liquid)|adoc|asciidoc|org|rst|textile|mediawiki|docx)\Z",
    re.IGNORECASE,
)
"""The endings of pages of other markups, and of templates that a generator fills."""


@dataclass
class ForeignFolder:
    """What a folder holds: pages, other files, and the pages that are left out, with the reason."""

    root: Path
    pages: dict[str, ForeignText] = field(default_factory=dict)
    files: dict[str, Path] = field(default_factory=dict)
    left: dict[str, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def text_of(self, name: str) -> str | None:
        """Return the text of the file that a snippet names; None where there is none."""
        for path, file in self.files.items():
            if path == name or path.endswith(f"/{name.lstrip('./')}"):
                try:
                    return read_text(file, path)
                except ProblemsError:
                    return None
        page = next((each for path, each in self.pages.items() if path == name or path.endswith(f"/{name}")), None)
        return page.text if page else None


def read_foreign_folder(path: Path) -> ForeignFolder:
    """Return what `path`, a folder or one page, holds. Raise ProblemsError where there is nothing of the kind."""
    if not path.exists():
        raise ProblemsError([Problem(path.as_posix(), 0, 0, "no such file or folder")])
    root = path if path.is_dir() else path.parent
    found = ForeignFolder(root)
    for file in regular_files(root, deep=True) if path.is_dir() else [path, *regular_files(root, deep=True)]:
        name = file.relative_to(root).as_posix()
        is_page = name.lower().endswith(ENDINGS) and (path.is_dir() or file == path)
        if not is_page:
            if path.is_dir() and _UNREAD.search(name):
                found.problems.append(Problem(name, 0, 0, f"{UNREAD}; allowed: {', '.join(ENDINGS)}"))
            if name.lower().endswith(".svg") and active_part(file.read_text("utf-8", "replace")):
                found.left[name] = "could run a program when it is opened; links to it lead upstream"
            else:
                found.files.setdefault(name, file)
            continue
        if (stem := Path(name).stem.lower()) in NO_RUNBOOKS:
            found.left[name] = (
                "is about the repository, not about an alert" if stem[0] != "_" else "is a menu of a wiki"
            )
            continue
        try:
            page = foreign_text(name, read_text(file, file.as_posix(), repair=_visible))
        except ProblemsError as error:
            found.problems += error.problems
            continue
        below = "\n".join(page.text.split("\n")[page.front.body_at :])
        if counted_words(re.sub(r"^#.*$|<!--(?:[^-]|-(?!->))*+(?:-->|\Z)", "", below, flags=re.MULTILINE)):
            found.pages[name] = page
        else:
            found.left[name] = "has no text"
    if not found.pages and not found.problems:
        raise ProblemsError([Problem(path.as_posix(), 0, 0, f"holds no page; allowed: {', '.join(ENDINGS)}")])
    return found


def _visible(text: str) -> str:
    """Return `text` without the characters that hide or reorder what is read, which no file may hold."""
    mended: list[str] = []
    end = 0
    for offset, _ in forbidden_characters(text, most=len(text)):
        mended += [text[end:offset]]
        end = offset + 1
    return "".join([*mended, text[end:]])


def stripped(paths: Mapping[str, object]) -> Mapping[str, str]:
    """Return the paths without the folders that say only that there are pages, such as `content/runbooks`."""
    return {path: _bare(path) for path in paths}


def _bare(path: str) -> str:
    parts = path.split("/")
    while len(parts) > 1 and parts[0].lower() in ("content", "docs", "doc", "src", "runbooks", "runbook", "source"):
        parts = parts[1:]
    if len(parts) > 1 and parts[0] == "rules":
        parts[0] = "rules-docs"  # The folder `runbooks/rules` holds alerting rules.
    return "/".join(parts)
