"""Find where a text writes the value of a fact, by the marks that the fact gives."""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass

from opsbook.nouns.fact.model import VALUE, Fact

_WORD = r"[\w*][\w.+:/*,@%#?-]{0,99}"
_TAG = r"(?P<value>[A-Za-z0-9_][\w.-]*)"
_QUOTES = r"[\"'`]?"
_RUNS_IMAGE = re.compile(r"(?:\bimage[ \t]?[:=][ \t]{0,9}|^FROM(?:[ \t]--platform=\S+)?[ \t]{1,9}|--image[= ])[\"']?$")
_RUNS_CONTAINER = re.compile(r"\b(?:docker|podman) (?:run|pull) ")
_HELM = re.compile(r"\bhelm[ \t][^\n;|&]*")
_INSTALLS = frozenset({"install", "upgrade", "template", "pull", "diff"})
_VERBS = ("helm", "install", "upgrade", "template", "diff")
_VERSION = re.compile(r"--version[= ][\"']?(?P<value>v?\d[\w.+-]*)")
_VARIABLE = re.compile(r"--version[= ][\"']?\$\{?(?P<name>[A-Za-z_]\w*)")
_IN_HCL = re.compile(r"\bversion[ \t]*=[ \t]*\"(?P<value>v?\d[\w.+-]*)\"")
_CONTINUED = re.compile(r"\\\n")
_ENDS = ".,:;?"


@dataclass(frozen=True)
class Literal:
    """What a text writes in the place of a value. `start` counts from the beginning of the text."""

    start: int
    value: str


def literals(fact: Fact, text: str) -> Iterator[Literal]:
    """Yield what `text` writes where it should write the value of `fact`. Lines that go on are read as one."""
    whole = _whole(text)
    for image in fact.images:
        if image in whole:
            places = _image(image).finditer(whole)
            yield from (_literal(found) for found in places if _is_image(image, whole, found.start()))
    for chart in fact.charts:
        if chart in whole:
            yield from _chart(chart, whole)
    for mark in fact.matches:
        if mark.split(maxsplit=1)[0].partition(VALUE)[0] in whole:
            yield from (_literal(found) for found in _mark(mark, len(fact.value.split())).finditer(whole))


@functools.lru_cache(maxsize=1024)
def _whole(text: str) -> str:
    """Return `text` with each line that goes on and the next one as one line of the same length."""
    return _CONTINUED.sub("  ", text) if "\\\n" in text else text


def _literal(found: re.Match[str]) -> Literal:
    return Literal(found.start("value"), found["value"].rstrip(_ENDS))


@functools.cache
def _image(name: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w.-]){re.escape(name)}:{_TAG}")


def _is_image(name: str, text: str, start: int) -> bool:
    """Return whether what begins at `start` is the image `name`, and no host and port as in `redis:6379`.

    A name of one word has to stand where images stand.
    """
    if "/" in name:
        return True
    before = text[max(text.rfind("\n", 0, start) + 1, start - 500) : start]
    head, _, prefix = before.rpartition(" ")
    if prefix.strip("\"'").endswith("/"):
        return prefix.endswith("library/")
    in_command = _RUNS_CONTAINER.search(f"{head} ") is not None and not prefix
    return in_command or _RUNS_IMAGE.search(before) is not None


@functools.cache
def _mark(mark: str, words: int) -> re.Pattern[str]:
    before, _, after = mark.partition(VALUE)
    edge = r"(?<![\w.-])" if before[0].isalnum() else ""
    value = r"[ \t]+".join([_WORD] * words)
    closed = rf"{_QUOTES}[ \t]*{_spaced(after)}" if after else ""
    return re.compile(rf"{edge}{_spaced(before)}[ \t]*{_QUOTES}(?P<value>{value}){closed}")


def _spaced(text: str) -> str:
    """Return the pattern of the words of `text`, with any number of spaces between them."""
    return r"[ \t]+".join(map(re.escape, text.split()))


def _chart(name: str, text: str) -> Iterator[Literal]:
    """Yield the version that each command or block of Terraform gives to the chart `name`."""
    for command in _HELM.finditer(text):
        words = command.group().split()
        if not (_INSTALLS & {*words} and _is_of_chart(words, name)):
            continue
        if found := _VERSION.search(command.group()):
            yield Literal(command.start() + found.start("value"), found["value"])
        elif found := _VARIABLE.search(command.group()):
            set_before = list(_assignment(found["name"]).finditer(text, 0, command.start()))
            yield from (_literal(each) for each in set_before[-1:])
    for found in _chart_in_hcl(name).finditer(text):
        start = text.rfind("{", 0, found.start())
        end = text.find("}", found.end())
        block = text[start : end if end >= 0 else len(text)]
        if start >= 0 and (version := _IN_HCL.search(block)):
            yield Literal(start + version.start("value"), version["value"])


@functools.cache
def _assignment(name: str) -> re.Pattern[str]:
    return re.compile(rf"^[ \t]*(?:export[ \t]+)?{name}=[\"']?(?P<value>v?\d[\w.+-]*)", re.MULTILINE)


def _is_of_chart(words: list[str], name: str) -> bool:
    """Return whether a command installs the chart `name`: by a reference such as `a/name`, else after its release."""
    plain = [word.strip("\"'") for word in words]
    references = [word for word in plain if "/" in word and not word.startswith("http")]
    if any(word.rpartition("/")[2] == name for word in references):
        return True
    after = (word for before, word in itertools.pairwise(plain) if not before.startswith("-") and before not in _VERBS)
    return "--repo" in plain and name in after


@functools.cache
def _chart_in_hcl(name: str) -> re.Pattern[str]:
    return re.compile(rf"\bchart[ \t]*=[ \t]*\"(?:[^\"\s]*/)?{re.escape(name)}\"")
