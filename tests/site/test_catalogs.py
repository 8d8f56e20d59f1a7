"""The catalogs: each has every message, with the places and elements of its English text, and no word goes around them.

In the made-up language of the last tests every message of the engine stands in brackets. All that the user of their
site wrote is in Cyrillic letters and the theme speaks Thai, so a Latin letter outside of brackets is a word that no
catalog knows.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from playwright.sync_api import Dialog

from catalogs import LOCALE, PACKAGE, catalogs, messages, untranslated, written
from conftest import Pages, Serve
from cyrillic import files
from opsbook.assembly.kinds import KINDS, NODE_KINDS
from opsbook.nouns.macro.macros import MACROS
from opsbook.site.language import DOMAIN, SiteLanguage
from small_site import ENVIRONMENT, write

CATALOGS = dict(catalogs())
PLACES, TAGS = re.compile(r"%\(\w+\)s|%%"), re.compile(r"</?[a-z][^<>]*>")


def texts(message: Message) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The forms of a message in English, and those in the language of its catalog."""
    ids = message.id if isinstance(message.id, tuple) else (message.id,)
    strings = message.string if isinstance(message.string, tuple) else (message.string,)
    return tuple(map(str, ids)), tuple(map(str, strings))


def test_the_languages_are_there() -> None:
    assert {"de", "es", "fr", "ja"} <= CATALOGS.keys()


def test_the_template_has_the_messages_of_the_sources() -> None:
    assert (LOCALE / f"{DOMAIN}.pot").read_bytes() == written(messages()), "run `make words`"


def test_what_a_noun_calls_its_tabs_and_its_nodes_is_a_message() -> None:
    declared = {tab.title for kind in KINDS for tab in kind.tabs} | {kind.heading for kind in NODE_KINDS.values()}
    assert declared - {message.id for message in CATALOGS["de"]} - {""} == set(), "mark it with `N_`"


@pytest.mark.parametrize("name", CATALOGS)
def test_a_catalog_has_a_text_for_each_message_and_for_no_other(name: str) -> None:
    wanted = {message.id for message in messages() if message.id}
    assert {message.id for message in CATALOGS[name] if message.id} == wanted, "run `make words`"
    assert [message.id for message in untranslated(CATALOGS[name])] == []
    assert (LOCALE / name / "LC_MESSAGES" / f"{DOMAIN}.po").read_bytes() == written(CATALOGS[name])


@pytest.mark.parametrize("name", CATALOGS)
def test_a_text_has_the_places_and_elements_and_blanks_of_its_message(name: str) -> None:
    wrong = [message.id for message in CATALOGS[name] if message.id and not is_alike(message)]
    assert wrong == []


def is_alike(message: Message) -> bool:
    ids, strings = texts(message)
    shapes = [(sorted(PLACES.findall(text)), sorted(TAGS.findall(text)), ends(text)) for text in ids]
    return all(
        (sorted(PLACES.findall(text)), sorted(TAGS.findall(text)), ends(text)) in shapes
        and len(re.findall("%", text)) == len(PLACES.findall(text)) + text.count("%%")
        for text in strings
    )


def ends(text: str) -> tuple[bool, bool]:
    return text[:1] == " ", text[-1:] == " "


def test_a_language_has_its_plurals_dates_and_numbers() -> None:
    german, english, russian = SiteLanguage("de"), SiteLanguage("en-GB"), SiteLanguage("ru")
    day = date(2026, 3, 9)
    assert [german.ngettext("%(count)s step", "%(count)s steps", count) for count in (1, 2)] == [
        "1 Schritt",
        "2 Schritte",
    ]
    assert (german.date(day), english.date(day), russian.date(day)) == ("09.03.2026", "2026-03-09", "2026-03-09")
    assert (german.number(12345), english.number(12345), russian.number(12345)) == ("12.345", "12,345", "12,345")
    assert (german.percent(99), english.percent(99)) == ("99\xa0%", "99%")


OPEN, CLOSE = "⟦", "⟧"


