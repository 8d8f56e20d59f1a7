"""Ask the search of a built site, in a browser, what people type, and say how far down the right page stands.

    python bench/search/run.py [SITE] [--opened-as-file] [--slower 6] [--misses]

One in three queries is held out: `--misses` names the queries that went wrong of the others, and shows nothing of them.
"""

from __future__ import annotations

import gzip
import hashlib
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click
import yaml
from playwright.sync_api import Page, Response, sync_playwright

sys.path.insert(0, str(Path(__file__).parents[2] / "tests"))

from chromium import chromium_path
from conftest import CHROMIUM_FLAGS, ROOT, Serve
from search_box import ASK, opened

QUERIES = Path(__file__).with_name("queries.yml")
PIECES = ("/search/", "/workers/", "/lunr/")


@dataclass(frozen=True)
class Answer:
    """What the search says to one query: the place of the first right page, 0 where there is none, and the time."""

    kind: str
    query: str
    place: int
    first: str
    milliseconds: float

    @property
    def is_held_out(self) -> bool:
        """Return whether the query is one of those that nobody looks at while the ranking is tuned."""
        return hashlib.sha256(self.query.encode()).digest()[0] % 3 == 0


def asked() -> dict[str, dict[str, list[str]]]:
    """Return the right pages by query, by kind."""
    found: dict[str, dict[str, list[str]]] = yaml.safe_load(QUERIES.read_text("utf-8"))
    return found


def page_of(address: str, base: str) -> str:
    """Return the page that a hit leads to, as the queries name it."""
    path = address.removeprefix(base).split("#")[0].split("?")[0].removesuffix("index.html").removesuffix(".html")
    return path.strip("/")


def place_of(right: Sequence[str], pages: Sequence[str]) -> int:
    """Return the place of the first of the `right` pages, counted from 1; 0 where none is found."""
    return next((number for number, page in enumerate(pages, 1) if page in right), 0)


def answers(tab: Page, base: str) -> list[Answer]:
    """Ask everything in one tab."""
    kinds = [(kind, query, right) for kind, queries in asked().items() for query, right in queries.items()]
    found: list[dict[str, Any]] = tab.evaluate(ASK, [query for _, query, _ in kinds])
    said = []
    for (kind, query, right), hit in zip(kinds, found, strict=True):
        pages = list(dict.fromkeys(page_of(link, base) for link in hit["links"]))
        place = place_of(right, pages)
        said.append(Answer(kind, query, place, ", ".join(pages[:3]), hit["milliseconds"]))
    return said


def table(said: Sequence[Answer]) -> str:
    """Return a row for each kind: queries, right page first, within three, right page not found."""
    rows = [f"{'':26}{'asked':>6}{'first':>7}{'in 3':>6}{'none':>6}"]
    for kind in [*dict.fromkeys(answer.kind for answer in said), "all"]:
        places = [answer.place for answer in said if kind in (answer.kind, "all")]
        counts = (len(places), places.count(1), sum(1 <= place <= 3 for place in places), places.count(0))
        rows.append(f"{kind:26}{counts[0]:6}{counts[1]:7}{counts[2]:6}{counts[3]:6}")
    return "\n".join(rows)


def report(said: Sequence[Answer], sizes: Mapping[str, int], *, misses: bool) -> None:
    """Print the tables, the times, and what was loaded before the first hit."""
    for name, held in (("tuned on", False), *((("held out", True),) if not misses else ())):
        print(f"\n{name}\n{table([answer for answer in said if answer.is_held_out is held])}")
    times = sorted(answer.milliseconds for answer in said)
    print(f"\nanswer: {statistics.median(times):.0f} ms in the middle, {times[int(len(times) * 0.95)]:.0f} ms for 95 %")
    print(f"before the first hit, compressed: {sum(sizes.values()):,} bytes, {dict(sizes)}")
    for answer in said if misses else ():
        if answer.place != 1 and not answer.is_held_out:
            print(f"{answer.place:3} {answer.kind}: {answer.query!r} -> {answer.first}")


def size_of(response: Response) -> int:
    """Return how long the body is after gzip."""
    return len(gzip.compress(response.body(), 9))


@click.command(help=__doc__)
@click.argument("site", required=False, type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--opened-as-file", is_flag=True, help="Open the site from the disk.")
@click.option("--slower", default=1, help="How many times slower the processor is.")
@click.option("--misses", is_flag=True, help="Name the queries that went wrong.")
def main(site: Path | None, *, opened_as_file: bool, slower: int, misses: bool) -> None:
    """Measure the search of `site`; of the site of this repository where none is given."""
    with tempfile.TemporaryDirectory(prefix="searched-") as folder:
        measure(site or built(Path(folder)), opened_as_file=opened_as_file, slower=slower, misses=misses)


def built(folder: Path) -> Path:
    """Build the site of this repository into `folder`, and return it."""
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--site-dir", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, env={**os.environ, "NO_MKDOCS_2_WARNING": "1"})
    return folder


def measure(site: Path, *, opened_as_file: bool, slower: int, misses: bool) -> None:
    """Ask everything, and print what came of it."""
    serve = Serve()
    base = site.absolute().as_uri() if opened_as_file else serve(site)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=list(CHROMIUM_FLAGS))
        tab = browser.new_page()
        loaded: list[Response] = []
        tab.context.on("response", lambda response: loaded.append(response))
        page = f"{base}/index.html" if opened_as_file else f"{base}/"
        opened(tab, page, slower=slower)
        tab.evaluate(ASK, ["node not ready"])
        sizes = {each.url.split("/")[-1]: size_of(each) for each in loaded if any(part in each.url for part in PIECES)}
        said = answers(tab, base)
        browser.close()
    serve.close()
    report(said, sizes, misses=misses)


if __name__ == "__main__":
    main()
