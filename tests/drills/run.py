"""Walk through the runbooks on real servers, and write down what ran.

    make drill                     # all scenarios
    make drill ARGS="restore"      # those that are named

The commands are those of the pages, read by the engine; variables are set to a stand on this machine. Exit code 1 where
a command fails or prints what its page does not show. The record is in `.cache/drill/record.md`.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import traceback
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

import external_programs
from drills.postgresql import binaries
from drills.record import Entry, Record, Result
from drills.scenarios import connections, monitoring, redis, replication, restore, volume
from drills.stand import Stand, is_root, standing

ROOT = Path(__file__).resolve().parents[2]
RECORD = ROOT / ".cache" / "drill" / "record.md"
OWN_NETWORK = "OPSBOOK_DRILL_NETWORK"


class Scenario(Protocol):
    """What a module of `drills.scenarios` holds."""

    TITLE: str
    PATH: str

    def play(self, root: Path, stand: Stand, record: Record) -> None:
        """Walk through pages on the stand."""


SCENARIOS: dict[str, Scenario] = {
    "restore": restore,
    "replication": replication,
    "connections": connections,
    "redis": redis,
    "monitoring": monitoring,
    "volume": volume,
}


def main(arguments: Sequence[str]) -> int:
    """Play the scenarios; 1 where one fails, 2 where a program is missing."""
    parser = argparse.ArgumentParser(prog="make drill", description="Walk through the runbooks on real servers.")
    parser.add_argument("scenarios", nargs="*", help=f"those to play, of: {', '.join(SCENARIOS)}; all without any")
    chosen = parser.parse_args(arguments).scenarios
    if unknown := sorted(set(chosen) - set(SCENARIOS)):
        parser.error(f"unknown: {', '.join(unknown)}; there are: {', '.join(SCENARIOS)}")
    if external_programs.main([*external_programs.DRILLS, "promtool", "amtool"]):
        return 2
    _enter_own_network(arguments)
    record = Record(versions())
    with tempfile.TemporaryDirectory(prefix="opsbook-drill-") as temporary:
        folder = Path(temporary)
        folder.chmod(0o755)
        for name in chosen or SCENARIOS:
            _play(name, folder, record)
    record.write(RECORD)
    print(f"\n{record.summary()}\nThe record is in {RECORD.relative_to(ROOT)}")
    return 1 if record.of(Result.FAILED) else 0


def versions() -> dict[str, str]:
    """The first line that each program says of its version."""
    asked: dict[str, Sequence[str | Path]] = {
        "postgres": [binaries() / "postgres", "--version"],
        "redis-server": ["redis-server", "--version"],
        "prometheus": ["prometheus", "--version"],
        "prometheus-alertmanager": ["prometheus-alertmanager", "--version"],
        "prometheus-postgres-exporter": ["prometheus-postgres-exporter", "--version"],
        "prometheus-redis-exporter": ["prometheus-redis-exporter", "--version"],
        "bash": ["bash", "--version"],
        "openssl": ["openssl", "version"],
    }
    return {name: _first_line(command) for name, command in asked.items()}


def _first_line(command: Sequence[str | Path]) -> str:
    done = subprocess.run(command, capture_output=True, text=True)
    return (done.stdout + done.stderr).strip().partition("\n")[0]


def _play(name: str, folder: Path, record: Record) -> None:
    scenario = SCENARIOS[name]
    print(f"\n{scenario.TITLE}", flush=True)
    try:
        with standing(folder / name) as stand:
            scenario.play(ROOT, stand, record)
    except Exception:
        record.add(
            Entry(scenario.TITLE, scenario.PATH, "the scenario ended early", "", Result.FAILED, traceback.format_exc())
        )


def _enter_own_network(arguments: Sequence[str]) -> None:
    """As root, start again in a network of the drill's own, so that no port is taken and nothing leaves."""
    if is_root() and sys.platform == "linux" and shutil.which("unshare") and OWN_NETWORK not in os.environ:
        alone = ["unshare", "--net", "--mount", "sh", "-c", 'ip link set lo up && exec "$@"', "sh"]
        if subprocess.run([*alone, "true"], capture_output=True).returncode == 0:
            again = [*alone, sys.executable, "-m", "drills.run", *arguments]
            sys.stdout.flush()
            os.execvpe(alone[0], again, {**os.environ, OWN_NETWORK: "own"})


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