def bracketed(text: str) -> str:
    """A text with its words in brackets, and its places and elements outside of them."""
    pieces = re.split(rf"({PLACES.pattern}|{TAGS.pattern}|`[^`]*`)", text)
    return "".join(piece if n % 2 or not piece.strip() else f"{OPEN}{piece}{CLOSE}" for n, piece in enumerate(pieces))


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site, built by a copy of the package whose catalog for Thai has every message in brackets."""
    package = tmp_path_factory.mktemp("package")
    shutil.copytree(PACKAGE, package / "opsbook", ignore=shutil.ignore_patterns("__pycache__"))
    made = Catalog("th", charset="utf-8")
    for message in messages():
        if message.id:
            ids, _ = texts(message)
            said = bracketed(ids[-1])
            made.add(message.id, (said,) if len(ids) > 1 else said, message.locations)
    file = package / "opsbook" / "locale" / "th" / "LC_MESSAGES" / f"{DOMAIN}.po"
    file.parent.mkdir(parents=True)
    file.write_bytes(written(made))
    root = write(tmp_path_factory.mktemp("thai"), files("th"))
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--site-dir", "site"]
    environment = {**ENVIRONMENT, "PYTHONPATH": str(package)}
    done = subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stdout + done.stderr
    return root / "site"


UNSAID = frozenset({"code", "pre", "script", "style", "dt"})
EMPTY = frozenset({"input", "meta", "link", "img", "br", "hr"})
SHOWN = ("aria-label", "title", "alt", "placeholder", "data-ob-late")
LATIN = re.compile(r"[A-Za-z]{2,}")
INSIDE = re.compile(rf"{OPEN}[^{CLOSE}]*{CLOSE}")
NAMES = re.compile(
    rf"https?://\S*|\b(?:{'|'.join(MACROS)}|OpenAPI|PromQL|GET|UTC|SVG|PNG|DOT|JWT|Cart|CartDown|NAMESPACE|cart(?:\.yaml|\.py)?|cart-down"
    r"|integer|null|object|string|path|query|kubectl|namespace|sev1|id|key|token|flow|open|tls|basket|min|max|x-left"
    r"|aws|json|application/json|clientCredentials|shop|get|pods|rollout|restart|deployment|404 - Not found)\b"
)
"""Names, what a language of code has, and what the theme has in no language. They are in no catalog."""


class Said(HTMLParser):
    """The texts of a page and of its attributes that a reader sees or hears, outside of code."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[tuple[str, bool]] = []
        self.texts: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        is_english = said.get("lang") == "en" or bool(self.open and self.open[-1][1])
        if not is_english:
            self.texts += [text for name in SHOWN if (text := said.get(name))]
            self.texts += [said.get("content") or ""] if said.get("name") == "description" else []
        if tag not in EMPTY:
            self.open.append((tag, is_english))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in EMPTY:
            self.handle_starttag(tag, attrs)
        else:
            self.handle_starttag(tag, attrs)
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if self.open and not self.open[-1][1] and not any(tag in UNSAID for tag, _ in self.open):
            self.texts.append(data)


def unbracketed(said: Iterator[str]) -> list[str]:
    """What of the texts is in Latin letters and in no brackets."""
    left = (NAMES.sub(" ", INSIDE.sub(" ", " ".join(text.split()))) for text in said)
    return sorted({text.strip() for text in left if LATIN.search(text)})


def test_every_word_of_the_engine_on_a_page_comes_from_the_catalogs(site: Path) -> None:
    found = {}
    for file in sorted({*site.rglob("*.html"), *site.rglob("*.svg")}):
        if left := unbracketed(iter(Said(file.read_text("utf-8")).texts)):
            found[file.relative_to(site).as_posix()] = left
    assert found == {}


READ = """() => {
  const found = [];
  for (const element of document.body.querySelectorAll("*")) {
    if (element.closest("code, pre, script, style, dt, [lang=en]")) continue;
    for (const name of ["aria-label", "title", "placeholder"]) found.push(element.getAttribute(name) ?? "");
    for (const node of element.childNodes) if (node.nodeType === Node.TEXT_NODE) found.push(node.data);
  }
  return found;
}"""
ADDRESSES = ("", "runbooks/cart-down", "runbooks", "alerts", "practices", "onboarding/new", "onboarding", "roadmap")
CLICKED = ("Note", "Copy", "Copy all", "Copy timeline", "Clear", "Fill in", "Copy as written", "I have read it again")


@pytest.mark.parametrize("address", [*ADDRESSES, "architecture/cart", "post-mortems/template"])
def test_every_word_of_a_script_comes_from_the_catalogs(address: str, site: Path, serve: Serve, page: Pages) -> None:
    shown = page(f"{serve(site)}/{address}/".replace("//?", "/"))
    found: list[str] = shown.evaluate(READ)

    def answer(dialog: Dialog) -> None:
        found.append(dialog.message)
        dialog.accept()

    shown.on("dialog", answer)
    for box in shown.locator("article input[type=checkbox]").all():
        box.check()
    for field in shown.locator("article input[type=text]:visible").all():
        field.fill("-!")
        field.press("Enter")
    found += shown.evaluate(READ)
    for name in CLICKED:
        for button in shown.get_by_role("button", name=re.compile(rf"^{OPEN}{name}")).all():
            if button.is_visible():
                button.click()
                found += shown.evaluate(READ)
    assert unbracketed(iter(found)) == []
