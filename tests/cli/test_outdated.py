"""`opsbook facts`: the list, and which versions are old, by real tools that ask registries on this machine."""

from __future__ import annotations

import http.server
import json
import os
import ssl
import subprocess
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest

from commands import run_command
from external_programs import program
from opsbook.cli.releases import is_older
from small_site import write

RELEASES = [
    {"tag_name": "v3.0.0", "prerelease": True, "draft": False, "assets": [{"name": "a-9.9.9.tgz"}]},
    {"tag_name": "v2.10.0", "name": "The second", "prerelease": False, "draft": False},
    {"tag_name": "v2.9.4", "prerelease": False, "draft": False},
    {"tag_name": "v4.0.0-rc.1", "prerelease": False, "draft": False},
    {"tag_name": "nightly", "prerelease": False, "draft": False},
]
INDEX = """\
apiVersion: v1
entries:
  other:
  - apiVersion: v2
    name: other
    version: 99.0.0
  stack:
  - apiVersion: v2
    dependencies:
    - name: crds
      version: 77.0.0
    name: stack
    version: 5.2.0
  - apiVersion: v2
    name: stack
    version: 5.10.1
  zoo:
  - version: 88.0.0
generated: "2026-01-01T00:00:00Z"
"""
ANSWERS = {
    "/releases": json.dumps(RELEASES),
    "/tags": json.dumps({"results": [{"name": "17.2"}, {"name": "16.9"}, {"name": "18.1"}, {"name": "latest"}]}),
    "/index.yaml": INDEX,
    "/nothing": "{}",
    "/broken": "{",
    "/simple/probe/": "".join(f'<a href="{name}">{name}</a>' for name in ("probe-1.4.0.tar.gz", "probe-1.5rc1.tar.gz")),
    "/probe": json.dumps(
        {
            "name": "probe",
            "dist-tags": {"latest": "1.2.0"},
            "versions": {v: {"version": v} for v in ("1.2.0", "1.10.0")},
        }
    ),
}  # fmt: skip


