"""What is found wrong in a built site before readers see it, and what is written beside its files."""

from __future__ import annotations

import gzip
from collections.abc import Mapping
from functools import partial
from pathlib import Path

import pytest

from opsbook.problems import ProblemsError
from opsbook.publish.compress import compress_site, keep_times
from opsbook.publish.durable import copy_site
from opsbook.publish.release import publish
from opsbook.publish.server_headers import server_headers
from opsbook.publish.target import Target
from opsbook.publish.verify import verify

HOME = '<!doctype html><html><head><link rel="canonical" href="https://example.org/book/"></head>{}</html>'
OTHER = '<p id="here">Other</p><a name="old">anchor</a>'
DEAD = {
    '<a href="nowhere/">x</a>': "leads to nowhere/index.html, which is not in the site",
    '<a href="/book/nowhere.html">x</a>': "leads to nowhere.html, which is not in the site",
    '<a href="https://example.org/book/no">x</a>': "leads to no, which is not in the site",
    '<a href="//example.org/book/no">x</a>': "leads to no, which is not in the site",
    '<a href="empty/">x</a>': "leads to empty/index.html, which is not in the site",
    '<a href="Other/">x</a>': "leads to Other/index.html, which is not in the site",
    '<a href="other/#gone">x</a>': "leads to the anchor `gone`, which other/index.html does not have",
    '<a href="#gone">x</a>': "leads to the anchor `gone`, which index.html does not have",
    '<svg><use href="#gone"/></svg>': "leads to the anchor `gone`, which index.html does not have",
    '<a href="other/#Here">x</a>': "leads to the anchor `Here`, which other/index.html does not have",
    '<a href="../x/">x</a>': "leads out of the site",
    '<a href="http://[x/">x</a>': "is no address",
    '<img src="no.png">': "leads to no.png, which is not in the site",
    "<IMG SRC=no.png>": "leads to no.png, which is not in the site",
    '<img srcset="a%20b.png 1x, no.png 2x">': "leads to no.png, which is not in the site",
    '<video poster="no.png"></video>': "leads to no.png, which is not in the site",
    '<object data="no.svg"></object>': "leads to no.svg, which is not in the site",
    '<script src="no.js"></script>': "leads to no.js, which is not in the site",
    '<iframe src="no.html"></iframe>': "leads to no.html, which is not in the site",
    '<meta http-equiv="Refresh" content="0; URL=\'no/\'">': "leads to no/index.html, which is not in the site",
    '<noscript><a href="no">x</a></noscript>': "leads to no, which is not in the site",
}
RIGHT = (
    '<a href="">x</a> <a href="#">x</a> <a href="#top">x</a> <a href="?q=1">x</a> <a href="./">x</a>',
    '<a href="/book/">x</a>',
    '<a href="other">a server adds the slash</a> <a href="other/?a=b#here">x</a> <a href="other/index.html#old">x</a>',
    '<a href="other/#here:~:text=Other">x</a> <a href="other/#%68ere">x</a> <a href="a%20b.png">x</a>',
    '<a href="https://elsewhere.example/no">x</a> <a href="mailto:a@b.example">x</a> <a href="javascript:x">x</a>',
    '<a href="https://example.org/another/">x</a> <a href="/another/">x</a> <img src="data:image/png;base64,AA==">',
    '<!-- <a href="no">x</a> --> <script>"<a href=no>"</script> <pre>&lt;a href="no"&gt;</pre>',
    '<base href="/book/other/"><a href="#here">x</a> <a href="../other/">x</a>',
    '<p data-href="no" id="x">x</p><label for="no">x</label><form action=""></form>',
)


def write(folder: Path, files: Mapping[str, str]) -> Path:
    (folder / "empty").mkdir(parents=True)
    for name, text in {"index.html": HOME.format(""), "other/index.html": OTHER, "a b.png": "x", **files}.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    return folder


def found(site: Path, last: Path | None = None, gone: tuple[str, ...] = ()) -> list[str]:
    try:
        verify(site, last, gone=gone)
    except ProblemsError as error:
        return [str(problem) for problem in error.problems]
    return []


def test_every_dead_link_and_anchor_is_told_with_its_place(tmp_path: Path) -> None:
    body = "\n".join(("", *DEAD))
    said = found(write(tmp_path / "site", {"index.html": HOME.format(body)}))
    assert [line.split(":")[1] for line in said] == [str(number) for number in range(2, len(DEAD) + 2)]
    assert [line for line, fault in zip(said, DEAD.values(), strict=True) if not line.endswith(f"` {fault}")] == []
    assert said[0] == "index.html:2:1: the link `nowhere/` leads to nowhere/index.html, which is not in the site"


@pytest.mark.parametrize("body", RIGHT)
def test_what_leads_somewhere_or_elsewhere_is_right(tmp_path: Path, body: str) -> None:
    assert found(write(tmp_path / "site", {"index.html": HOME.format(body)})) == []


