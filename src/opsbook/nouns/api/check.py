"""Check that each description is named after a service."""

from __future__ import annotations

from collections.abc import Iterator

from opsbook.nouns.api.model import Api
from opsbook.nouns.kind import CheckContext
from opsbook.nouns.service.model import Service
from opsbook.problems import Problem, did_you_mean
from opsbook.source.tree import short


def check(context: CheckContext) -> Iterator[Problem]:
    """Yield a problem for each description whose file is not named after a service."""
    services = context.graph.by_id(Service)
    for api in context.graph.all(Api):
        if api.service not in services:
            message = f"a description has the name of its service, and none has the id `{short(api.service)}`"
            yield Problem(
                context.project.below_docs(api.file), 0, 0, f"{message}; {did_you_mean(api.service, services)}"
            )
