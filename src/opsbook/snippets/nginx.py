"""Check nginx configuration with `nginx -t`: https://nginx.org/en/docs/ngx_core_module.html

The test opens files and looks up hosts, which are those of another machine: what it misses is taken out, and it runs
again. What it would write (logs, caches) goes to a folder that is thrown away.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from opsbook.problems import Problem
from opsbook.snippets.model import Snippet
from opsbook.snippets.tools import program, run

_SAID = re.compile(r"\[(?:emerg|warn)\] \d+#\d+: (?P<message>.*?)(?: in \S*?nginx\.conf:(?P<line>\d+))?$", re.MULTILINE)
_HOST = re.compile(r'host not found in (?:upstream|resolver) "(?P<host>[^":]+)')
_OF_THE_MACHINE = re.compile(r"No such file or directory|dlopen\(\)|getpwnam|getgrnam|Permission denied")
_CERTIFICATES = re.compile(r"\bssl_(?:(?=\w*certificate)\w*+|dhparam|crl)\s[^;]*+;?|(?<=\d) ssl\b")
_WRITTEN = re.compile(r"\b((?:access|error)_log|pid|lock_file|\w+_(?:cache|temp)_path)(\s+)(/[^\s;]*)")
_MAIN = re.compile(r"^\s*(?:events|http|stream)\s*\{", re.MULTILINE)
_EVENTS = re.compile(r"^\s*events\s*\{", re.MULTILINE)
_IN_HTTP = re.compile(r"^\s*(?:server|upstream|map|limit_req_zone|log_format|proxy_cache_path)\b", re.MULTILINE)
_MOST_RUNS = 20


def check_nginx(snippets: Sequence[Snippet]) -> Iterator[Problem]:
    """Yield what is wrong with each block, which may be a whole file, the inside of `http` or that of a `server`."""
    nginx = program("nginx")
    for snippet in snippets:
        code = snippet.code
        for _ in range(_MOST_RUNS):
            message, line = _test(nginx, code)
            without = _without(code, message, line) if message else code
            if without == code:
                break
            code = without
        if message and not _OF_THE_MACHINE.search(message):
            yield snippet.problem(line or 1, 1, message)


def _test(nginx: str, code: str) -> tuple[str, int]:
    """Return the first mistake and its line; an empty message and 0 where there is none."""
    before, after = _around(code)
    with tempfile.TemporaryDirectory() as folder:
        text = _WRITTEN.sub(lambda found: f"{found[1]}{found[2]}{folder}/{found[3].replace('/', '_')}", code)
        (Path(folder) / "nginx.conf").write_text(f"{before}{text}\n{after}\n", encoding="utf-8")
        done = run([nginx, "-t", "-q", "-p", folder, "-c", "nginx.conf", "-e", "stderr"], Path(folder))
    if done.returncode == 0:
        return "", 0
    said = _SAID.search(done.stderr)
    return (said["message"], int(said["line"] or 0)) if said else (" ".join(done.stderr.split()), 0)


def _without(code: str, message: str, line: int) -> str:
    """Return `code` without the things that exist only on another machine, with its lines kept."""
    if host := _HOST.search(message):
        return re.sub(rf"(?<![\w.-]){re.escape(host['host'])}(?![\w.-])", "127.0.0.1", code)
    if "certificate" in message:
        return _CERTIFICATES.sub("", code)
    if line and _OF_THE_MACHINE.search(message):
        lines = code.split("\n")
        return "\n".join([*lines[: line - 1], "", *lines[line:]])
    return code


def _around(code: str) -> tuple[str, str]:
    """Return what to put before and after a part to make it a whole file, with no line added before it."""
    if _MAIN.search(code):
        return ("", "") if _EVENTS.search(code) else ("events {} ", "")
    return ("events {} http { ", "}") if _IN_HTTP.search(code) else ("events {} http { server { ", "}}")