def test_a_link_in_a_picture_and_on_the_page_of_what_is_missing_is_followed_from_there(tmp_path: Path) -> None:
    files = {
        "pictures/p.svg": '<svg><a xlink:href="../other/#here"><text>x</text></a><a xlink:href="../no/"/></svg>',
        "404.html": '<a href="/book/other/">x</a> <a href="/book/no/">x</a>',
    }
    assert found(write(tmp_path / "site", files)) == [
        "404.html:1:30: the link `/book/no/` leads to no/index.html, which is not in the site",
        "pictures/p.svg:1:55: the link `../no/` leads to no/index.html, which is not in the site",
    ]


def test_wrong_files_are_told(tmp_path: Path) -> None:
    site = write(tmp_path / "site", {"empty.html": "", "large.html": "x" * 5_000_001})
    (site / "latin.html").write_bytes("<p>naïve</p>".encode("latin-1"))
    (site / "index.html").unlink()
    assert found(site) == [
        "empty.html: is empty",
        "index.html: is missing; a site has a home page",
        "large.html: has 5,000,001 bytes; a page has at most 5,000,000",
        "latin.html: is not UTF-8 at byte 5",
    ]


def test_a_page_of_the_last_release_has_to_stay_or_to_redirect_or_to_be_named(tmp_path: Path) -> None:
    last = write(tmp_path / "last", {"a/index.html": "a", "b.html": "b", "c/index.html": "c"})
    new = write(tmp_path / "new", {"c/index.html": '<meta http-equiv="refresh" content="0; url=../other/">'})
    lost = "is lost: the last release has it; add a redirect, or say `--gone"
    assert found(new, last) == [f"a/index.html: {lost} a`", f"b.html: {lost} b.html`"]
    assert found(new, last, ("/a/",)) == [f"b.html: {lost} b.html`"]
    assert found(new, last, ("a", "b.html")) == []


def test_a_site_that_is_wrong_is_not_published(tmp_path: Path) -> None:
    target = Target(tmp_path / "target")
    right = write(tmp_path / "right", {})
    name = publish(target, partial(copy_site, right), keep=2).release
    wrong = write(tmp_path / "wrong", {"index.html": HOME.format('<a href="no/">x</a>')})
    with pytest.raises(ProblemsError, match="which is not in the site"):
        publish(target, partial(copy_site, wrong), keep=2)
    assert target.names == [target.now] == [name]


def test_compressed_copies_hold_the_same_and_are_the_same_each_time(tmp_path: Path) -> None:
    own = {"own.json": "{} " * 100, "own.json.gz": "made by somebody", "short.txt": "x", "photo.jpg": "x" * 1000}
    sites = [write(tmp_path / name, {**own, "long.html": "<p>long</p>" * 100}) for name in "ab"]
    for site in sites:
        compress_site(site)
    copies = {path.name: path.read_bytes() for path in sites[0].rglob("*.gz")}
    assert copies == {path.name: path.read_bytes() for path in sites[1].rglob("*.gz")}
    assert copies.keys() == {"own.json.gz", "long.html.gz"}
    assert gzip.decompress(copies["long.html.gz"]) == (sites[0] / "long.html").read_bytes()
    assert copies["own.json.gz"] == b"made by somebody"


def test_a_file_keeps_its_time_where_its_bytes_stay_and_gets_a_later_one_where_not(tmp_path: Path) -> None:
    last, new = write(tmp_path / "last", {"page.html": "old"}), write(tmp_path / "new", {"page.html": "new"})
    keep_times(new, last)
    same, changed = ((site / name).stat().st_mtime_ns for site, name in ((new, "index.html"), (new, "page.html")))
    assert same == (last / "index.html").stat().st_mtime_ns
    assert changed // 10**9 > (last / "page.html").stat().st_mtime_ns // 10**9


def test_the_headers_allow_what_each_kept_release_needs(tmp_path: Path) -> None:
    policy = "/*\n  Content-Security-Policy: default-src 'none'; script-src {}\n  X-Own: 1\n/a/*\n  X-Own: 2\n"
    sites = [
        write(tmp_path / text, {"_headers": policy.format(text)}) for text in ("'self'", "'sha256-new='", "'none'")
    ]
    line = "set $opsbook_policy \"default-src 'none'; script-src 'self' 'sha256-new='\";"
    text = server_headers(sites).decode()
    assert line in text.splitlines()
    assert "add_header Content-Security-Policy $opsbook_policy always;" in text.splitlines()
    assert text.count("X-Own") == 1
    assert 'add_header X-Own "1" always;' in text
    without = server_headers([write(tmp_path / "without", {})]).decode()
    assert 'add_header X-Content-Type-Options "nosniff" always;' in without


@pytest.mark.parametrize("value", ['a"; return 200 "b', "a\\", "$document_root", "a\x07"])
def test_a_header_that_nginx_would_read_as_something_else_is_refused(tmp_path: Path, value: str) -> None:
    site = write(tmp_path / "site", {"_headers": f"/*\n  X-Own: {value}\n"})
    with pytest.raises(ProblemsError, match="_headers:2:1: is no header"):
        server_headers([site])
