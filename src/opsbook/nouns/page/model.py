"""Read the front matter of a hand-written page: the keys that MkDocs, the theme and this engine use.

MkDocs reads it itself too, but with other types: `2026-01-01` is a date there and `1.10` a number, where a title is
meant. So the plugin passes on what is read here, and does not touch unknown keys, which other plugins may use.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from opsbook.graph import Graph
from opsbook.problems import Problem, ProblemsError
from opsbook.site.prose import SourceLinks
from opsbook.source.fields import OneLine, Text
from opsbook.source.markdown import Markdown
from opsbook.source.tree import Position, Tree, YamlDocument, short
from opsbook.source.validate import validate

_META = re.compile(r" {0,3}(?P<key>[A-Za-z0-9_-]+):[ \t]*(?P<value>.*)")

HasTemplate = Callable[[str], bool]
"""Tells whether the theme, or the folder that takes precedence over it, has the named template."""


def _as_list(value: object) -> object:
    """Return a single word as a list. The theme searches the value for a word, so a word alone works as well."""
    return [value] if isinstance(value, str) and re.fullmatch("[a-z][a-z_-]*", value) else value


def _empty_list(value: object) -> object:
    return [] if value == "" else value


Texts = Annotated[list[OneLine], BeforeValidator(_empty_list)]
"""A list of texts of one line each; a key without a value makes an empty list."""


class PageSearch(BaseModel):
    """What a page asks of the search; other keys are left to others."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    exclude: bool = Field(False, description="Whether the search leaves the page out.")
    boost: float = Field(1.0, ge=0, le=1000, description="How much the page counts, 1 where it is not said.")
    trouble: bool = Field(
        False, description="Whether the page says what to do when something is wrong, as a runbook does."
    )
    words: Texts = Field(default=[], description="Words that the page is found by and does not show.")


class GuideHead(BaseModel):
    """What the front matter of a guide may say; title and state of an item stand in checklist.yml."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    description: Text | None = Field(
        default=None, description="What the page is about, for search engines and previews."
    )
    tags: Texts = Field(default=[], description="The tags of the page, where the plugin `tags` is set up.")
    hide: Annotated[Texts, BeforeValidator(_as_list)] = Field(
        default=[], description="Parts of the theme that the page does without, such as `navigation` and `toc`."
    )
    search: PageSearch | None = Field(default=None, description="What the search does with the page.")
    icon: OneLine | None = Field(default=None, description="The icon in the navigation, such as `material/database`.")
    status: OneLine | None = Field(
        default=None, description="A mark beside the title in the navigation, such as `new`."
    )


class RelatedLink(BaseModel):
    """A link of a list of related pages."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    title: OneLine = Field(description="The text of the link.")
    url: OneLine = Field(description="A path from the root of the site, or an address.")


