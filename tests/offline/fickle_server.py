"""A server that stops to answer in the ways in which servers do, and goes on when it is told to."""

from __future__ import annotations

import http.server
import threading
import time
from pathlib import Path
from typing import Any, Literal

from opsbook.publish.server_headers import site_headers

Mood = Literal["well", "hangs", "stalls", "ill", "asks"]


class FickleServer:
    """Serves the folder `site` below `root` on localhost, with its headers. Its `mood` says how.

    It `hangs` without a word, `stalls` in the middle of each answer, is `ill` and says 503, or `asks` for a password
    by a redirect to another page.
    """

    def __init__(self, site: Path, root: str = "/") -> None:
        self.site, self.root = site, root
        self.mood: Mood = "well"
        self.asked: list[str] = []
        self.released = threading.Event()
        self.port = 0
        self.start()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}{self.root}"

    def start(self) -> None:
        """Listen, on the same port as before."""
        outer = self

        class Handler(http.server.SimpleHTTPRequestHandler):
            def __init__(self, *given: Any, **options: Any) -> None:
                super().__init__(*given, directory=str(outer.site), **options)

            def translate_path(self, path: str) -> str:
                below = path.removeprefix(outer.root) if path.startswith(outer.root) else "nowhere"
                return super().translate_path(f"/{below}")

            def do_GET(self) -> None:
                outer.asked.append(self.path)
                if outer.mood == "hangs":
                    outer.released.wait(30)
                elif outer.mood == "stalls":
                    self.send_response(200)
                    self.send_header("Content-Type", self.guess_type(self.path.partition("?")[0]))
                    self.send_header("Content-Length", "100000")
                    self.end_headers()
                    self.wfile.write(b"<!doctype html><title>Half of it")
                    self.wfile.flush()
                    outer.released.wait(30)
                elif outer.mood == "ill":
                    self.send_error(503)
                elif outer.mood == "asks" and "login" not in self.path:
                    self.send_response(302)
                    self.send_header("Location", f"{outer.root}login.html")
                    self.end_headers()
                else:
                    super().do_GET()

            def end_headers(self) -> None:
                self.send_header("Cache-Control", "no-cache")
                for name, value in site_headers(outer.site).items():
                    self.send_header(name, value)
                super().end_headers()

            def log_message(self, format: str, *args: object) -> None:
                """Say nothing: the output belongs to the tests."""

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", self.port), Handler)
        self.server.daemon_threads = True
        self.server.block_on_close = False
        self.port = self.server.server_port
        threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()

    def stop(self) -> None:
        """Listen no more: whoever asks is refused."""
        self.released.set()
        self.server.shutdown()
        self.server.server_close()
        time.sleep(0.05)
        self.released = threading.Event()
