"""A report on the replica holds replay up, is found and ended. Then the primary is lost, and the replica takes over."""

from __future__ import annotations

from pathlib import Path

from drills.postgresql import Postgres, relayed, signed_in
from drills.record import Record
from drills.scenarios.connections import end, session
from drills.stand import Stand, wait_until
from drills.walk import walk
from opsbook.nouns.runbook.model import Role

TITLE = "A replica lags, and takes over"
PATH = "runbooks/replica-lag.md"
REPORT = "SELECT date_trunc('day', placed_at), sum(total_cents) FROM orders GROUP BY 1;"


def play(root: Path, stand: Stand, record: Record) -> None:
    """Walk through steps 3 and 4 of the page, and promote the replica."""
    page = walk(TITLE, PATH, root, stand, record)
    primary = Postgres(stand, "primary", "127.0.0.2", "shop-production.example")
    replica = Postgres(stand, "replica", "127.0.0.3", page.values["REPLICA_HOST"])
    primary.create()
    primary.sql("CREATE ROLE service LOGIN; CREATE DATABASE orders OWNER service")
    made = "CREATE TABLE orders AS SELECT now() AS placed_at, n AS total_cents FROM generate_series(1, 1000) n;"
    primary.sql(f"{made} ALTER TABLE orders OWNER TO service", "orders")
    replica.copy(primary)
    wait_until("the replica streams", lambda: primary.sql("SELECT count(*) FROM pg_stat_replication") == "1")
    signed_in(stand)
    relayed(stand, {5434: (replica.address, 5432)})

    page.run("way", Role.VERIFY)
    report = session(replica, "orders", f"BEGIN ISOLATION LEVEL REPEATABLE READ; {REPORT}")
    wait_until("the report reads", lambda: bool(_report(replica)))
    primary.sql(
        "DELETE FROM orders WHERE total_cents > 500; VACUUM orders; INSERT INTO orders VALUES (now(), 1)", "orders"
    )
    wait_until("replay waits for the report", lambda: replica.sql(_STANDS_STILL) == "t")
    page.run("queries", names={"v-oidc-report-3": "service"})
    page.set(PID=_report(replica))
    page.run("queries", nth=1)
    page.run("queries", Role.VERIFY)
    same = "SELECT count(*) FROM orders"
    wait_until("the replica has caught up", lambda: replica.sql(same, "orders") == primary.sql(same, "orders"))
    page.holds("queries", "the report has ended, and the replica has caught up", not _report(replica))
    end(report)

    written = primary.sql(same, "orders")
    primary.control("stop")
    replica.control("promote")
    page.holds("way", "after the primary is lost, nothing of it is missing", replica.sql(same, "orders") == written)
    replica.sql("INSERT INTO orders VALUES (now(), 1)", "orders")
    printed = page.run("way", Role.VERIFY, branch="f")
    page.holds("way", "the page tells a server that takes writes from a replica", printed.strip().endswith("| f"))
    page.finish()


_STANDS_STILL = "SELECT pg_last_wal_receive_lsn() > pg_last_wal_replay_lsn()"


def _report(replica: Postgres) -> str:
    return replica.sql("SELECT pid FROM pg_stat_activity WHERE usename = 'service' AND xact_start IS NOT NULL")
