"""Ask where programs are published which releases there are: pip, npm, or an address that a fact names.

pip and npm ask the registries that they are set up for; no host is named here.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from http.client import HTTPException
from typing import IO
from urllib.parse import urlsplit

from opsbook.nouns.fact.model import Fact

_SECONDS = 60
_MOST_BYTES = 64_000_000
_RELEASE = re.compile(r"v?(\d{1,9}(?:\.\d{1,9})+|\d{1,6})")
"""A release that is finished: what has another ending is a trial."""
_CORE = re.compile(r"v?(?P<core>\d{1,9}(?:\.\d{1,9})*)")
_OF_PIP = re.compile(r"^Available versions:(?P<versions>.*)$", re.MULTILINE)
_OF_CHART = re.compile(r"^ {2}(?: {2}|- )version: *[\"']?(?P<version>[^\s\"']+)")
_KEYS = ("tag_name", "version", "name", "tag")
_LISTS = ("tags", "versions")


class UnaskedError(Exception):
    """The error of a registry that gave no answer; the message says why."""


def newest(fact: Fact) -> str:
    """Return the newest finished release of what `fact` is about, among those that its `line` begins.

    Raises UnaskedError where nobody can say.
    """
    releases = [each for each in _releases(fact) if _RELEASE.fullmatch(each) and _is_of(each, fact.line or "")]
    wanted = "." in fact.value
    found = [each for each in releases if ("." in each) or not wanted]
    if not found:
        raise UnaskedError("the answer names no release" + (f" of `{fact.line}`" if fact.line else ""))
    return max(found, key=numbers)


def is_older(value: str, release: str) -> bool:
    """Return whether `value` is older than `release`; a value that is less exact is as new as the newest of its line.

    >>> is_older("9.2.1", "9.2.8"), is_older("9.2", "9.2.8"), is_older("v1.9", "1.10.0"), is_older("2.0", "1.9")
    (True, False, True, False)
    """
    own = numbers(value)
    return own < numbers(release)[: len(own)]


def numbers(release: str) -> tuple[int, ...]:
    """Return the numbers at the beginning of a release; none where it begins otherwise."""
    found = _CORE.match(release)
    return tuple(map(int, found["core"].split("."))) if found else ()


def _is_of(release: str, line: str) -> bool:
    wanted = numbers(line)
    return numbers(release)[: len(wanted)] == wanted


def _releases(fact: Fact) -> Sequence[str]:
    if fact.pypi:
        answer = _run([sys.executable, "-m", "pip", "index", "versions", "--disable-pip-version-check", fact.pypi])
        found = _OF_PIP.search(answer)
        return [each.strip() for each in found["versions"].split(",")] if found else []
    if fact.npm:
        npm = shutil.which("npm")
        if not npm:
            raise UnaskedError("npm is not installed")
        return list(_in_json(_parsed(_run([npm, "view", fact.npm, "versions", "--json"]))))
    assert fact.latest
    answer = _fetch(fact.latest)
    if answer.lstrip()[:1] in ("{", "["):
        return list(_in_json(_parsed(answer)))
    return list(_in_index(answer, fact.charts))


def _run(command: Sequence[str]) -> str:
    """Return what `command` prints. Raises UnaskedError with its last line where it fails."""
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=_SECONDS, check=False)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise UnaskedError(str(error)) from None
    if done.returncode:
        lines = [line for line in done.stderr.splitlines() if line.strip()]
        raise UnaskedError(lines[-1] if lines else f"{command[0]} ended with {done.returncode}")
    return done.stdout


class _OnlySafe(urllib.request.HTTPRedirectHandler):
    """A follower of redirects that stays with https."""

    def redirect_request(
        self,
        req: urllib.request.Request,
        fp: IO[bytes],
        code: int,
        msg: str,
        headers: object,
        newurl: str,
    ) -> urllib.request.Request | None:
        if urlsplit(newurl).scheme != "https":
            raise urllib.error.URLError(f"it leads to `{newurl}`, which is no https address")
        return super().redirect_request(req, fp, code, msg, headers, newurl)  # type: ignore[arg-type]


def _fetch(address: str) -> str:
    """Return the text at `address`. Raises UnaskedError where there is none."""
    asked = urllib.request.Request(address, headers={"User-Agent": "opsbook", "Accept": "*/*"})  # noqa: S310
    try:
        with urllib.request.build_opener(_OnlySafe).open(asked, timeout=_SECONDS) as answer:
            content: bytes = answer.read(_MOST_BYTES + 1)
    except (OSError, HTTPException, ValueError) as error:
        raise UnaskedError(f"{address}: {getattr(error, 'reason', None) or error}") from None
    if len(content) > _MOST_BYTES:
        raise UnaskedError(f"{address}: the answer is larger than {_MOST_BYTES // 1_000_000} MB")
    return content.decode("utf-8", "replace")


def _parsed(text: str) -> object:
    try:
        value: object = json.loads(text)
    except (ValueError, RecursionError):
        raise UnaskedError("the answer is not valid JSON") from None
    return value


def _in_json(tree: object) -> Iterator[str]:
    """Yield all texts of an answer that may be releases, without drafts and trials."""
    waiting = [tree]
    while waiting:
        value = waiting.pop()
        if isinstance(value, str):
            yield value
        elif isinstance(value, list):
            waiting += value
        elif isinstance(value, dict) and value.get("draft") is not True and value.get("prerelease") is not True:
            waiting += (value[key] for key in _KEYS if isinstance(value.get(key), str))
            waiting += (value[key] for key in _LISTS if isinstance(value.get(key), list))
            waiting += (
                each for each in value.values() if isinstance(each, list) and each and isinstance(each[0], dict)
            )


def _in_index(text: str, charts: Sequence[str]) -> Iterator[str]:
    """Yield the versions of `charts` in the index of a repository, which Helm writes with one form of indentation.

    A YAML parser takes a minute for the largest of these files.
    """
    is_ours = False
    for line in text.splitlines():
        if line.startswith("  ") and line[2:3] not in (" ", "-"):
            is_ours = line.strip().rstrip(":").strip("\"'") in charts
        elif (
            is_ours
            and line[:4] in ("    ", "  - ")
            and line[4:5] not in (" ", "-")
            and (found := _OF_CHART.match(line))
        ):
            yield found["version"]
