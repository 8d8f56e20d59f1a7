"""Find resources of a component that the handbook uses and nowhere installs, such as an ExternalSecret."""

from __future__ import annotations

from collections.abc import Iterator

from opsbook.content.installations import installations
from opsbook.content.metrics import metric_catalog
from opsbook.content.model import ContentCheck, HandbookContent
from opsbook.content.settings import FILE, Component
from opsbook.problems import Problem


def _find(content: HandbookContent) -> Iterator[Problem]:
    """Yield the first resource of each component that is used and installed nowhere."""
    installed = installations(content)
    if not installed.names and not content.settings.components:
        return  # A handbook that installs nothing is about what others install.
    components = metric_catalog(content).components
    told: set[str] = set()
    for document in content.documents:
        top = document.value
        if not isinstance(top, dict) or not isinstance(top.get("apiVersion"), str):
            continue
        group, kind = str(top["apiVersion"]).rpartition("/")[0], str(top.get("kind", ""))
        component = next((each for each in components if _adds(each, group, kind)), None)
        if component is None or component.elsewhere or component.id in told or installed.holds(component.installed_by):
            continue
        told.add(component.id)
        names = ", ".join(f"`{name}`" for name in component.installed_by[:3])
        message = (
            f"`{kind}` is a resource of {component.title}, which is installed nowhere here; show its installation "
            f"({names}), or declare it under `components` in {FILE}"
        )
        yield document.problem(("kind",), message)


def _adds(component: Component, group: str, kind: str) -> bool:
    return group in component.api_groups and (not component.kinds or kind in component.kinds)


CHECK = ContentCheck(
    name="component-installed",
    looks_at="The kinds of resources in all manifests: whether the handbook installs the component that adds each.",
    reason="A cluster refuses a resource of a kind that nothing has added.",
    find=_find,
)
