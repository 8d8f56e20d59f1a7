"""A table was emptied: the damaged and the restored server are told apart and compared, and the rows copied back."""

from __future__ import annotations

import re
from pathlib import Path

from drills.postgresql import PERSON, Postgres, relayed, signed_in
from drills.record import Record
from drills.stand import Stand
from drills.walk import Walk, walk
from opsbook.nouns.runbook.model import Role

TITLE = "Restore PostgreSQL"
PATH = "runbooks/restore-postgresql.md"
GOOD, LEFT = 400, 7
ADDRESS = re.compile(r"127\.[0-9.]+")


def play(root: Path, stand: Stand, record: Record) -> None:
    """Walk through steps 5 to 8 of the page, as far as they are of the database."""
    page = walk(TITLE, PATH, root, stand, record)
    damaged = Postgres(stand, "damaged", "127.0.0.2", page.values["DB_HOST"])
    restored = Postgres(stand, "restored", "127.0.0.3", page.values["RESTORED_HOST"])
    for server, rows in ((damaged, LEFT), (restored, GOOD)):
        server.create()
        _fill(server, rows)
    signed_in(stand)
    relayed(stand, {5432: (damaged.address, 5432), 5433: (restored.address, 5432)})

    ways = page.run("way", Role.VERIFY)
    page.holds("way", "the two are two servers", ADDRESS.findall(ways) == [damaged.address, restored.address])
    counts = page.run("inspect")
    right = _counted(counts) == {"restored": (restored.address, GOOD), "damaged": (damaged.address, LEFT)}
    page.holds("inspect", "each count is of its own server", right)
    page.run("copy")
    copies = page.run("copy", Role.VERIFY)
    right = _counted(copies) == {"restored": (restored.address, GOOD), "copy": (damaged.address, GOOD)}
    page.holds("copy", "the copy is whole, and in the damaged server", right)
    page.holds(
        "copy", "the damaged table is as it was", damaged.sql("SELECT count(*) FROM order_items", "orders") == f"{LEFT}"
    )
    page.run("copy", Role.UNDO)
    page.holds(
        "copy",
        "the copy is gone",
        damaged.sql("SELECT count(*) FROM pg_namespace WHERE nspname = 'restored'", "orders") == "0",
    )
    _cross_the_ways(stand, page)
    page.finish()


def _cross_the_ways(stand: Stand, page: Walk) -> None:
    """See that the branches name what psql says of crossed ports, of no relay, and of a missing certificate."""
    relayed(stand, {5432: ("127.0.0.3", 5432), 5433: ("127.0.0.2", 5432)})
    page.run("way", Role.VERIFY, branch="does not match host name")
    relayed(stand, {})
    page.run("way", Role.VERIFY, branch="Connection refused")
    relayed(stand, {5432: ("127.0.0.2", 5432), 5433: ("127.0.0.3", 5432)})
    (stand.home / ".postgresql" / "rds.pem").unlink()
    page.run("way", Role.VERIFY, branch="root certificate file")


def _fill(server: Postgres, rows: int) -> None:
    server.sql("CREATE DATABASE orders")
    server.sql(f'GRANT CREATE ON DATABASE orders TO "{PERSON}"')
    server.sql(
        f"CREATE TABLE order_items (id int PRIMARY KEY, title text);"
        f"INSERT INTO order_items SELECT n, 'item ' || n FROM generate_series(1, {rows}) n",
        "orders",
    )


def _counted(text: str) -> dict[str, tuple[str, int]]:
    """The server's address and the count of each line."""
    found = re.findall(r"^ (\w+) +\| (\S+) +\| +(\d+)$", text, re.MULTILINE)
    return {name: (address, int(count)) for name, address, count in found}
