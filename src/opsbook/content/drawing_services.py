"""Hold the services of each drawing, and the lines between them, to what `services.yml` says depends on what."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from opsbook.content.model import ContentCheck, HandbookContent
from opsbook.graph import Graph
from opsbook.nouns.drawing.model import Cluster, Drawing, Edge, Node
from opsbook.nouns.service.model import FILE, Service
from opsbook.problems import Problem

_IS_CALL = ("solid", "bold")
"""The styles of a line that stands for a call; dashed and dotted ones stand for copies, rules or metrics."""


def _find(content: HandbookContent) -> Iterator[Problem]:
    services = content.graph.by_id(Service)
    for drawing in content.graph.all(Drawing) if services else ():
        owners = services_of_nodes(drawing)
        yield from _undeclared(drawing, owners, services)
        if drawing.complete:
            yield from _undrawn(drawing, owners, services, content.graph)


def services_of_nodes(drawing: Drawing) -> Mapping[str, str]:
    """Return the service that each node belongs to, by the ids of both.

    A node without one of its own belongs to the service of the frame around it, where that holds no other service.
    """
    frames = {frame.id: frame for frame in drawing.clusters}
    inside: dict[str, set[str]] = defaultdict(set)
    for thing in drawing.things:
        for frame in _around(thing, frames):
            if thing.service:
                inside[frame.id].add(thing.service)
    found: dict[str, str] = {}
    for node in drawing.nodes:
        around = (frame for frame in _around(node, frames) if frame.service and inside[frame.id] <= {frame.service})
        service = node.service or next((frame.service for frame in around if frame.service), None)
        if service:
            found[node.id] = service
    return found


def _around(thing: Node | Cluster, frames: Mapping[str, Cluster]) -> Iterator[Cluster]:
    """Yield the frames around a node or a frame, the nearest first."""
    frame = frames.get((thing.cluster if isinstance(thing, Node) else thing.parent) or "")
    while frame:
        yield frame
        frame = frames.get(frame.parent or "")


def _undeclared(drawing: Drawing, owners: Mapping[str, str], services: Mapping[str, Service]) -> Iterator[Problem]:
    """Yield each line between two services of which neither is said to need the other, or that points the wrong way."""
    told: set[tuple[str, str, int]] = set()
    for edge in drawing.edges:
        pair = services.get(owners.get(edge.source, "")), services.get(owners.get(edge.target, ""))
        first, second = pair
        if not first or not second or first is second or edge.style not in _IS_CALL:
            continue
        key = (first.id, second.id, edge.line)
        if key not in told and (message := _fault(edge, first, second)):
            told.add(key)
            yield Problem(drawing.script, edge.line, 1, message)


def _fault(edge: Edge, first: Service, second: Service) -> str:
    """Return what is wrong with a line from the service `first` to `second`; an empty text where nothing is."""
    if second.id in first.depends_on:
        return ""
    way = "between" if edge.direction in ("none", "both") else "from"
    drawn = f"a line is drawn {way} {first.title} {'and' if way == 'between' else 'to'} {second.title}"
    if first.id not in second.depends_on:
        return (
            f"{drawn}, and in {FILE} neither depends on the other; add `{second.id}` to `depends_on` of `{first.id}`, "
            f"or take the line away"
        )
    if way == "between" or edge.label:
        return ""
    return (
        f"{drawn}, and in {FILE} it is {second.title} that depends on {first.title}; turn it round, or give it a label "
        f"that says what flows that way"
    )


def _undrawn(
    drawing: Drawing, owners: Mapping[str, str], services: Mapping[str, Service], graph: Graph
) -> Iterator[Problem]:
    """Yield what a drawing that claims to be complete does not show: services, and dependencies among those shown."""
    shown = {*owners.values(), *(thing.service for thing in drawing.things if thing.service)}
    claim = f"the drawing says `complete`: `{drawing.complete}`"
    if drawing.complete == "services":
        for service in services.values():
            if service.id not in shown:
                place = f"{FILE}:{graph.node(service).line}"
                message = f"{claim}, and {service.title} ({place}) is not there; add its node"
                yield Problem(drawing.script, drawing.line, 1, message)
    reached = _reached(drawing, owners)
    for service in services.values():
        for other in service.depends_on:
            is_drawn = other in reached[service.id] or service.id in reached[other]
            if {service.id, other} <= shown and other in services and not is_drawn:
                message = (
                    f"{claim}, and {FILE} says that {service.title} depends on {services[other].title}; draw the line, "
                    f"or take `{other}` from `depends_on` of `{service.id}`"
                )
                yield Problem(drawing.script, _line_of(drawing, owners, service.id), 1, message)


def _line_of(drawing: Drawing, owners: Mapping[str, str], service: str) -> int:
    return next((node.line for node in drawing.nodes if owners.get(node.id) == service), drawing.line)


def _reached(drawing: Drawing, owners: Mapping[str, str]) -> Mapping[str, set[str]]:
    """Return the services that a line leads to from each service, at once or through nodes that are no service."""
    following: dict[str, set[str]] = defaultdict(set)
    for edge in drawing.edges:
        following[edge.source].add(edge.target)
        if edge.direction in ("none", "both"):
            following[edge.target].add(edge.source)
    found: dict[str, set[str]] = defaultdict(set)
    for start, service in owners.items():
        seen, waiting = {start}, [start]
        while waiting:
            for node in following[waiting.pop()] - seen:
                seen.add(node)
                if owners.get(node, service) == service:
                    waiting.append(node)
                else:
                    found[service].add(owners[node])
    return found


CHECK = ContentCheck(
    name="drawing-services",
    looks_at=(
        "Each solid line of a drawing between two nodes with `service=…`, and every service and dependency of a "
        'drawing that says `graph_attr={"complete": "services"}`: whether `services.yml` says the same.'
    ),
    reason="In an outage people ask the drawing what else is hurt, and look in the wrong place where it is not true.",
    find=_find,
)
