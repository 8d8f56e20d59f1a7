"""Verify a built site before readers see it: its links, its anchors, its pages and their sizes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

from opsbook.problems import Problem, ProblemsError
from opsbook.publish.built_page import BuiltPage, PageLink
from opsbook.publish.durable import files_below

INDEX = "index.html"
_PARSED = (".html", ".htm", ".svg")
_PAGES = (".html", ".htm")
_MOST = {"page": 5_000_000, "file": 100_000_000}
"""No reader waits for a larger page; a larger file is refused by GitHub, among other hosts."""


class BuiltSite:
    """The built site in the folder `site`."""

    def __init__(self, site: Path) -> None:
        self.files = {file.relative_to(site).as_posix(): file.stat().st_size for file in files_below(site)}
        self.folders = {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_dir()}
        self.problems: list[Problem] = []
        self.pages: Mapping[str, BuiltPage] = {
            name: page for name in self.files if name.endswith(_PARSED) and (page := self._read(site, name))
        }
        index = self.pages.get(INDEX)
        root = urlsplit(index.canonical if index else "")
        self.host = root.netloc
        self.root = root.path[: root.path.rfind("/") + 1] or "/"
        """The path of the site on its host, by the canonical address of its home page."""

    def _read(self, site: Path, name: str) -> BuiltPage | None:
        try:
            return BuiltPage((site / name).read_text("utf-8"))
        except UnicodeDecodeError as error:
            self.problems.append(Problem(name, 0, 0, f"is not UTF-8 at byte {error.start}"))
            return None

    def fault(self, link: PageLink, name: str) -> str:
        """Return what is wrong with `link` on the page `name`; nothing where it leads somewhere or to another host."""
        page = self.pages[name]
        here = f"http://{self.host or 'site'}{self.root}{'' if name == '404.html' else name}"
        base = urljoin(here, page.base)
        try:
            target = urlsplit(urljoin(base, link.address))
        except ValueError:
            return "is no address"
        if target.scheme not in ("http", "https") or target.netloc != urlsplit(here).netloc:
            return ""
        if not page.base and link.address.startswith("..") and link.address.split("/").count("..") > name.count("/"):
            return "leads out of the site"
        if not f"{target.path}/".startswith(self.root):
            return ""  # Something else on the same host.
        return self._fault_of(unquote(target.path[len(self.root) :]), unquote(target.fragment))

    def _fault_of(self, path: str, anchor: str) -> str:
        is_folder = not path or path.endswith("/") or path in self.folders
        file = f"{path.rstrip('/')}/{INDEX}".lstrip("/") if is_folder else path
        if file not in self.files:
            return f"leads to {file}, which is not in the site"
        anchor = anchor.partition(":~:")[0]
        if anchor and anchor != "top" and file in self.pages and anchor not in self.pages[file].anchors:
            return f"leads to the anchor `{anchor}`, which {file} does not have"
        return ""


def verify(site: Path, last: Path | None, *, gone: Iterable[str] = ()) -> None:
    """Verify the built site in the folder `site`. Raises ProblemsError with everything that is wrong.

    A page of the `last` release has to be there, as itself or as a redirect, unless its address is in `gone`.
    """
    built = BuiltSite(site)
    problems = [*built.problems, *_wrong_files(built), *_wrong_links(built)]
    if last:
        problems += _lost(built, last, {_address(each.strip("/")) for each in gone})
    if problems:
        raise ProblemsError(problems)


def _wrong_files(built: BuiltSite) -> Iterator[Problem]:
    if INDEX not in built.files:
        yield Problem(INDEX, 0, 0, "is missing; a site has a home page")
    for name, size in built.files.items():
        kind = "page" if name.endswith(_PAGES) else "file"
        if kind == "page" and not size:
            yield Problem(name, 0, 0, "is empty")
        if size > _MOST[kind]:
            yield Problem(name, 0, 0, f"has {size:,} bytes; a {kind} has at most {_MOST[kind]:,}")


def _wrong_links(built: BuiltSite) -> Iterator[Problem]:
    for name, page in built.pages.items():
        for link in page.links:
            if fault := built.fault(link, name):
                yield Problem(name, link.line, link.column, f"the link `{link.address}` {fault}")


def _lost(built: BuiltSite, last: Path, gone: set[str]) -> Iterator[Problem]:
    before = (file.relative_to(last).as_posix() for file in files_below(last))
    for name in before:
        if name.endswith(_PAGES) and name not in built.files and _address(name) not in gone:
            message = f"is lost: the last release has it; add a redirect, or say `--gone {_address(name) or '/'}`"
            yield Problem(name, 0, 0, message)


def _address(name: str) -> str:
    return name.removesuffix(INDEX).strip("/")
