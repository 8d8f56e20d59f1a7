"""Check blocks of code with the tool of each language, and count them, also those that no tool reads."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor

from opsbook.problems import Problem, ProblemsError, Severity, did_you_mean
from opsbook.snippets.docker import check_dockerfiles
from opsbook.snippets.embedded import embedded_snippets
from opsbook.snippets.groovy import check_groovy
from opsbook.snippets.hcl import check_hcl
from opsbook.snippets.helm import check_helm
from opsbook.snippets.javascript import check_javascript
from opsbook.snippets.model import NOT_CODE, UNCHECKED, Checker, Snippet, SnippetReport
from opsbook.snippets.nginx import check_nginx
from opsbook.snippets.parsers import check_ini, check_json, check_markdown, check_promql, check_python, check_toml
from opsbook.snippets.runbooks import check_runbooks
from opsbook.snippets.shell import check_shell
from opsbook.snippets.sql import check_sql
from opsbook.snippets.tools import check_safely
from opsbook.snippets.yaml_blocks import check_yaml

CHECKERS: Mapping[str, Checker] = {
    "bash": check_shell,
    "dockerfile": check_dockerfiles,
    "groovy": check_groovy,
    "hcl": check_hcl,
    "helm": check_helm,
    "ini": check_ini,
    "javascript": check_javascript,
    "json": check_json,
    "markdown": check_markdown,
    "nginx": check_nginx,
    "promql": check_promql,
    "python": check_python,
    "sql": check_sql,
    "toml": check_toml,
    "yaml": check_yaml,
}
"""Who judges the blocks of each language."""

IN_PYTHON = frozenset(
    {check_hcl, check_ini, check_json, check_markdown, check_promql, check_python, check_sql, check_toml, check_yaml}
)
"""Who judges with a parser that is written in Python, or that this process calls."""

ALIASES: Mapping[str, str] = {
    "docker": "dockerfile",
    "js": "javascript",
    "md": "markdown",
    "py": "python",
    "sh": "bash",
    "shell": "bash",
    "terraform": "hcl",
    "tf": "hcl",
    "yml": "yaml",
}


def check_snippets(snippets: Sequence[Snippet]) -> SnippetReport:
    """Return what is wrong with `snippets`, and how many were checked.

    The tools that are programs run beside each other, and beside the parsers in Python. Those stay in this thread,
    where a deadline can end them.
    """
    groups: dict[Checker, list[Snippet]] = {}
    checked: Counter[str] = Counter()
    problems: list[Problem] = []
    for snippet in sorted(snippets, key=lambda each: each.is_unchecked):
        language = _language(snippet)
        checker = check_runbooks if snippet.runbook else CHECKERS.get(language)
        if checker:
            groups.setdefault(checker, []).append(snippet)
        elif not snippet.is_unchecked:
            problems.append(_unknown(snippet))
        if checker and not snippet.is_unchecked:
            checked[language] += 1
        for inside in embedded_snippets(snippet) if language == "yaml" else ():
            groups.setdefault(CHECKERS[inside.language], []).append(inside)
    with ThreadPoolExecutor() as pool:
        running = [pool.submit(check_safely, check, group) for check, group in groups.items() if check not in IN_PYTHON]
        found = [
            problem for check, group in groups.items() if check in IN_PYTHON for problem in check_safely(check, group)
        ]
        found += [problem for each in running for problem in each.result()]
    unchecked = tuple(snippet for snippet in snippets if snippet.is_unchecked)
    problems += _apply_unchecked(found, unchecked)
    return SnippetReport(dict(sorted(checked.items())), unchecked, ProblemsError(problems).problems)


def _language(snippet: Snippet) -> str:
    return ALIASES.get(snippet.language, snippet.language)


def _apply_unchecked(problems: Sequence[Problem], unchecked: Sequence[Snippet]) -> Iterator[Problem]:
    """Yield the problems outside of blocks marked `.unchecked`, and a warning for each mark that is not needed."""
    silenced: set[Problem] = set()
    for snippet in unchecked:
        inside = {problem for problem in problems if snippet.holds(problem)}
        silenced |= inside
        if not inside and _language(snippet) in CHECKERS:
            message = f"what checks `{snippet.language}` finds no mistake here; remove `.{UNCHECKED}`"
            yield snippet.at_fence(message, Severity.WARNING)
    yield from (problem for problem in problems if problem not in silenced)


def _unknown(snippet: Snippet) -> Problem:
    if not snippet.language:
        return snippet.at_fence("this block does not say what it holds; write its language, `output` or `text`")
    allowed = did_you_mean(snippet.language, [*CHECKERS, *NOT_CODE], most=20)
    message = f"nothing here checks `{snippet.language}`; {allowed}; or say so: ```{snippet.language} {{.unchecked}}"
    return snippet.at_fence(message)
