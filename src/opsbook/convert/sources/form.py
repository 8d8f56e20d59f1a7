"""Tell by its structure in what form a text is; its name decides only where that leaves a choice."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import PurePath

from opsbook.convert.notes import Notes
from opsbook.convert.sources.documents import foreign_documents
from opsbook.convert.sources.plain import looks_like_rst
from opsbook.convert.sources.sheets import SEPARATED, delimiter_of
from opsbook.problems import Problem, ProblemsError

READERS = ("markdown", "yaml", "json", "csv", "xlsx", "rst", "text")
"""What `--preset` may name beside the well-known checklists."""

_TREES = (".yml", ".yaml", ".json")
_ASCIIDOC = re.compile(r"(?:={1,5} \S|:[a-z][\w-]*:(?: |$)|\[(?:source|NOTE|TIP|%)[^\]]*\]$|\*{2,4} \S|-{4}$|={4}$)")
_ORG = re.compile(r"(?:\*{2,} \S|#\+[A-Za-z_]+:|:[A-Z]+:$|\* (?:TODO|DONE) )")
_HEADING = re.compile(r"#{1,6} \S")
_MARKDOWN_LINE = re.compile(r"(?:#{1,6} \S|[ \t]*[-*+] \[[^\]]?\] |\||```)")


def form_of_text(text: str, name: str, preset: str) -> str:
    """Return the name of the reader for `text`. Raise ProblemsError where it is in a form that is not read."""
    if preset in READERS:
        return preset
    if preset:
        return "json" if _is_json(text) else "yaml"
    suffix, lines = PurePath(name).suffix.lower(), [line for line in text.split("\n") if line.strip()][:3000]
    if _is_json(text):
        return "json"
    _refuse_markup(lines, name)
    if suffix in SEPARATED or delimiter_of(text):
        return "csv"
    if suffix in _TREES:
        return "yaml"
    like_markdown = sum(1 for line in lines if _MARKDOWN_LINE.match(line) and not line.startswith("# "))
    like_tree = sum(1 for line in lines if re.match(r"\s*(?:- )?[\w\"'.-]+:(?:\s|$)", line))
    if like_tree and like_tree * 5 >= len(lines) and like_markdown * 5 < like_tree and _is_tree(text, name):
        return "yaml"
    if looks_like_rst(text.split("\n")):
        return "rst"
    has_markdown = any(_MARKDOWN_LINE.match(line) or re.match(r"[-*+] ", line) for line in lines)
    return "markdown" if has_markdown and suffix != ".txt" else "text"


def _is_json(text: str) -> bool:
    start, end = text.lstrip()[:1], text.rstrip()[-1:]
    return (start == "{" and end == "}") or (
        start == "[" and end == "]" and not re.match(r"\s*\[[^\[\]{}\"]*\]\(", text)
    )


def _is_tree(text: str, name: str) -> bool:
    try:
        documents = foreign_documents(text, name, Notes(name))
    except ProblemsError:
        return False
    return any(isinstance(document.tree, (dict, list)) for document in documents)


def _refuse_markup(lines: Sequence[str], name: str) -> None:
    """Raise ProblemsError for AsciiDoc and Org, whose headings and lists would be read as something else."""
    if any(_HEADING.match(line) for line in lines):
        return
    if _is_asciidoc(lines):
        message = "this is AsciiDoc; write its headings as `## Backups` and its boxes as `- [ ] …`"
        raise ProblemsError([Problem(name, 1, 1, f"{message}, such as by `pandoc -f asciidoc -t gfm`")])
    if _is_org(lines):
        message = "this is Org; write its headings as `## Backups`, such as by `pandoc -f org -t gfm`"
        raise ProblemsError([Problem(name, 1, 1, message)])


def _is_asciidoc(lines: Sequence[str]) -> bool:
    signs = [line for line in lines if _ASCIIDOC.match(line)]
    titles = [line for line in lines if re.match(r"={1,5} \S", line)]
    return bool(titles) and (len(signs) > 1 or lines[0] in titles)


def _is_org(lines: Sequence[str]) -> bool:
    signs = [line for line in lines if _ORG.match(line)]
    stars = [line for line in lines if re.match(r"\*+ \S", line)]
    has_keyword = any(line.startswith("#+") for line in signs)
    if not signs or not (has_keyword or any(line.startswith("**") for line in stars)):
        return False
    has_markdown = any(re.match(r"[ \t]*[-*+] \[[ xX]\] ", line) for line in lines)
    return bool(stars) or (not has_markdown and any(re.match(r"[ \t]*- \[-\] ", line) for line in lines))
