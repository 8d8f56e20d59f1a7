"""One service leaves its transactions open: who holds the connections is found, and they are ended."""

from __future__ import annotations

import subprocess
import time
from pathlib import Path

from drills.postgresql import PERSON, Postgres, binaries, relayed, signed_in
from drills.prometheus import Prometheus, scraped
from drills.record import Record
from drills.stand import Stand, wait_until
from drills.walk import walk
from opsbook.nouns.runbook.model import Role

TITLE = "Connections are exhausted"
PATH = "runbooks/database-connections-exhausted.md"
OPEN, WAITING = 6, 2
USED = "sum(pg_stat_activity_count{job='postgresql'}) / max(pg_settings_max_connections{job='postgresql'})"
LOCK = "UPDATE stock SET reserved = reserved + 1 WHERE id = {};"


def play(root: Path, stand: Stand, record: Record) -> None:
    """Walk through the page's steps that ask the database and Prometheus."""
    server = Postgres(stand, "primary", "127.0.0.2", walk(TITLE, PATH, root, stand, record).values["DB_HOST"])
    server.create()
    _fill(server)
    sessions = [session(server, "orders", f"BEGIN; {LOCK.format(7)}")]
    wait_until("the first session has its lock", lambda: _count(server, "state = 'idle in transaction'") == 1)
    sessions += [session(server, "orders", f"BEGIN; {LOCK.format(7)}") for _ in range(WAITING)]
    sessions += [session(server, "orders", f"BEGIN; {LOCK.format(number)}") for number in range(10, 9 + OPEN)]
    sessions += [session(server, "catalog", "SELECT 1;") for _ in range(WAITING + 1)]
    wait_until("all sessions wait", lambda: _count(server, "datname = 'orders'") == OPEN + WAITING)
    opened = time.monotonic()
    signed_in(stand)
    relayed(stand, {5432: (server.address, 5432)})
    prometheus = Prometheus(stand, [exporter(stand, server), shop(stand)])
    prometheus.wait_for("pg_stat_activity_count{datname='orders', state='idle in transaction'} > 0")
    prometheus.wait_for("http_requests_total")

    page = walk(TITLE, PATH, root, stand, record, prometheus.samples)
    page.run("who", beside=r'datname="postgres"')
    page.run("who", nth=1)
    page.run("way", Role.VERIFY)
    page.run("oldest")
    full = _filled_up(server)
    page.run("way", Role.VERIFY, branch="remaining connection slots")
    for each in full:
        end(each)
    wait_until("there is room again", lambda: _count(server, "datname = 'users'") == 0)
    before = prometheus.samples(USED)
    time.sleep(max(0.0, 62 - (time.monotonic() - opened)))
    ended = page.run("end-idle")
    # Those that waited for the lock get it one by one, and are idle in a transaction from then on.
    page.holds("end-idle", "those that were open for a minute are ended", int(ended) == OPEN)
    wait_until("Prometheus sees it", lambda: prometheus.samples(USED)[0][1] < before[0][1])
    page.run("end-idle", Role.VERIFY)
    page.run("recovered")
    page.run("recovered", nth=1)
    page.finish()
    for each in sessions:
        end(each)


def session(server: Postgres, database: str, text: str) -> subprocess.Popen[str]:
    """A session of a service, which stays open after its statements."""
    place = f"host={server.folder} port=5432 user=service dbname={database} application_name={database}"
    running = subprocess.Popen(
        [binaries() / "psql", place, "-Xq"],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert running.stdin is not None
    running.stdin.write(text + "\n")
    running.stdin.flush()
    return running


def end(running: subprocess.Popen[str]) -> None:
    """End a session, at once where it does not."""
    running.kill()
    running.communicate()


def exporter(stand: Stand, server: Postgres) -> dict[str, object]:
    """Start the exporter of PostgreSQL, with the role that its guide gives it."""
    server.sql("CREATE ROLE exporter LOGIN CONNECTION LIMIT 5 PASSWORD 'drill'; GRANT pg_monitor TO exporter")
    stand.variables["DATA_SOURCE_NAME"] = f"postgresql://exporter:drill@{server.address}:5432/postgres?sslmode=require"
    running = stand.start("exporter", ["prometheus-postgres-exporter", "--web.listen-address=127.0.0.1:9187"])
    stand.wait_for_port("exporter", ("127.0.0.1", 9187), running)
    del stand.variables["DATA_SOURCE_NAME"]
    return dict(scraped("postgresql", "127.0.0.1:9187", instance="shop-production"))


def shop(stand: Stand) -> dict[str, object]:
    """Serve the metrics of a shop that works, for what pages ask of it at their end."""
    folder = stand.folder / "shop"
    folder.mkdir()
    labels = 'namespace="shop",code="200"'
    lines = [f'http_requests_total{{{labels},service="{name}"}} 100' for name in ("cart", "orders")]
    (folder / "metrics").write_text("\n".join(["# TYPE http_requests_total counter", *lines, ""]), encoding="utf-8")
    serve: list[str | Path] = ["python3", "-m", "http.server", "8000", "--bind", "127.0.0.1", "--directory", folder]
    stand.wait_for_port("shop", ("127.0.0.1", 8000), stand.start("shop", serve))
    return {**scraped("shop", "127.0.0.1:8000"), "honor_labels": True}


def _fill(server: Postgres) -> None:
    server.sql("CREATE ROLE service LOGIN")
    for name in ("orders", "catalog", "users"):
        server.sql(f"CREATE DATABASE {name} OWNER service")
    rows = "CREATE TABLE stock AS SELECT id, 0 AS reserved FROM generate_series(1, 20) id;"
    server.sql(f"{rows} ALTER TABLE stock OWNER TO service", "orders")


def _filled_up(server: Postgres) -> list[subprocess.Popen[str]]:
    """Sessions that take all connections that are left to those who are no superuser."""
    taken = [session(server, "users", "SELECT 1;") for _ in range(40)]
    wait_until("connections have run out", lambda: _count(server, "backend_type = 'client backend'") >= 37)
    return taken


def _count(server: Postgres, condition: str) -> int:
    return int(server.sql(f"SELECT count(*) FROM pg_stat_activity WHERE usename <> '{PERSON}' AND {condition}"))
