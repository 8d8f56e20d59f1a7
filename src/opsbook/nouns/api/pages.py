"""The page of each interface, and the list of them."""

from __future__ import annotations

from opsbook.graph import Handbook
from opsbook.nouns.api.anchors import schema_anchor
from opsbook.nouns.api.descriptions import description, one_paragraph
from opsbook.nouns.api.model import Api, Example, Operation
from opsbook.nouns.runbook.commands import block_html
from opsbook.problems import counted
from opsbook.site import paths
from opsbook.site.page import NavEntry, Page
from opsbook.site.render import render
from opsbook.site.text import plain, verbatim


def api_pages(handbook: Handbook) -> tuple[Page, ...]:
    """The list and every page; none where no interface is described."""
    if not handbook.apis:
        return ()
    return (apis_page(handbook), *(api_page(api, handbook) for api in handbook.apis.values()))


def api_entries(handbook: Handbook) -> tuple[NavEntry, ...]:
    """The interfaces in the navigation."""
    if not handbook.apis:
        return ()
    each = (NavEntry(plain(handbook.service(api.service).title), paths.api_path(api)) for api in handbook.apis.values())
    return (NavEntry("APIs", children=(NavEntry("APIs", paths.APIS), *each)),)


def apis_page(handbook: Handbook) -> Page:
    """All interfaces: whose they are, their version and how much there is to call."""
    apis = [(api, handbook.service(api.service)) for api in handbook.apis.values()]
    body = render("api/templates/apis.md", paths.APIS, apis=apis, paths=paths, markdown=one_paragraph)
    meta = {"hide": ["toc"], "description": "What the services offer over HTTP: operations, parameters, answers."}
    return Page(paths.APIS, "APIs", body, meta)


def api_page(api: Api, handbook: Handbook) -> Page:
    """The page of one interface."""
    path = paths.api_path(api)
    service = handbook.service(api.service)
    body = render(
        "api/templates/api.md",
        path,
        api=api,
        service=service,
        described=description,
        inside=one_paragraph,
        code=verbatim,
        example=example_html,
        needs=needs,
        has_schema={name for name, _ in api.schemas},
        schema_anchor=schema_anchor,
        paths=paths,
    )
    words = [f"{operation.method} {operation.path}" for operation in api.operations]
    meta = {"description": f"{api.title}: {counted(len(api.operations), 'operation')}.", "search": {"words": words}}
    return Page(path, api.title, body, meta)


def example_html(example: Example, title: str) -> str:
    """An example as a block of code with its title."""
    return block_html(example.text, example.language, example.title or title)


def needs(operation: Operation) -> str:
    """Which schemes let a caller in.

    >>> from types import SimpleNamespace as Like
    >>> needs(Like(needs=(("session", "csrf"), ("token",)))), needs(Like(needs=((), ("token",)))), needs(Like(needs=()))
    ('session and csrf, or token', 'token, or nothing', '')
    """
    ways = [" and ".join(way) for way in sorted(operation.needs, key=len, reverse=True)]
    return ", or ".join(way or "nothing" for way in ways)
