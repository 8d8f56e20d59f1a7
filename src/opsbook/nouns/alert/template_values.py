"""Work out what the actions of a Helm template print, where the file and the chart's `values.yaml` say it literally.

Nothing is rendered: a variable has the value of the assignment that stands before it, in its block or around that.
Where branches differ, or a function is not among those below, what is printed is not known.
https://helm.sh/docs/chart_template_guide/variables/, https://pkg.go.dev/text/template#hdr-Variables
"""

from __future__ import annotations

import json
import re
from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence

import yaml

from opsbook.nouns.alert.nodes import entries

Meaning = str | yaml.MappingNode | None
"""A text, a mapping of `values.yaml`, an empty one where there is nothing, or None where it is not known."""
_NOTHING = yaml.MappingNode("tag:yaml.org,2002:map", [])
_TOKEN = re.compile(r"(\s++|\"(?:\\.|[^\"\\])*+\"|`[^`]*+`|[$.\w]++|:=|[=|(),])")
_PATH = re.compile(r"\$?\.Values((?:\.\w+)*+)")
_VARIABLE = re.compile(r"(\$\w+)((?:\.\w+)*+)")
_OPENS = frozenset({"if", "with", "range", "define", "block"})
_MOST_NESTED = 20


def printed_texts(actions: Iterable[str], values: yaml.Node | None) -> tuple[str | None, ...]:
    """Return for each of the `actions` of a file, in order, the text that it prints; None where that is not known."""
    reader = _ActionReader(values)
    return tuple(reader.read(action) for action in actions)


class _ActionReader:
    """What is known of the variables at a place of the template. Each block has a scope of its own."""

    def __init__(self, values: yaml.Node | None) -> None:
        self.values = values
        self.scopes: list[dict[str, Meaning]] = [{}]

    def read(self, action: str) -> str | None:
        """Take in one action and return what it prints, where that is a known text."""
        inside = action.removeprefix("{{").removesuffix("}}").removeprefix("-").removesuffix("-").strip()
        words = _words(inside)
        if not words:
            return "" if inside.startswith("/*") else None
        first = words[0]
        if first in ("end", "else"):
            if len(self.scopes) > 1:
                self.scopes.pop()
            if first == "else":
                self.open(words[1:])
        elif first in _OPENS:
            self.open(words[1:], is_loop=first == "range")
        elif words[1:2] in ([":="], ["="]):
            self.set(first, self.pipeline(deque(words[2:])), is_new=words[1] == ":=")
        else:
            meaning = self.pipeline(deque(words))
            return meaning if isinstance(meaning, str) else None
        return None

    def open(self, words: Sequence[str], *, is_loop: bool = False) -> None:
        """Begin a block with `words` as its condition, which may set a variable; those of a loop are not known."""
        self.scopes.append({})
        if ":=" in words:
            names = [word for word in words[: words.index(":=")] if word.startswith("$")]
            meaning = None if is_loop else self.pipeline(deque(words[words.index(":=") + 1 :]))
            self.scopes[-1] = dict.fromkeys(names, meaning)

    def set(self, name: str, meaning: Meaning, *, is_new: bool) -> None:
        """Remember what a variable holds. One that is set in a block inside its own is not known behind that."""
        here = self.scopes[-1]
        if not is_new and name not in here:
            for scope in self.scopes:
                if name in scope:
                    scope[name] = None
        here[name] = meaning

    def pipeline(self, words: deque[str], depth: int = 0) -> Meaning:
        """Return what the pipeline at the start of `words` yields, and take it from them up to a closing bracket."""
        meaning = self.command(words, (), depth)
        while words and words[0] == "|":
            words.popleft()
            meaning = self.command(words, (meaning,), depth)
        return meaning

    def command(self, words: deque[str], piped: tuple[Meaning, ...], depth: int) -> Meaning:
        """Return what one command of a pipeline yields: a value, or a function of values."""
        name = words[0] if words and re.fullmatch(r"[A-Za-z]\w*", words[0]) else ""
        if name:
            words.popleft()
        terms: list[Meaning] = []
        while words and words[0] not in ("|", ")"):
            terms.append(self.term(words, depth))
        terms += piped
        if not name:
            return terms[0] if len(terms) == 1 else None
        if name not in _FUNCTIONS or any(term is None for term in terms):
            return None
        if name == "default" and len(terms) == 2:
            return terms[1] if isinstance(terms[1], str) and terms[1] else terms[0]
        texts = [term for term in terms if isinstance(term, str)]
        try:
            return _FUNCTIONS[name](*texts) if len(texts) == len(terms) else None
        except TypeError:  # Another number of arguments or marks.
            return None

    def term(self, words: deque[str], depth: int) -> Meaning:
        """Return the meaning of one term, and take it from `words`."""
        word = words.popleft()
        if word == "(" and depth < _MOST_NESTED:
            meaning = self.pipeline(words, depth + 1)
            if words:
                words.popleft()
            return meaning
        if word.startswith(('"', "`")):
            return _unquoted(word)
        if path := _PATH.fullmatch(word):
            return _below(self.values, path[1])
        if variable := _VARIABLE.fullmatch(word):
            held = next((scope[variable[1]] for scope in reversed(self.scopes) if variable[1] in scope), None)
            return _below(None if isinstance(held, str) else held, variable[2]) if variable[2] else held
        return word if word.isdecimal() else None


def _words(inside: str) -> list[str]:
    """Return the words of an action; none where it has signs that are not read here."""
    words: list[str] = []
    at = 0
    while at < len(inside):
        match = _TOKEN.match(inside, at)
        if match is None:
            return []
        words.append(match[1])
        at = match.end()
    return [word for word in words if not word.isspace()]


def _unquoted(word: str) -> str | None:
    if word.startswith("`"):
        return word[1:-1]
    try:
        return str(json.loads(word))
    except ValueError:  # An escape of Go that JSON has not.
        return None


def _below(node: yaml.Node | None, path: str) -> Meaning:
    """Return what stands below a mapping of `values.yaml` at `path`, such as `.rules.prefix`."""
    for key in path.split(".")[1:]:
        if not isinstance(node, yaml.MappingNode):
            return None
        node = entries(node).get(key, _NOTHING)
    if isinstance(node, yaml.ScalarNode):
        return _NOTHING if node.tag.endswith(":null") else str(node.value)
    return node if isinstance(node, yaml.MappingNode) else None


def _printf(form: str, *texts: str) -> str | None:
    marks = re.findall(r"%.", form)
    return form.replace("%v", "%s") % texts if all(mark in ("%s", "%v", "%%") for mark in marks) else None


def _same(text: str) -> str:
    return text


_FUNCTIONS: Mapping[str, Callable[..., str | None]] = {
    "default": lambda fallback, text: text or fallback,
    "lower": str.lower,
    "print": lambda *texts: "".join(texts),
    "printf": _printf,
    "quote": _same,
    "required": lambda _, text: text,
    "squote": _same,
    "toString": _same,
    "tpl": lambda text, *_: None if "{{" in text else text,
    "trim": str.strip,
    "trimPrefix": lambda ending, text: text.removeprefix(ending),
    "trimSuffix": lambda ending, text: text.removesuffix(ending),
    "upper": str.upper,
}
"""The functions of Helm whose result is worked out. `quote` is among them, since YAML takes the quotes off again."""
