"""The server of `deploy/nginx.conf`, with a built site that was published."""

from __future__ import annotations

import http.client
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from commands import run_command
from external_programs import find_program
from small_site import CONFIG, ENVIRONMENT, write

MAIN = """\
daemon off;
pid {folder}/nginx.pid;
error_log stderr;
{user}
events {{}}
http {{
  types {{ text/html html; text/css css; application/javascript js; image/svg+xml svg; application/json json; }}
  access_log off;
  client_body_temp_path {folder}/body;
  proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi;
  scgi_temp_path {folder}/scgi;
  include {folder}/site.conf;
}}
"""


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True)
class Server:
    port: int
    target: Path
    tested: subprocess.CompletedProcess[str]

    def get(self, path: str, **headers: str) -> Answer:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        connection.request("GET", path, headers={name.replace("_", "-"): value for name, value in headers.items()})
        answer = connection.getresponse()
        said = {name.lower(): value for name, value in answer.getheaders()}
        return Answer(answer.status, said, answer.read())


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, root: Path) -> Iterator[Server]:
    """Nginx with the published site of a small folder."""
    folder, nginx, port = tmp_path_factory.mktemp("nginx"), find_program("nginx"), free_port()
    assert nginx
    source, target = folder / "source", folder / "target"
    source.mkdir()
    hosts = ", ".join(f"https://{number}.host.example" for number in range(300))
    write(source, {"mkdocs.yml": CONFIG.replace("opsbook]", f"opsbook: {{policy: {{img-src: [{hosts}]}}}}]")})
    done = run_command("opsbook", "publish", target, folder=source, environment=ENVIRONMENT)
    assert done.returncode == 0, done.stderr
    conf = (root / "deploy/nginx.conf").read_text("utf-8")
    conf = conf.replace("/srv/opsbook", str(target)).replace("listen 8080", f"listen 127.0.0.1:{port}")
    (folder / "site.conf").write_text(conf, "utf-8")
    # Started by root, it would serve as somebody who may not read folders of tests.
    user = "user root;" if folder.owner() == "root" else ""
    (folder / "nginx.conf").write_text(MAIN.format(folder=folder, user=user), "utf-8")
    command = [nginx, "-e", "stderr", "-p", str(folder), "-c", str(folder / "nginx.conf")]
    tested = subprocess.run([*command, "-t"], capture_output=True, text=True)
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as process:
        try:
            for _ in range(200):
                with socket.socket() as probe:
                    if not probe.connect_ex(("127.0.0.1", port)):
                        break
                time.sleep(0.05)
            yield Server(port, target, tested)
        finally:
            process.terminate()


def test_nginx_finds_nothing_wrong_in_the_configuration(server: Server) -> None:
    assert server.tested.returncode == 0, server.tested.stderr
    assert "[warn]" not in server.tested.stderr


@pytest.mark.parametrize("path", ["/", "/practices/one/first/", "/nowhere/", "/search/search_index.json"])
def test_every_answer_has_the_headers_of_the_site_and_no_hsts_over_http(server: Server, path: str) -> None:
    said = server.get(path).headers
    wanted = (server.target / "current/_headers").read_text("utf-8")
    policy = next(line.partition(":")[2] for line in wanted.splitlines() if "Content-Security-Policy" in line)
    assert {tuple(each.split()) for each in said["content-security-policy"].split(";")} == {
        tuple(sorted_directive(each)) for each in policy.split(";")
    }
    assert said["x-content-type-options"] == "nosniff"
    assert said["referrer-policy"] == "no-referrer"
    assert "strict-transport-security" not in said
    assert said["server"] == "nginx"


def test_a_picture_opened_by_itself_keeps_its_styles_and_runs_nothing(server: Server) -> None:
    picture = next((server.target / "current").rglob("*.svg")).relative_to(server.target / "current")
    said = server.get(f"/{picture.as_posix()}").headers
    assert said["content-security-policy"].startswith("default-src 'none'; style-src 'unsafe-inline';")
    assert said["x-content-type-options"] == "nosniff"
    assert (
        server.get("/no.svg").headers["content-security-policy"] == server.get("/").headers["content-security-policy"]
    )


def sorted_directive(text: str) -> list[str]:
    name, *sources = text.split()
    return [name, *sorted(sources)]


def test_the_copies_are_sent_to_those_who_take_them(server: Server) -> None:
    plain, small = server.get("/"), server.get("/", Accept_Encoding="gzip")
    assert plain.body == (server.target / "current/index.html").read_bytes()
    assert small.body == (server.target / "current/index.html.gz").read_bytes()
    assert (small.headers["content-encoding"], small.headers["vary"]) == ("gzip", "Accept-Encoding")
    assert small.headers["content-type"] == "text/html; charset=utf-8"


def test_browsers_keep_what_has_a_hash_and_ask_for_the_rest(server: Server) -> None:
    assets = server.target / "current/assets"
    hashed = next(path for path in assets.rglob("main.*.min.css")).relative_to(assets.parent)
    assert server.get(f"/{hashed}").headers["cache-control"] == "public, max-age=31536000, immutable"
    for path in ("/", "/search/search_index.json", "/sw.js", "/nowhere/"):
        assert server.get(path).headers["cache-control"] == "no-cache"
    tag = server.get("/").headers["etag"]
    assert server.get("/", If_None_Match=tag).status == 304


def test_what_is_missing_is_the_page_for_it_and_no_folder_is_listed(server: Server) -> None:
    missing = (server.target / "current/404.html").read_bytes()
    for path in (
        "/nowhere/",
        "/no.css",
        "/no.svg",
        "/assets/",
        "/_headers",
        "/.git/config",
        "/../history",
        "/%2e%2e/headers.conf",
    ):
        answer = server.get(path)
        assert answer.status in (404, 400), path
        assert answer.status == 400 or answer.body == missing, path
    redirect = server.get("/practices/one")
    assert (redirect.status, redirect.headers["location"]) == (301, "/practices/one/")


def test_a_switch_and_a_rollback_are_seen_at_once(server: Server, tmp_path: Path) -> None:
    before = server.get("/").body
    site = shutil.copytree(server.target / "current", tmp_path / "site", ignore=shutil.ignore_patterns("*.gz"))
    home = site / "index.html"
    home.write_text(home.read_text("utf-8").replace("Elsewhere", "Somewhere"), "utf-8")
    for command in (["publish", f"{server.target}", "--site", f"{site}"], ["rollback", f"{server.target}"]):
        done = run_command("opsbook", *command, folder=tmp_path)
        assert done.returncode == 0, done.stderr
        assert "reload" not in done.stdout
        now = home.read_bytes() if command[0] == "publish" else before
        assert server.get("/").body == now
