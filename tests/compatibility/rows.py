"""The rows of the matrix: what somebody has beside Opsbook, as a change of the small site, and what must hold then."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

Check = Callable[[Path], None]
PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
MAIN = """\
{% extends "base.html" %}
{% block announce %}TONIGHT: a change of the database{% endblock %}
{% block extrahead %}{{ super() }}<meta name="own" content="head">{% endblock %}
"""
MACROS = {"module_name": "macros/main", "render_by_default": False, "on_error_fail": True, "on_undefined": "strict"}
NOTEBOOK = json.dumps(
    {
        "cells": [
            {"cell_type": "markdown", "id": "a", "metadata": {}, "source": "# Load test"},
            {"cell_type": "code", "execution_count": None, "id": "b", "metadata": {}, "outputs": [], "source": "6 * 7"},
        ],
        "metadata": {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}},
        "nbformat": 4,
        "nbformat_minor": 5,
    }
)
TOC = '<nav class="md-nav" aria-label="OWN CONTENTS"></nav>\n'


@dataclass(frozen=True)
class Row:
    """One line of the matrix."""

    name: str
    settings: Mapping[str, Any] = field(default_factory=dict)
    """What is laid over `mkdocs.yml`: mappings key by key, the rest in place of what is there."""
    plugins: tuple[Any, ...] = ()
    """What stands at the end of the list of plugins."""
    options: Mapping[str, Any] = field(default_factory=dict)
    """The options of the plugin `opsbook`."""
    macros: Mapping[str, Any] = field(default_factory=lambda: dict(MACROS))
    """The options of the plugin `macros`."""
    first: tuple[Any, ...] = ()
    """What stands at the start of the list of plugins."""
    files: Mapping[str, str | bytes] = field(default_factory=dict)
    note: str = ""
    """What the manual says about it."""
    texts: Mapping[str, str] = field(default_factory=dict)
    """What has to stand in the files of the site."""
    program: str = "mkdocs"
    is_git: bool = False
    """Whether all is committed before it is built, on the second of January 2026."""
    folder: str = ""
    """Where the site lies in a larger repository."""
    serves_folders: bool = True
    """Whether a link may lead to a folder, whose index page a server finds."""
    from_disk: bool = False
    """Whether the browser opens the files without a server."""
    missing: str = ""
    """The end of an address that the theme asks for and nothing makes, with this engine or without."""
    is_followed: bool = True
    """Whether the links of pages that other plugins make are followed too."""
    base: str = "/"
    """The path that the site is served below."""


def _theme(**said: Any) -> dict[str, Any]:
    return {"theme": {"name": "material", **said}}


STANDARD = (
    Row("nothing else"),
    Row("`use_directory_urls: false`", {"use_directory_urls": False}, serves_folders=False),
    Row(
        "`navigation.instant`, with `.prefetch` and `.progress`",
        _theme(features=["navigation.instant", "navigation.instant.prefetch", "navigation.instant.progress"]),
    ),
    Row("`navigation.sections`, `navigation.expand`", _theme(features=["navigation.sections", "navigation.expand"])),
    Row(
        "`toc.integrate`, `navigation.tabs.sticky`, `header.autohide`",
        _theme(features=["toc.integrate", "navigation.tabs.sticky", "header.autohide"]),
    ),
    Row(
        "`content.action.edit` and `.view`",
        {
            "repo_url": "https://github.com/example-org/handbook",
            "edit_uri": "edit/main/docs/",
            **_theme(features=["content.action.edit", "content.action.view"]),
        },
        texts={
            "page/index.html": "https://github.com/example-org/handbook/edit/main/docs/page.md",
            "runbooks/trial/index.html": "https://github.com/example-org/handbook/edit/main/runbooks/trial.md",
            "practices/one/first/index.html": "https://github.com/example-org/handbook/edit/main/docs/practices/one/first.md",
        },
    ),
    Row(
        "plugin `offline`, opened from the disk without a network",
        plugins=("offline",),
        serves_folders=False,
        from_disk=True,
    ),
    Row(
        "`custom_dir` with blocks and partials",
        _theme(custom_dir="own"),
        files={"own/main.html": MAIN, "own/partials/toc.html": TOC},
        texts={
            "runbooks/trial/index.html": "TONIGHT",
            "index.html": 'content="head"',
            "page/index.html": "OWN CONTENTS",
            "practices/one/first/index.html": "TONIGHT",
        },
    ),
    Row(
        "palette, logo and icon of one's own",
        _theme(
            palette={"scheme": "slate", "primary": "teal", "accent": "lime"},
            logo="logo.png",
            favicon="logo.png",
            icon={"repo": "fontawesome/brands/git-alt"},
        ),
        files={"docs/logo.png": PIXEL},
        texts={"runbooks/trial/index.html": 'data-md-color-primary="teal"', "index.html": "logo.png"},
    ),
    Row(
        "`index.md`, and index pages of the sections, of one's own",
        files={
            "docs/index.md": "# My own home\n\nStart at [the cart](practices/one/first.md).\n",
            "docs/practices/index.md": "# My practices\n\nHow we work.\n",
            "docs/practices/one/index.md": "# One\n\nWhat area one is about.\n",
            "docs/runbooks/index.md": "# Runbooks\n\nHow to call for help.\n",
        },
        texts={
            "index.html": "My own home",
            "practices/index.html": "How we work.",
            "practices/one/index.html": "What area one is about.",
            "runbooks/index.html": "How to call for help.",
        },
    ),
    Row(
        "a whole `nav` of one's own",
        {"nav": [{"Start": "index.md"}, {"Mine": [{"A page": "page.md"}, {"Trial": "runbooks/trial.md"}]}]},
        texts={"index.html": "Mine"},
    ),
    Row(
        "a partial `nav`, with `opsbook` for the rest",
        {"nav": [{"Mine": ["page.md"]}, "opsbook"], "validation": {"omitted_files": "info"}},
        texts={"index.html": "Mine", "runbooks/trial/index.html": "Runbooks"},
    ),
    Row("`docs_dir` elsewhere", {"docs_dir": "documentation"}),
    Row(
        "the site in a folder of a larger repository",
        folder="platform/handbook",
        settings={
            "repo_url": "https://github.com/example-org/shop",
            "edit_uri": "edit/main/platform/handbook/docs/",
            **_theme(features=["content.action.edit"]),
        },
        texts={
            "runbooks/trial/index.html": "https://github.com/example-org/shop/edit/main/platform/handbook/runbooks/trial.md"
        },
    ),
    Row(
        "`site_url` with a path",
        {"site_url": "https://example.org/team/handbook/"},
        base="/team/handbook/",
        texts={"sitemap.xml": "https://example.org/team/handbook/runbooks/trial/"},
    ),
    Row(
        "`INHERIT`",
        {"INHERIT": "base.yml"},
        files={"base.yml": "copyright: Ours alone\n"},
        texts={"index.html": "Ours alone"},
    ),
    Row(
        "`exclude_docs` and `draft_docs`",
        {"exclude_docs": "/_archive/\n_template.md\n", "draft_docs": "/drafts/\n"},
        files={
            "docs/_archive/old.md": "---\ntitle: Old: one\n---\n",
            "docs/drafts/wip.md": "```bash\nnever closed\n",
            "docs/practices/one/_template.md": "Write.\n",
        },
    ),
    Row("theme in German", _theme(language="de"), texts={"index.html": '<html lang="de"'}),
    Row("theme in Arabic, from right to left", _theme(language="ar"), texts={"index.html": 'dir="rtl"'}),
    Row(
        "plugin `tags`",
        plugins=("tags",),
        files={"docs/tagged.md": "---\ntags: [pager]\n---\n\n# Tagged\n\nYes.\n"},
        texts={"tagged/index.html": "pager"},
    ),
    Row(
        "plugin `blog`",
        plugins=("blog",),
        files={
            "docs/blog/index.md": "# Blog\n",
            "docs/blog/posts/first.md": "---\ndate: 2026-01-02\n---\n\n# First post\n\nIt begins.\n",
        },
        texts={"blog/2026/01/02/first-post/index.html": "It begins."},
    ),
    Row(
        "plugin `meta`",
        plugins=("meta",),
        files={"docs/.meta.yml": "description: From the folder\n"},
        texts={"page/index.html": "From the folder"},
    ),
    Row(
        "plugin `privacy`",
        plugins=({"privacy": {"assets": False}},),
        note="Downloads what the theme names of another host, and wants the network for it, without `assets: false`.",
    ),
    Row("plugin `social`, switched off", plugins=({"social": {"enabled": False}},)),
)

NEIGHBOURS = (
    Row("awesome-nav", plugins=("awesome-nav",)),
    Row("section-index", plugins=("section-index",)),
    Row(
        "literate-nav",
        plugins=("literate-nav",),
        files={"docs/SUMMARY.md": "* [Start](index.md)\n* [Mine](page.md)\n"},
        texts={"index.html": "Mine"},
    ),
    Row(
        "redirects",
        plugins=({"redirects": {"redirect_maps": {"old.md": "page.md"}}},),
        texts={"old/index.html": "../page/"},
    ),
    Row(
        "git-revision-date-localized",
        plugins=({"git-revision-date-localized": {"type": "iso_date"}},),
        is_git=True,
        texts={
            "page/index.html": "2026-01-02",
            "runbooks/trial/index.html": "2026-01-02",
            "practices/one/first/index.html": "2026-01-02",
        },
    ),
    Row(
        "git-authors",
        plugins=("git-authors",),
        is_git=True,
        texts={"page/index.html": "Somebody", "runbooks/trial/index.html": "Somebody"},
    ),
    Row("rss", plugins=("rss",), is_git=True),
    Row("minify", plugins=({"minify": {"minify_html": True, "minify_js": True, "minify_css": True}},)),
    Row("glightbox", plugins=("glightbox",)),
    Row(
        "print-site",
        plugins=("print-site",),
        texts={"print_page/index.html": "Walk"},
        is_followed=False,
        note="On its page, links to alerts, to lists with a filter and to names with blanks lead nowhere.",
    ),
    Row(
        "htmlproofer",
        plugins=({"htmlproofer": {"raise_error": True, "validate_external_urls": False, "ignore_urls": ["*/?*"]}},),
        note="It takes a link with a query for a page that is missing: `ignore_urls: ['*/?*']`.",
    ),
    Row(
        "markdownextradata",
        {"extra": {"support": "the desk"}},
        plugins=("markdownextradata",),
        # It takes every hand-written page for a template, so `{#id}` of a heading begins a comment.
        files={"docs/asks.md": "# Asks\n\nAsk {{ support }}.\n", "docs/guides/deep/aims.md": "# Aims\n\n## Far\n"},
        texts={"asks/index.html": "Ask the desk."},
        note="It takes each page below `docs/` for a template; runbooks and post-mortems stay text.",
    ),
    Row(
        "include-markdown",
        plugins=("include-markdown",),
        files={
            "docs/asks.md": '# Asks\n\n{% include-markdown "./parts/desk.md" %}\n',
            "docs/parts/desk.md": "Ask the desk.\n",
        },
        texts={"asks/index.html": "Ask the desk."},
    ),
    Row(
        "mkdocs-jupyter",
        plugins=("mkdocs-jupyter",),
        options={"policy": False},
        files={"docs/load.ipynb": NOTEBOOK},
        texts={"load/index.html": "Load test"},
        is_followed=False,
        note="A notebook brings inline scripts: a build names their hashes for `policy`, or it is `policy: false`.",
    ),
    Row(
        "llmstxt",
        plugins=({"llmstxt": {"sections": {"Runbooks": ["runbooks/*.md"]}}},),
        texts={"llms.txt": "runbooks/trial", "runbooks/trial/index.md": "kubectl --namespace"},
    ),
    Row(
        "macros with its defaults",
        {"extra": {"support": "the desk"}},
        macros={"modules": ["opsbook.macros"]},
        # What stands in braces is a macro on every page then, `{#id}` of a heading too.
        files={"docs/asks.md": "# Asks\n\nAsk {{ support }}.\n", "docs/guides/deep/aims.md": "# Aims\n\n## Far\n"},
        texts={"asks/index.html": "Ask the desk."},
    ),
    Row(
        "static-i18n",
        missing="sitemap.xml",
        plugins=(
            {
                "i18n": {
                    "docs_structure": "suffix",
                    "languages": [
                        {"locale": "en", "default": True, "name": "English", "build": True},
                        {"locale": "de", "name": "Deutsch", "build": True},
                    ],
                }
            },
        ),
        files={"docs/other.md": "# Other\n", "docs/other.de.md": "# Anderes\n"},
        texts={"de/other/index.html": "Anderes", "runbooks/trial/index.html": "kubectl"},
    ),
    Row(
        "mike",
        plugins=("mike",),
        program="mike",
        is_git=True,
        base="/1.0/",
        note="Builds by ProperDocs where that is installed. Alerts get the alias: `opsbook alerts --base …/latest/`.",
    ),
    Row("ProperDocs", program="properdocs"),
)

ROWS = (*STANDARD, *NEIGHBOURS)
HELD_ELSEWHERE = {
    "Zensical": "From the source of `opsbook generate`: see [Another site engine](adopt.md#another-site-engine).",
    "mkdocs-techdocs-core": "Both ways: see [Backstage](backstage.md). The palette is that of Backstage.",
}
"""What is tried by tests of its own, such as those of the generated source."""


def table() -> str:
    """Return the rows as the table of the manual."""
    notes = {**{row.name: row.note for row in ROWS}, **HELD_ELSEWHERE}
    lines = (f"| {name} | works{'. ' + note if note else ''} |" for name, note in notes.items())
    return "\n".join(("| Beside it | State |", "| --- | --- |", *lines)) + "\n"