class Answers(http.server.BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        text = ANSWERS.get(self.path)
        self.send_response(404 if text is None else 200)
        is_json = (text or "")[:1] in ("{", "[")
        self.send_header("Content-Type", "application/json" if is_json else "text/html")
        self.end_headers()
        self.wfile.write((text or "").encode())

    def log_message(self, format: str, *args: object) -> None:
        del format, args


@contextmanager
def serving(context: ssl.SSLContext | None = None) -> Iterator[str]:
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    if context:
        server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"{'https' if context else 'http'}://localhost:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()


@pytest.fixture(scope="module")
def registry(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Mapping[str, str]]]:
    """The address of a registry with a certificate of its own, and the environment in which that is trusted."""
    folder = tmp_path_factory.mktemp("registry")
    key, certificate = folder / "key.pem", folder / "certificate.pem"
    asked = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost"]
    names = ["-addext", "subjectAltName=DNS:localhost", "-keyout", str(key), "-out", str(certificate)]
    subprocess.run([*asked, *names], check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    without = {name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")}
    with serving(context) as safe, serving() as plain:
        yield (
            safe,
            {
                **without,
                "SSL_CERT_FILE": str(certificate),
                "PIP_CONFIG_FILE": os.devnull,
                "PIP_INDEX_URL": f"{plain}/simple/",
                "PIP_EXTRA_INDEX_URL": "",
                "PIP_FIND_LINKS": "",
                "PIP_RETRIES": "0",
                "PIP_DEFAULT_TIMEOUT": "2",
                "npm_config_registry": plain,
                "npm_config_cache": str(folder / "npm"),
                "npm_config_fetch_retries": "0",
            },
        )


def facts(*entries: str) -> str:
    head = "source: 'https://example.org/', reviewed: 2026-11-01"
    return "facts:\n" + "".join(f"  - {{id: a{n}, title: A{n}, {head}, {each}}}\n" for n, each in enumerate(entries))


def outdated(root: Path, environment: Mapping[str, str], *entries: str) -> tuple[int, list[str], str]:
    """The exit code, what is said of facts, and the last line."""
    write(root, {"facts.yml": facts(*entries)})
    done = run_command("opsbook", "facts", "--outdated", folder=root, environment=dict(environment))
    assert "Traceback" not in done.stderr
    said = [line.partition(": ")[2] for line in done.stderr.splitlines() if line.startswith("facts.yml:")]
    return done.returncode, said, done.stdout.strip()


def test_what_is_old_is_told_with_the_release_that_is_out(
    tmp_path: Path, registry: tuple[str, Mapping[str, str]]
) -> None:
    program("npm")
    at, environment = registry
    code, said, last = outdated(
        tmp_path,
        environment,
        f"value: v2.9.4, latest: '{at}/releases'",
        f"value: 5.2.0, charts: [stack], latest: '{at}/index.yaml'",
        f"value: '16.9', latest: '{at}/tags', line: 17",
        "value: 1.3.9, pypi: probe",
        "value: 1.2.0, npm: probe",
        "value: 35d",
    )
    out = "is out, see https://example.org/"
    assert said == [
        f"A0 is at v2.9.4; v2.10.0 {out}",
        f"A1 is at 5.2.0; 5.10.1 {out}",
        f"A2 is at 16.9; 17.2 {out}",
        f"A3 is at 1.3.9; 1.4.0 {out}",
        f"A4 is at 1.2.0; 1.10.0 {out}",
    ]
    assert (code, last) == (1, "5 pins were asked for, 5 of them old, 1 fact names no registry")


def test_what_is_new_or_less_exact_is_not_old(tmp_path: Path, registry: tuple[str, Mapping[str, str]]) -> None:
    at, environment = registry
    entries = (
        f"value: v2.10.0, latest: '{at}/releases'",
        f"value: '2.10', latest: '{at}/releases'",
        f"value: 5.10.1, charts: [stack], latest: '{at}/index.yaml'",
        f"value: 2.9.4, line: 2.9, latest: '{at}/releases'",
        "value: 1.4.0, pypi: probe",
    )
    assert outdated(tmp_path, environment, *entries) == (
        0,
        [],
        "5 pins were asked for, 0 of them old, 0 facts name no registry",
    )


def test_what_gives_no_answer_is_named_and_has_an_exit_code_of_its_own(
    tmp_path: Path, registry: tuple[str, Mapping[str, str]]
) -> None:
    at, environment = registry
    entries = (
        "value: 1.0.0, latest: 'https://localhost:9/releases'",
        f"value: 1.0.0, latest: '{at}/gone'",
        f"value: 1.0.0, latest: '{at}/nothing'",
        f"value: 1.0.0, latest: '{at}/broken'",
        f"value: 1.0.0, charts: [none], latest: '{at}/index.yaml'",
        "value: 1.0.0, pypi: not-there",
    )
    code, said, last = outdated(tmp_path, environment, *entries)
    assert [line.partition(" could not")[0] for line in said] == [f"`a{n}`" for n in range(6)]
    assert "refused" in said[0]
    assert "Not Found" in said[1]
    assert (code, last) == (
        4,
        "0 pins were asked for, 0 of them old, 6 pins could not be asked for, 0 facts name no registry",
    )
    assert outdated(tmp_path, environment, *entries, f"value: 1.0.0, latest: '{at}/releases'")[0] == 1


def test_the_list_has_each_fact_with_the_day_of_its_review(tmp_path: Path) -> None:
    write(tmp_path, {"facts.yml": facts("value: 1.0", "value: 35d, review_every: 7")})
    day = {**os.environ, "SOURCE_DATE_EPOCH": "1795392000"}
    done = run_command("opsbook", "facts", folder=tmp_path, environment=day)
    assert done.stdout.splitlines() == [
        "a0  1.0  review due 2027-04-30",
        "a1  35d  review due 2026-11-08 (late)",
    ]


def test_mistakes_in_the_file_are_told_before_anybody_is_asked(tmp_path: Path) -> None:
    write(tmp_path, {"facts.yml": facts("value: 1.0, latest: 'http://example.org'")})
    done = run_command("opsbook", "facts", "--outdated", folder=tmp_path)
    assert done.returncode == 1
    assert done.stderr.startswith("facts.yml:2:")
    (tmp_path / "facts.yml").unlink()
    done = run_command("opsbook", "facts", folder=tmp_path)
    assert (done.returncode, done.stderr.splitlines()[0]) == (
        1,
        "facts.yml: there is no such file; the manual says what stands in it",
    )


@pytest.mark.parametrize(
    ("value", "release", "is_old"),
    [("17", "17.6", False), ("17", "18.1", True), ("v1.9.0", "1.10.0", True), ("lts", "1.0", False)],
)
def test_releases_are_compared_by_their_numbers(value: str, release: str, is_old: bool) -> None:
    assert is_older(value, release) is is_old
