"""What tests share: a browser, and folders of files that it looks at over http."""

from __future__ import annotations

import functools
import http.server
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, sync_playwright

from border import mark_border
from chromium import chromium_path, fault

ROOT = Path(__file__).parent.parent
# A plain http page on a name that is not localhost: what an on-call engineer has on a company network,
# and the stricter case, since the browser withholds the clipboard interface and service workers there.
HOST = "opsbook.test"
VIOLATIONS = """
document.addEventListener("securitypolicyviolation", (event) =>
  window.violates(`${location}: ${event.effectiveDirective} ${event.blockedURI} ${event.sample} ${event.sourceFile}`));
"""
CHROMIUM_FLAGS = ("--no-sandbox", f"--host-resolver-rules=MAP {HOST} 127.0.0.1, MAP * ~NOTFOUND, EXCLUDE 127.0.0.1")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what leaves this process: `make fast` goes without it."""
    mark_border(items)


@pytest.fixture(scope="session")
def root() -> Path:
    """The root of the repository."""
    return ROOT


class QuietHandler(http.server.SimpleHTTPRequestHandler):
    """A file server that keeps its log to itself, and answers with `instead` in place of the files of these paths."""

    def __init__(self, *given: Any, instead: Mapping[str, bytes], **options: Any) -> None:
        self.instead = instead
        super().__init__(*given, **options)

    def do_GET(self) -> None:
        """Answer with a file, or with what stands in its place."""
        content = self.instead.get(self.path)
        if content is None:
            super().do_GET()
            return
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(self.path))
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: the output belongs to the tests."""


class Serve:
    """Serves folders until it is closed."""

    def __init__(self) -> None:
        self.servers: list[http.server.ThreadingHTTPServer] = []

    def __call__(self, folder: Path, instead: Mapping[str, bytes] = MappingProxyType({})) -> str:
        """The address of `folder`, with no slash at its end. What is `instead` of a file is given by its path."""
        handler = functools.partial(QuietHandler, directory=str(folder), instead=instead)
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        self.servers.append(server)
        return f"http://{HOST}:{server.server_port}"

    def close(self) -> None:
        """End all servers."""
        for server in self.servers:
            server.shutdown()
            server.server_close()


@pytest.fixture(scope="session")
def serve() -> Iterator[Serve]:
    """Serves folders over plain http: `address = serve(folder)`; only the test browser resolves it."""
    servers = Serve()
    yield servers
    servers.close()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A headless Chromium that resolves no host but this machine."""
    missing = fault()
    if missing is not None:
        pytest.fail(missing, pytrace=False)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=chromium_path(), args=list(CHROMIUM_FLAGS))
        yield chromium
        chromium.close()


@dataclass
class Pages:
    """Opens pages for one test, and remembers what none of them may do.

    `errors` are messages of the console and exceptions of scripts; `strangers` are addresses that a page asked
    for on another host than its own; `violations` are what the policy of a page stopped. A test that wants an error,
    say a page that is not there, clears them.
    """

    browser: Browser
    contexts: list[BrowserContext] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    strangers: list[str] = field(default_factory=list)
    violations: list[str] = field(default_factory=list)

    def __call__(
        self,
        url: str,
        *,
        width: int = 1440,
        height: int = 900,
        scheme: Literal["light", "dark"] = "light",
        script: str = "",
        touch: bool = False,
    ) -> Page:
        """A page of its own browser profile at `url`, loaded. `script` runs before each of its documents."""
        context = self.browser.new_context(
            viewport={"width": width, "height": height},
            color_scheme=scheme,
            reduced_motion="reduce",
            has_touch=touch,
        )
        self.contexts.append(context)
        context.expose_function("violates", lambda violation: self.violations.append(violation))
        context.add_init_script(VIOLATIONS + script)
        page = context.new_page()
        own_host = urlsplit(url).netloc
        page.on("console", self.note_message)
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("request", lambda request: self.note_request(request, own_host))
        page.goto(url, wait_until="load")
        return page

    def note_message(self, message: ConsoleMessage) -> None:
        """Remember an error of the console, with the address that it is about."""
        if message.type == "error":
            self.errors.append(f"{message.text} ({message.location['url']})")

    def note_request(self, request: Request, own_host: str) -> None:
        """Remember an address on another host; data and blob addresses stay in the page."""
        address = urlsplit(request.url)
        if address.scheme in ("http", "https", "ws", "wss") and address.netloc != own_host:
            self.strangers.append(request.url)


@pytest.fixture
def page(browser: Browser) -> Iterator[Pages]:
    """Opens pages: `page(url, width=390, scheme="dark")`.

    The test fails when a script fails or asks another host, or when a page does what its policy forbids.
    """
    pages = Pages(browser)
    yield pages
    for context in pages.contexts:
        context.close()
    assert pages.violations == []
    assert pages.strangers == []
    assert pages.errors == []


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Show what tests have recorded, so that each run says how close a budget is."""
    for report in terminalreporter.getreports("passed"):
        for name, value in report.user_properties:
            terminalreporter.write_line(f"{name}: {value}")
