"""Make the page of each interface, and the list of them."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from babel.lists import format_list

from opsbook.graph import Graph
from opsbook.nouns.api.anchors import schema_anchor
from opsbook.nouns.api.descriptions import description, one_paragraph
from opsbook.nouns.api.model import Api, Example, Operation, Scheme
from opsbook.nouns.api.read import OTHER
from opsbook.nouns.kind import Plan, one
from opsbook.nouns.service.model import Service
from opsbook.site.code import block_html
from opsbook.site.language import SiteLanguage, site_language
from opsbook.site.page import NavEntry, Page
from opsbook.site.render import render
from opsbook.site.text import plain, verbatim


def pages(graph: Graph) -> Iterator[Plan[Page]]:
    """Yield the list and the page of each interface; none where no interface is described."""
    for api in graph.all(Api)[:1]:
        yield one(posixpath.dirname(graph.node(api).file), apis_page, graph)
    for api, service in described(graph):
        yield one(graph.node(api).file, api_page, api, service, graph)


def entries(graph: Graph) -> Iterator[NavEntry]:
    """Yield the section of the navigation: the list, then each interface."""
    if graph.all(Api):
        each = (NavEntry(plain(service.title), graph.path(api)) for api, service in described(graph))
        title = site_language(graph).gettext("APIs")
        yield NavEntry(title, children=(NavEntry(title, graph.index("api")), *each))


def described(graph: Graph) -> Iterator[tuple[Api, Service]]:
    """Yield each interface and its service, in the order of the services."""
    apis = graph.by_id(Api)
    yield from ((apis[service.id], service) for service in graph.all(Service) if service.id in apis)


def apis_page(graph: Graph) -> Page:
    """Return the list of interfaces: the owner and version of each, and how many operations it has."""
    apis = list(described(graph))
    body = render("api/templates/apis.md", graph.index("api"), graph, apis=apis, markdown=one_paragraph)
    language = site_language(graph)
    said = language.gettext("What the services offer over HTTP: operations, parameters, answers.")
    meta = {"hide": ["toc"], "description": said}
    return Page(graph.index("api"), language.gettext("APIs"), body, meta)


def api_page(api: Api, service: Service, graph: Graph) -> Page:
    """Return the page of one interface."""
    path = graph.path(api)
    body = render(
        "api/templates/api.md",
        path,
        graph,
        api=api,
        service=service,
        described=description,
        inside=one_paragraph,
        code=verbatim,
        example=example_html,
        needs=needs,
        other=OTHER,
        what_to_send=what_to_send,
        has_schema={name for name, _ in api.schemas},
        schema_anchor=schema_anchor,
    )
    words = [f"{operation.method} {operation.path}" for operation in api.operations]
    said = site_language(graph).ngettext(
        "%(title)s: %(count)s operation.", "%(title)s: %(count)s operations.", len(api.operations), title=api.title
    )
    meta = {"description": said, "search": {"words": words}}
    return Page(path, plain(api.title), body, meta)


def example_html(example: Example, title: str) -> str:
    """Return an example as a block of code with its title."""
    return block_html(example.text, example.language, example.title or title)


def what_to_send(scheme: Scheme, language: SiteLanguage) -> str:
    """Return in words what a caller sends by `scheme`."""
    return language.gettext(scheme.kind, **scheme.values)


def needs(operation: Operation, language: SiteLanguage) -> str:
    """Return which schemes let a caller in, several at once joined by a plus.

    >>> from types import SimpleNamespace as Like
    >>> english = SiteLanguage()
    >>> needs(Like(needs=(("session", "csrf"), ("token",))), english), needs(Like(needs=((), ("token",))), english)
    ('session + csrf or token', 'token or nothing')
    """
    ways = [" + ".join(way) for way in sorted(operation.needs, key=len, reverse=True)]
    return format_list([way or language.gettext("nothing") for way in ways], "or", language.locale)
