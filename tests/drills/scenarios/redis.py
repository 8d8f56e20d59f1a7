"""Redis throws keys away: the keys that fill it are found and deleted, and nothing is thrown away any more."""

from __future__ import annotations

from pathlib import Path

from drills.postgresql import relayed
from drills.prometheus import Prometheus, scraped
from drills.record import Record
from drills.scenarios.connections import shop
from drills.stand import Stand, run, wait_until
from drills.walk import walk
from opsbook.nouns.runbook.model import Role

TITLE = "Redis throws keys away"
PATH = "runbooks/redis-eviction.md"
ADDRESS = "127.0.0.2"
MOST = "12mb"
PASSWORD = "drill"
PREFIXES = {
    "catalog:search:": (4000, 2000),
    "cart:": (300, 50),
    "session:": (200, 50),
    "catalog:v3:product:": (300, 500),
}
"""How many keys of each prefix, and how many bytes each."""


def play(root: Path, stand: Stand, record: Record) -> None:
    """Walk through the page's steps that ask Redis and Prometheus."""
    host = walk(TITLE, PATH, root, stand, record).values["REDIS_HOST"]
    certificate, key = stand.certificate(host)
    listens = ["--port", "0", "--bind", ADDRESS, "--tls-port", "6379", "--tls-auth-clients", "no"]
    kept = ["--maxmemory", MOST, "--maxmemory-policy", "volatile-ttl", "--requirepass", PASSWORD, "--save", ""]
    tls: list[str | Path] = ["--tls-cert-file", certificate, "--tls-key-file", key, "--dir", stand.folder]
    running = stand.start("redis", ["redis-server", *listens, *kept, *tls])
    stand.wait_for_port("redis", (ADDRESS, 6379), running)
    relayed(stand, {6379: (ADDRESS, 6379)})
    stand.variables["SSL_CERT_FILE"] = str(stand.authority)
    _fill(stand)
    prometheus = Prometheus(stand, [_exporter(stand), shop(stand)])
    prometheus.wait_for("redis_memory_max_bytes > 0 and rate(redis_evicted_keys_total[5m]) >= 0")
    prometheus.wait_for("http_requests_total")

    page = walk(TITLE, PATH, root, stand, record, prometheus.samples)
    page.run("memory", together=3)
    page.run("failover", branch="NOAUTH")
    page.run("way", Role.VERIFY, typed=f"{PASSWORD}\n")
    stand.variables["REDISCLI_AUTH"] = PASSWORD
    _evict(stand)
    evicted = _number(stand, "evicted_keys")
    page.holds("keys", "it does throw keys away", evicted > 0)
    page.run("keys")
    carts = _keys(stand, "cart:*")
    page.run("delete-cache", without="" if _counts(stand) else " --count 1000")
    page.holds("delete-cache", "the cache is gone", not _keys(stand, "catalog:search:*"))
    page.holds("delete-cache", "every cart is still there", bool(carts) and _keys(stand, "cart:*") == carts)
    wait_until("Prometheus sees it", lambda: bool(prometheus.samples("redis_db_keys{db='db0'} < 1000")))
    page.run("delete-cache", Role.VERIFY)
    page.run("recovered", nth=1)
    page.run("recovered", nth=2)
    page.finish()


def _counts(stand: Stand) -> bool:
    """Whether this redis-cli knows `--count`, which came with 7.2."""
    return "--count" in run(["redis-cli", "--help"], environment=stand.environment)


def _cli(stand: Stand, *arguments: str, text: str = "") -> str:
    base = ["redis-cli", "-h", ADDRESS, "--tls", "--no-auth-warning", "-a", PASSWORD]
    return run([*base, *arguments], environment=stand.environment, text=text)


def _fill(stand: Stand) -> None:
    for prefix, (count, size) in PREFIXES.items():
        _cli(stand, text="".join(f"SET {prefix}{number} {'x' * size} EX 9999\n" for number in range(count)))
    _cli(stand, text="".join(f"SET cart:{number} {'x' * 50}\n" for number in range(300)))


def _evict(stand: Stand) -> None:
    _cli(stand, text="".join(f"SET catalog:search:{number} {'x' * 2000} EX 999\n" for number in range(5000, 9000)))


def _keys(stand: Stand, pattern: str) -> set[str]:
    return set(_cli(stand, "--scan", "--pattern", pattern).split())


def _number(stand: Stand, name: str) -> int:
    return int(_cli(stand, "INFO", "stats").split(f"{name}:")[1].split()[0])


def _exporter(stand: Stand) -> dict[str, object]:
    asks = ["-redis.addr", f"rediss://{ADDRESS}:6379", "-redis.password", PASSWORD, "-skip-tls-verification"]
    listens = ["-web.listen-address", "127.0.0.1:9121", "-config-command", "-"]
    running = stand.start("redis-exporter", ["prometheus-redis-exporter", *asks, *listens])
    stand.wait_for_port("redis-exporter", ("127.0.0.1", 9121), running)
    return dict(scraped("redis", "127.0.0.1:9121", instance="shop-production"))
