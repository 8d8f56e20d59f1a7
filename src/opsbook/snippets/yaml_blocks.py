"""Check YAML blocks: parse each document, then give it to the tool for what it holds."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from opsbook.problems import Problem
from opsbook.snippets.alertmanager import check_alertmanager, holds_alertmanager
from opsbook.snippets.manifests import check_manifests, is_manifest
from opsbook.snippets.model import Snippet
from opsbook.snippets.prometheus import (
    check_prometheus_configs,
    check_rules,
    holds_rules,
    is_prometheus_config,
)
from opsbook.snippets.tools import check_safely
from opsbook.snippets.vendored import (
    check_compose,
    check_named,
    check_workflows,
    has_known_name,
    is_compose,
    is_workflow,
)
from opsbook.snippets.yaml_tree import SnippetDocument, parse_documents

DocumentChecker = Callable[[Sequence[SnippetDocument]], Iterable[Problem]]

KINDS: Mapping[str, tuple[Callable[[SnippetDocument], bool], DocumentChecker]] = {
    "Kubernetes manifest": (is_manifest, check_manifests),
    "Prometheus rules": (holds_rules, check_rules),
    "Prometheus configuration": (is_prometheus_config, check_prometheus_configs),
    "Alertmanager configuration": (holds_alertmanager, check_alertmanager),
    "compose file": (is_compose, check_compose),
    "GitHub workflow": (is_workflow, check_workflows),
    "file with a schema of its own": (has_known_name, check_named),
}
"""What a document may be, by what it holds, and who judges it. It may be several: rules inside a manifest."""


def check_yaml(snippets: Sequence[Snippet]) -> Iterator[Problem]:
    """Yield what is wrong with YAML blocks."""
    documents: list[SnippetDocument] = []
    for snippet in snippets:
        found, problems = parse_documents(snippet)
        documents += found
        yield from problems
    yield from check_documents(documents)


def check_documents(documents: Sequence[SnippetDocument]) -> Iterator[Problem]:
    """Yield what the tools find wrong with documents."""
    for is_one, check in KINDS.values():
        yield from check_safely(check, [document for document in documents if is_one(document)])