class Related(BaseModel):
    """Related pages below a heading, as the site shows them at the right of a page."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    title: OneLine = Field(description="The heading.")
    links: list[RelatedLink] = Field(description="The links below it.")


class PageHead(GuideHead):
    """What the front matter of a page may say; keys of other plugins are theirs."""

    model_config = ConfigDict(frozen=True, extra="allow")

    title: OneLine | None = Field(default=None, description="The title; else it is the first heading.")
    subtitle: OneLine | None = Field(default=None, description="A second line below the title in the navigation.")
    template: OneLine | None = Field(default=None, description="The template of the theme that the page is made with.")
    render_macros: bool | None = Field(default=None, description="Whether braces are calls of macros on this page.")
    related: list[Related] = Field(default=[], description="Links to related pages, at the right of the page.")


def page_meta(page: Markdown, has_template: HasTemplate) -> Mapping[str, Any]:
    """Return the known keys of `page` with the intended types; None for a key without a value.

    Raises ProblemsError with every mistake.
    """
    front = page.front or without_fence(page)
    if not _is_mapping(front):
        return {}
    head = _known(PageHead, front)
    if problems := list(_problems(head, front, has_template)):
        raise ProblemsError(problems)
    return head


def _problems(head: Mapping[str, Any], front: YamlDocument, has_template: HasTemplate) -> Iterator[Problem]:
    """Yield a problem for what would stop MkDocs, the theme or mkdocs-macros while they make the page."""
    if (name := head.get("template")) and not has_template(name):
        message = f"no template is called `{short(name)}`; allowed: a file of the theme, or of its `custom_dir`"
        yield front.problem(("template",), message)
    if (name := head.get("icon")) and not has_template(f".icons/{name}.svg"):
        message = f"no icon is called `{short(name)}`; allowed: a file below `.icons`, such as `material/database`"
        yield front.problem(("icon",), message)
    if isinstance(front.tree, dict) and "ignore_macros" in front.tree:
        message = "`ignore_macros` is read no more; write `render_macros: false`"
        yield front.problem(("ignore_macros",), message, key=True)


def guide_meta(page: Markdown) -> Mapping[str, Any]:
    """Return the keys of a guide as `page_meta` does. Raises ProblemsError for any other key too."""
    return _known(GuideHead, page.front) if page.front and _is_mapping(page.front) else {}


def _is_mapping(front: YamlDocument) -> bool:
    """Return whether `front` has any keys. Raises ProblemsError where it is a list or text."""
    if isinstance(front.tree, dict):
        return bool(front.tree)
    raise ProblemsError([front.problem((), "the front matter is no mapping; allowed: `key: value`, each on a line")])


def _known(model: type[BaseModel], front: YamlDocument) -> Mapping[str, Any]:
    assert isinstance(front.tree, dict)
    nothing = [key for key in front.tree if key in model.model_fields and _is_null(front, key)]
    is_open = model.model_config.get("extra") == "allow"
    said = {key: value for key, value in front.tree.items() if not is_open or key in model.model_fields}
    rest: dict[str, Tree] = {key: value for key, value in said.items() if key not in nothing}
    head = validate(model, YamlDocument(front.path, rest, front.values, front.keys, front.plain))
    return {**head.model_dump(mode="json", include=set(rest), exclude_unset=True), **dict.fromkeys(nothing)}


def _is_null(front: YamlDocument, key: str) -> bool:
    """Return whether a key has no value, which for MkDocs is the same as no key."""
    assert isinstance(front.tree, dict)
    return front.tree[key] in ("", "~", "null", "Null", "NULL") and (key,) in front.plain


def without_fence(page: Markdown) -> YamlDocument:
    """Return the first lines of `key: value`, which MkDocs takes for front matter where there is none between `---`."""
    tree: dict[str, Tree] = {}
    places: dict[tuple[str | int, ...], Position] = {(): Position(1, 1)}
    for number, line in enumerate(page.lines, start=1):
        match = _META.match(line)
        if not match:
            break
        key = match["key"].lower()
        tree[key] = match["value"].strip()
        places[(key,)] = Position(number, match.start("value") + 1)
    return YamlDocument(page.path, tree, places, {})


@dataclass(frozen=True)
class PagesFolder:
    """The folder of the hand-written pages, as messages call it."""

    name: str = "docs"


def pages_folder(graph: Graph) -> str:
    """Return what messages call the folder of the hand-written pages."""
    return next(iter(graph.all(PagesFolder)), PagesFolder()).name


def source_links(file: str, graph: Graph) -> SourceLinks:
    """Return where the links in `file`, a path from the root of the repository, lead on the site."""
    return SourceLinks(file, graph.pages_by_file, pages_folder(graph))


@dataclass(frozen=True)
class WrittenPage:
    """A hand-written page. `path` is relative to the folder of the hand-written pages."""

    path: str
    title: str
    markdown: str
    asks_at: Position | None = None
    """Where its front matter asks for macros."""
    meta: Mapping[str, Any] = field(default_factory=dict)
    """The keys of its front matter that this engine knows; None for a key without a value."""
    has_heading: bool = False
    """Whether its first heading is of level 1."""

    @property
    def is_titled(self) -> bool:
        """Return whether the page says its title itself, in its front matter or by its first heading."""
        return self.has_heading or bool(self.meta.get("title"))


def said_meta(page: WrittenPage, read: Mapping[str, Any]) -> dict[str, Any]:
    """Return the front matter of `page` as MkDocs `read` it, with the known keys replaced by those read here."""
    search = read.get("search")
    meta = {**read, **page.meta}
    if page.has_heading and not page.meta.get("title"):
        meta.pop("title", None)  # That of the generated page which this one stands in front of.
    if isinstance(search, dict) and page.meta.get("search"):
        meta["search"] = {**search, **page.meta["search"]}
    return {key: value for key, value in meta.items() if value is not None or key not in page.meta}
