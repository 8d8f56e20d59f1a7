"""Check Dockerfiles with hadolint: https://github.com/hadolint/hadolint#rules"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from opsbook.problems import Problem, Severity
from opsbook.snippets.heredocs import plain_dockerfile
from opsbook.snippets.model import Snippet
from opsbook.snippets.tools import failure, program, run


def check_dockerfiles(snippets: Sequence[Snippet]) -> Iterator[Problem]:
    """Yield what hadolint finds in Dockerfiles, by one run. It obeys comments such as `# hadolint ignore=DL3008`."""
    hadolint = program("hadolint")
    files = [plain_dockerfile(snippet.code) for snippet in snippets]
    with tempfile.TemporaryDirectory() as folder:
        for index, file in enumerate(files):
            (Path(folder) / f"{index}").write_text("\n".join([*file.text, ""]), encoding="utf-8")
        names = [str(index) for index in range(len(snippets))]
        done = run([hadolint, "--no-fail", "--format", "json", *names], Path(folder))
    if done.returncode != 0:
        raise failure(done)
    for snippet, file in zip(snippets, files, strict=True):
        for line, word in file.open:
            yield snippet.problem(
                line, 1, f"this here-document is not closed; end it with `{word}` on a line of its own"
            )
    for remark in json.loads(done.stdout):
        severity = Severity.ERROR if remark["level"] in ("error", "warning") else Severity.WARNING
        message = f"{' '.join(remark['message'].split()).rstrip('.')} ({remark['code']})"
        snippet, lines = snippets[int(remark["file"])], files[int(remark["file"])].lines
        line = lines[min(remark["line"], len(lines)) - 1]
        yield snippet.problem(line, remark["column"], message, severity)
