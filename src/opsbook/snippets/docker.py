"""Check Dockerfiles with hadolint: https://github.com/hadolint/hadolint#rules"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from opsbook.problems import Problem, Severity
from opsbook.snippets.model import Snippet
from opsbook.snippets.tools import failure, program, run


def check_dockerfiles(snippets: Sequence[Snippet]) -> Iterator[Problem]:
    """Yield what hadolint finds in Dockerfiles, by one run. It obeys comments such as `# hadolint ignore=DL3008`."""
    hadolint = program("hadolint")
    with tempfile.TemporaryDirectory() as folder:
        for index, snippet in enumerate(snippets):
            (Path(folder) / f"{index}").write_text(f"{snippet.code}\n", encoding="utf-8")
        names = [str(index) for index in range(len(snippets))]
        done = run([hadolint, "--no-fail", "--format", "json", *names], Path(folder))
    if done.returncode != 0:
        raise failure(done)
    for remark in json.loads(done.stdout):
        severity = Severity.ERROR if remark["level"] in ("error", "warning") else Severity.WARNING
        message = f"{' '.join(remark['message'].split()).rstrip('.')} ({remark['code']})"
        yield snippets[int(remark["file"])].problem(remark["line"], remark["column"], message, severity)
