"""The addresses in pages, as they lead on a disk."""

from __future__ import annotations

import pytest

from opsbook.offline.addresses import addresses
from opsbook.offline.disk import DiskSite

HOME = '<!doctype html><link rel="canonical" href="https://ops.example.org/handbook/">'
FILES = (
    "index.html",
    "runbooks/index.html",
    "runbooks/cart-down/index.html",
    "files/plan 1.pdf",
    "größe/index.html",
    "plain.html",
    "assets/x.css",
)
HERE = "runbooks/cart-down/index.html"
SITE = DiskSite.of(FILES, HOME, "shim.js")


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("../", "../index.html"),
        ("..", "../index.html"),
        ("./", "index.html"),
        (".", "index.html"),
        ("../..", "../../index.html"),
        ("../../", "../../index.html"),
        ("../cart-down", "index.html"),
        ("../cart-down/?namespace=shop&pod=a#act", "index.html?namespace=shop&pod=a#act"),
        ("../../gr%C3%B6%C3%9Fe/#x", "../../gr%C3%B6%C3%9Fe/index.html#x"),
        ("../../größe/", "../../gr%C3%B6%C3%9Fe/index.html"),
        ("/handbook/", "../../index.html"),
        ("/handbook", "../../index.html"),
        ("/handbook/files/plan%201.pdf", "../../files/plan%201.pdf"),
        ("/handbook/assets/x.css", "../../assets/x.css"),
        ("https://ops.example.org/handbook/runbooks/", "../index.html"),
        ("http://ops.example.org/handbook/plain.html#a", "../../plain.html#a"),
        ("//ops.example.org/handbook/plain.html", "../../plain.html"),
    ],
)
def test_a_link_leads_to_a_file(address: str, expected: str) -> None:
    assert SITE.address(address, HERE) == expected


@pytest.mark.parametrize(
    "address",
    [
        "",
        "#act",
        "?namespace=shop",
        "../../plain.html",
        "../../files/plan%201.pdf",
        "../../assets/x.css",
        "../../nowhere/",
        "../../../../out/",
        "/other/",
        "/handbookish/",
        "https://ops.example.org/other/",
        "https://example.com/handbook/runbooks/",
        "mailto:team@example.org",
        "javascript:alert(1)",
        "data:text/html,x",
        "https://[half",
    ],
)
def test_any_other_address_stays_as_it_is(address: str) -> None:
    assert SITE.address(address, HERE) == address


def test_what_a_page_loads_by_its_whole_address_is_no_link() -> None:
    address = "https://ops.example.org/handbook/runbooks/"
    assert SITE.address(address, HERE, is_link=False) == address


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ("<a href='../'>x</a>", '<a href="../index.html">x</a>'),
        ("<a href=../ title='a > b'>x</a>", "<a href=\"../index.html\" title='a > b'>x</a>"),
        ('<A\n HREF = "../"\n class=x>', '<A\n HREF="../index.html"\n class=x>'),
        ('<svg><a xlink:href="../"></a></svg>', '<svg><a xlink:href="../index.html"></a></svg>'),
        ('<a href="../?a=1&amp;b=2">', '<a href="../index.html?a=1&amp;b=2">'),
        (
            '<meta http-equiv="refresh" content="0; url=../">',
            '<meta http-equiv="refresh" content="0; url=../index.html">',
        ),
        ('<div data-ob-post-mortem="../../runbooks/">', '<div data-ob-post-mortem="../index.html">'),
        (
            '<div data-ob-handout="[&#34;see [x](../#a) and [y](https://e.example/)&#34;]">',
            '<div data-ob-handout="[&quot;see [x](../index.html#a) and [y](https://e.example/)&quot;]">',
        ),
    ],
)
def test_links_are_found_wherever_a_page_has_them(page: str, expected: str) -> None:
    assert SITE.page(page, HERE) == expected


@pytest.mark.parametrize(
    "page",
    [
        '<!-- <a href="../"> -->',
        "<script>const a = '<a href=\"../\">';</script>",
        '<textarea><a href="../"></textarea>',
        '<meta name="description" content="url=../">',
        '<code>&lt;a href="../"&gt;</code>',
        '<p title="../" data-href="../">',
        'a < b and <a href="../',
        '<a href="">',
    ],
)
def test_what_is_no_link_stays_byte_for_byte(page: str) -> None:
    assert SITE.page(page, HERE) == page


def test_the_stand_in_for_workers_comes_before_the_script_of_the_theme_and_once() -> None:
    page = '<p></p><script src="../../assets/javascripts/bundle.0a.min.js"></script>'
    on_disk = SITE.page(page, HERE)
    assert on_disk == page.replace("<script", '<script src="../../shim.js"></script><script', 1)
    assert SITE.page(on_disk.replace("shim", "iframe-worker"), HERE).count("<script") == 2
    assert SITE.page("<p></p>", HERE) == "<p></p>"


def test_the_index_of_the_search_has_the_addresses_of_files() -> None:
    index = '{"config":{"lang":["en"]},"docs":[{"location":"","t":1},{"location":"runbooks/cart-down/#act"}]}'
    assert SITE.search_script(index) == (
        'var __index = {"config":{"lang":["en"]},"docs":[{"location":"index.html","t":1},'
        '{"location":"runbooks/cart-down/index.html#act"}]}'
    )


def test_the_first_of_two_attributes_counts_as_it_does_in_a_browser() -> None:
    assert [*addresses('<img SRC=a.png src="b.png"><a name=x>')] == [("img", "src", "a.png")]
