"""Turn a valid description into the interface that its page shows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from opsbook.nouns.api.anchors import operation_anchor
from opsbook.nouns.api.contents import Contents
from opsbook.nouns.api.model import Api, Field, Operation, OperationGroup, Response, Scheme, Server
from opsbook.nouns.api.pointers import followed
from opsbook.nouns.api.rules import operations
from opsbook.nouns.api.shapes import Shapes
from opsbook.nouns.api.values import Json
from opsbook.site.words import N_

_PLACES = ("path", "query", "querystring", "header", "cookie")
OTHER = N_("Operations")


def read_api(root: Json, service: str, file: str) -> Api:
    """Return the interface of `service`, which `root`, the content of `file`, describes."""
    info, shapes = root["info"], Shapes(root)
    components = root.get("components", {})
    schemes = components.get("securitySchemes", {})
    return Api(
        service=service,
        file=file,
        openapi=root["openapi"],
        title=_line(info["title"]),
        version=_line(info["version"]),
        summary=_line(info.get("summary", "")),
        description=info.get("description", "").strip(),
        servers=tuple(_server(each) for each in root.get("servers", ())),
        schemes=tuple(_scheme(name, followed(root, each)) for name, each in schemes.items()),
        groups=tuple(_groups(root, Contents(root, shapes))),
        schemas=tuple((name, shapes.shape(each)) for name, each in components.get("schemas", {}).items()),
    )


def _groups(root: Json, contents: Contents) -> Iterator[OperationGroup]:
    """Yield the operations of each declared tag in their order, then of each other tag, then those without a tag."""
    declared = {tag["name"]: tag.get("description", "") for tag in root.get("tags", ())}
    found: dict[str, list[Operation]] = {name: [] for name in declared}
    used: set[str] = set()
    for path, method, _, operation, item in operations(root):
        tag = next(iter(operation.get("tags", ())), OTHER)
        anchor = _unused(operation_anchor(method, path), used)
        found.setdefault(tag, []).append(_operation(root, contents, method, path, anchor, operation, item))
    for name in sorted(found, key=lambda name: name == OTHER and name not in declared):
        if found[name]:
            anchor = "tag-" + re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")
            yield OperationGroup(_line(name), _unused(anchor, used), declared.get(name, "").strip(), tuple(found[name]))


def _unused(anchor: str, used: set[str]) -> str:
    number, free = 2, anchor
    while free in used:
        free, number = f"{anchor}-{number}", number + 1
    used.add(free)
    return free


def _operation(
    root: Json,
    contents: Contents,
    method: str,
    path: str,
    anchor: str,
    operation: Mapping[str, Any],
    item: Mapping[str, Any],
) -> Operation:
    answers = operation.get("responses", {})
    body = operation.get("requestBody")
    security = operation.get("security", root.get("security", ()))
    return Operation(
        method=method,
        path=path,
        anchor=anchor,
        summary=_line(operation.get("summary", item.get("summary", ""))),
        description=operation.get("description", item.get("description", "")).strip(),
        is_deprecated=operation.get("deprecated", False),
        needs=tuple(tuple(requirement) for requirement in security),
        parameters=_parameters(root, contents, (*item.get("parameters", ()), *operation.get("parameters", ()))),
        body=contents.body(followed(root, body)) if body else None,
        responses=tuple(
            _response(contents, status, followed(root, each))
            for status, each in answers.items()
            if not status.startswith("x-")
        ),
    )


def _parameters(root: Json, contents: Contents, listed: Iterable[Json]) -> tuple[Field, ...]:
    """Return the parameters sorted by place; one of the operation replaces that of its path."""
    found: dict[tuple[str, str], Field] = {}
    for each in listed:
        parameter = followed(root, each)
        found[parameter["in"], parameter["name"]] = contents.field(parameter["name"], parameter, parameter["in"])
    return tuple(sorted(found.values(), key=lambda parameter: _PLACES.index(parameter.place)))


def _response(contents: Contents, status: str, response: Mapping[str, Any]) -> Response:
    return Response(
        status=status,
        description=response.get("description", response.get("summary", "")).strip(),
        headers=contents.headers(response.get("headers", {})),
        contents=contents.contents(response.get("content", {})),
    )


def _server(server: Mapping[str, Any]) -> Server:
    variables = (
        Field(
            name,
            Shapes({}).shape({key: value for key, value in variable.items() if key != "description"}),
            description=variable.get("description", "").strip(),
        )
        for name, variable in server.get("variables", {}).items()
    )
    return Server(server["url"], server.get("description", "").strip(), tuple(variables))


def _scheme(name: str, scheme: Mapping[str, Any]) -> Scheme:
    kind, values = _what_to_send(scheme)
    flows = (flow for flow in scheme.get("flows", {}).values() if isinstance(flow, dict))
    scopes = {scope: said for flow in flows for scope, said in flow.get("scopes", {}).items()}
    return Scheme(name, kind, values, scheme.get("description", "").strip(), tuple(scopes.items()))


_KEYS = {
    "header": N_("the key in the header `%(name)s`"),
    "query": N_("the key in the query parameter `%(name)s`"),
    "cookie": N_("the key in the cookie `%(name)s`"),
}


def _what_to_send(scheme: Mapping[str, Any]) -> tuple[str, Mapping[str, str]]:
    match scheme["type"]:
        case "apiKey":
            return _KEYS[scheme["in"]], {"name": scheme["name"]}
        case "http":
            form = f" ({scheme['bearerFormat']})" if "bearerFormat" in scheme else ""
            return N_("the header `Authorization: %(scheme)s …`%(form)s"), {
                "scheme": scheme["scheme"].capitalize(),
                "form": form,
            }
        case "oauth2":
            return N_("an OAuth 2.0 token, by %(flows)s"), {"flows": " / ".join(scheme["flows"])}
        case "openIdConnect":
            said = N_("an OpenID Connect token; the provider is described at `%(url)s`")
            return said, {"url": scheme["openIdConnectUrl"]}
        case _:
            return N_("a client certificate (mutual TLS)"), {}


def _line(text: str) -> str:
    return " ".join(text.split())
