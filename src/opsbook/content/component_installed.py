"""Find what a handbook uses of a component that it nowhere installs: an ExternalSecret, values for a chart."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import partial

from opsbook.content.installations import installations
from opsbook.content.metrics import metric_catalog
from opsbook.content.model import ContentCheck, HandbookContent
from opsbook.content.settings import FILE, Component
from opsbook.problems import Problem
from opsbook.snippets.model import Snippet

_VALUES = re.compile(r"[/.-]values(?:[.-][\w.-]{0,40})?\.ya?ml$")


def _find(content: HandbookContent) -> Iterator[Problem]:
    """Yield the first use of each component that is installed nowhere."""
    installed = installations(content)
    if not installed.names and not content.settings.components:
        return  # A handbook that installs nothing is about what others install.
    components = metric_catalog(content).components
    told: set[str] = set()
    for what, component, problem in _uses(content, components):
        if component.elsewhere or component.id in told or installed.holds(component.installed_by):
            continue
        told.add(component.id)
        names = ", ".join(f"`{name}`" for name in component.installed_by[:3])
        yield problem(
            f"{what} of {component.title}, which is installed nowhere here; show its installation ({names}), or "
            f"declare it under `components` in {FILE}"
        )


def _uses(
    content: HandbookContent, components: Sequence[Component]
) -> Iterator[tuple[str, Component, Callable[[str], Problem]]]:
    """Yield each resource and each file of values with its component, and how to report it."""
    for document in content.documents:
        top = document.value
        if isinstance(top, dict) and isinstance(top.get("apiVersion"), str):
            group, kind = str(top["apiVersion"]).rpartition("/")[0], str(top.get("kind", ""))
            if component := next((each for each in components if _adds(each, group, kind)), None):
                yield f"`{kind}` is a resource", component, partial(document.problem, ("kind",))
    for block in content.blocks:
        if component := _of_values(block, components):
            yield f"`{block.title}` holds values", component, block.at_fence


def _of_values(block: Snippet, components: Sequence[Component]) -> Component | None:
    """Return the component that a file of values for a chart is named after; None where it is named after none."""
    found = _VALUES.search(block.title)
    if not found or block.language not in ("yaml", "yml"):
        return None
    names = {*block.title[: found.start()].split("/"), ""} - {""}
    return next((each for each in components if names & {each.id, *each.installed_by}), None)


def _adds(component: Component, group: str, kind: str) -> bool:
    return group in component.api_groups and (not component.kinds or kind in component.kinds)


CHECK = ContentCheck(
    name="component-installed",
    looks_at="Resources in manifests, and values for charts: whether the handbook installs what they are of.",
    reason="A cluster refuses a resource of a kind that nothing has added, and values without a chart do nothing.",
    find=_find,
)
