"""Prometheus and Alertmanager on a stand, and what they scrape."""

from __future__ import annotations

import json
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from drills.stand import Stand, wait_until

ADDRESS = ("127.0.0.1", 9090)
ALERTMANAGER = ("127.0.0.1", 9093)

Job = Mapping[str, Any]


def scraped(job: str, address: str, **labels: str) -> Job:
    """A job of the configuration: one target, with the labels that the cluster gives it."""
    return {"job_name": job, "static_configs": [{"targets": [address], "labels": labels}]}


class Prometheus:
    """A Prometheus that scrapes each second. Its configuration is JSON, which is YAML."""

    def __init__(self, stand: Stand, jobs: Sequence[Job], rules: str = "") -> None:
        self.stand = stand
        self.file = stand.folder / "prometheus.yml"
        self.jobs = jobs
        self.rules = rules
        self.configure(jobs)
        data = stand.folder / "prometheus-data"
        listens = f"--web.listen-address={ADDRESS[0]}:{ADDRESS[1]}"
        command = ["prometheus", f"--config.file={self.file}", f"--storage.tsdb.path={data}", listens]
        running = stand.start("prometheus", [*command, "--web.enable-lifecycle"])
        stand.wait_for_port("prometheus", ADDRESS, running)
        wait_until("Prometheus is ready", lambda: _status("http://127.0.0.1:9090/-/ready") == 200)

    def configure(self, jobs: Sequence[Job]) -> None:
        """Write the configuration, as the operator does when an object has changed."""
        settings = {
            "global": {"scrape_interval": "1s", "evaluation_interval": "1s"},
            "rule_files": [self.rules] if self.rules else [],
            "alerting": {"alertmanagers": [{"static_configs": [{"targets": [":".join(map(str, ALERTMANAGER))]}]}]},
            "scrape_configs": list(jobs),
        }
        self.file.write_text(json.dumps(settings), encoding="utf-8")

    def reload(self) -> int:
        """Ask it to load its configuration, as the sidecar does; the status of the answer comes back."""
        return _status("http://127.0.0.1:9090/-/reload", "POST")

    def samples(self, query: str) -> list[tuple[dict[str, str], str]]:
        """The labels and the value of each series that a query gives."""
        address = f"http://127.0.0.1:9090/api/v1/query?{urllib.parse.urlencode({'query': query})}"
        with urllib.request.urlopen(address, timeout=10) as answer:
            result = json.load(answer)["data"]["result"]
        return [(series["metric"], series["value"][1]) for series in result]

    def wait_for(self, query: str) -> None:
        """Wait until a query gives a result."""
        wait_until(f"Prometheus has: {query}", lambda: bool(self.samples(query)))


def alertmanager(stand: Stand, file: Path) -> None:
    """Start an Alertmanager on a configuration."""
    listens = [f"--web.listen-address={ALERTMANAGER[0]}:{ALERTMANAGER[1]}", "--cluster.listen-address="]
    data = f"--storage.path={stand.folder / 'alertmanager-data'}"
    running = stand.start("alertmanager", ["prometheus-alertmanager", f"--config.file={file}", data, *listens])
    stand.wait_for_port("alertmanager", ALERTMANAGER, running)


def reload_alertmanager() -> int:
    """Ask Alertmanager to load its configuration; the status of the answer comes back."""
    return _status("http://127.0.0.1:9093/-/reload", "POST")


def _status(address: str, method: str = "GET") -> int:
    try:
        with urllib.request.urlopen(urllib.request.Request(address, method=method), timeout=10) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code
    except OSError:
        return 0
