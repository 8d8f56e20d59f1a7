"""Name the files that rules are made from and that are not read: programs, and templates of other tools."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from opsbook.problems import Problem, ProblemsError, Severity, counted
from opsbook.source.files import is_folder, regular_files
from opsbook.source.text import read_text

_JSONNET = ("Jsonnet", "give the files that `jsonnet` or `mixtool generate alerts` makes of it")
_JINJA = ("a Jinja template", "render it and give the result")
SOURCES = {
    ".cue": ("CUE", "give what `cue export` makes of it"),
    ".erb": ("an ERB template", "render it and give the result"),
    ".go": ("Go", "give the manifests that the program makes"),
    ".gotmpl": ("a template of helmfile", "render it and give the result"),
    ".j2": _JINJA,
    ".jinja": _JINJA,
    ".jsonnet": _JSONNET,
    ".libsonnet": _JSONNET,
    ".py": ("Python", "give the files that the program writes"),
    ".tf": ("Terraform", "give the rules that Grafana or `mimirtool rules print` exports"),
}
"""What may hold alerts and is not read, by its ending: what it is, and what to give instead."""
_ALERT = re.compile(r"\balert(?:[A-Z_]\w*)?[\"']?[ \t]*(?::|=(?!=))|\bgrafana_rule_group\b", re.IGNORECASE)
_QUERY = re.compile(r"\bexpr\b|\bref_?id\b", re.IGNORECASE)


def is_source(path: Path) -> bool:
    """Return whether the name of `path` says that rules may be made from it, and that it is not read."""
    return path.suffix in SOURCES and not is_folder(path)


def source_problems(path: Path, name: str) -> Iterator[Problem]:
    """Yield a problem for `path`, a file that the user named, or one warning a language for what lies in that folder.

    Messages call it `name`.
    """
    if is_source(path):
        yield Problem(name, 0, 0, _message(path, ""), rule="rule-source")
    elif is_folder(path):
        found: dict[str, list[Path]] = {}
        for file in regular_files(path, *SOURCES, deep=True, hidden=True):
            if _holds_alerts(file):
                found.setdefault(SOURCES[file.suffix][0], []).append(file)
        for files in found.values():
            first = Path(name, files[0].relative_to(path)).as_posix()
            more = f" (and {counted(len(files) - 1, 'file')} more)" if len(files) > 1 else ""
            yield Problem(first, 0, 0, _message(files[0], more), Severity.WARNING, rule="rule-source")


def _message(file: Path, more: str) -> str:
    language, instead = SOURCES[file.suffix]
    return f"is {language}{more}, from which alerts are made, and is not read; {instead}"


def _holds_alerts(file: Path) -> bool:
    try:
        text = read_text(file, file.name)
    except ProblemsError:
        return False
    return bool(_ALERT.search(text) and _QUERY.search(text))
