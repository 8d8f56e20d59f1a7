"""List the words that other tools use in their checklists: keys that name, hold or describe things, and states."""

from __future__ import annotations

from opsbook.nouns.checklist.model import Status
from opsbook.source.tree import Tree

TITLES = (
    *("title", "name", "point", "check", "task", "item", "label", "control", "practice", "requirement", "step"),
    *("question", "line_summary", "summary", "line", "text", "section", "category", "area", "heading"),
)
SUBLISTS = ("subtasks", "subitems", "children")
LISTS = (
    *("sections", "areas", "categories", "groups", "phases", "stages", "checklist", "checklists", "lists", "pillars"),
    *("items", "tasks", "checks", "lines", "steps", "entries", "todos", "todo", "controls", "questions", "choices"),
    *("requirements", "tests", "practices", "activities", "topics", "chapters", "domains", "dimensions", "points"),
    *("principles", "objectives_list", "assessment-requirements", "subcategories", "functions", "rules"),
    *SUBLISTS,
)
STATES = ("status", "state", "done", "checked", "completed", "complete", "finished", "isimplemented")
PROSE = ("description", "summary", "intro", "details", "preface", "introduction", "objective")
WORDS = {
    **dict.fromkeys(
        ("true", "yes", "on", "x", "1", "done", "complete", "completed", "closed", "finished"), Status.DONE
    ),
    **dict.fromkeys(("checked", "ok", "implemented", "pass", "passed"), Status.DONE),
    **dict.fromkeys(("doing", "in progress", "in-progress", "in_progress", "wip", "started", "active"), Status.DOING),
    **dict.fromkeys(("false", "no", "off", "0", "", "todo", "to do", "open", "pending", "new", "planned"), Status.TODO),
    **dict.fromkeys(("null", "~", "not started", "unchecked", "not done", "missing"), Status.TODO),
}


def title_key(tree: dict[str, Tree]) -> str | None:
    """Return the key of `tree` that holds its name; None where there is none."""
    lower = {key.casefold(): key for key in reversed(tree)}
    return next(
        (
            lower[key]
            for key in TITLES
            if key in lower and isinstance(tree[lower[key]], str) and str(tree[lower[key]]).strip()
        ),
        None,
    )


def state(word: str) -> Status | None:
    """Return the status that `word` stands for; None where it is no state."""
    return WORDS.get(word.strip().lower())


def is_state(word: str) -> bool:
    """Return whether `word` certainly names a state; a number may also be a count or a version."""
    return state(word) is not None and not word.strip().isdigit()


def as_heading(key: str) -> str:
    """Return a key such as `source_control` as a heading; one that is written as text stays as it is."""
    line = as_line(key)
    if " " in line:
        return line
    if line != line.lower():
        return line if not line[:1].islower() else _spaced(line)
    words = " ".join(line.replace("_", " ").replace("-", " ").split())
    return words[:1].upper() + words[1:]


def _spaced(key: str) -> str:
    """Return a key such as `riskRules` as words."""
    words = "".join(f" {each.lower()}" if each.isupper() else each for each in key.replace("_", " "))
    return words[:1].upper() + words[1:]


def as_line(text: str) -> str:
    """Return `text` on one line."""
    return " ".join(text.split())
