"""Types into the search of a page, and reads what it shows."""

from __future__ import annotations

from collections.abc import Iterable

from playwright.sync_api import Page as Tab

OPEN = "label[for=__search].md-header__button"

ASK = """async (queries) => {
  const field = document.querySelector("[data-md-component=search-query]");
  const meta = document.querySelector(".md-search-result__meta");
  const list = document.querySelector(".md-search-result__list");
  const ask = async (text) => {
    const before = meta.textContent;
    meta.textContent = "…";
    field.value = text;
    field.dispatchEvent(new KeyboardEvent("keyup", { bubbles: true }));
    const asked = performance.now();
    while (meta.textContent === "…") await new Promise((done) => setTimeout(done, 1));
    return performance.now() - asked;
  };
  const found = [];
  while (/nitializing/.test(meta.textContent)) await new Promise((done) => setTimeout(done, 5));
  for (const words of queries) {
    if (field.value) await ask("");
    const milliseconds = await ask(words);
    const links = [...list.querySelectorAll(".md-search-result__link")].map((link) => link.href);
    found.push({ links, milliseconds });
  }
  return found;
}"""
"""Asks one query after the other in an open search; the addresses of the hits of each, best first, and the time."""


def opened(tab: Tab, address: str, *, slower: int = 1) -> None:
    """Open the search of the page at `address`, on a processor that is `slower` so many times."""
    if slower > 1:
        tab.context.new_cdp_session(tab).send("Emulation.setCPUThrottlingRate", {"rate": slower})
    tab.goto(address, wait_until="load")
    tab.locator(OPEN).dispatch_event("click")


def first_hits(tab: Tab, base: str, queries: Iterable[str]) -> dict[str, list[str]]:
    """Return the pages that the search of a page finds for each of `queries`, best first, without their anchors."""
    asked = list(queries)
    tab.locator(OPEN).dispatch_event("click")
    found = {}
    for query, hit in zip(asked, tab.evaluate(ASK, asked), strict=True):
        pages = [link.removeprefix(f"{base}/").split("#")[0].split("?")[0] for link in hit["links"]]
        found[query] = list(dict.fromkeys(pages))
    return found
