"""Measures the build of this repository's site, and prints ratios beside their goals. `--quick` for a short run.

Everything happens in copies below a temporary folder. Runs that are compared take turns, so that whatever else the
machine does falls on all of them; what is printed is their median. A goal is about the clock, which is what somebody
waits for; the processor's seconds, in which work that goes on side by side counts in full, stand beside it.
"""

from __future__ import annotations

import json
import os
import platform
import re
import shutil
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

import click
import yaml

from measure import Run, median, run
from scaled import make_scaled

ROOT = Path(__file__).parent.parent
KEPT = Path(".cache") / "opsbook"
DRAWN = ("drawings", "pictures")


@dataclass
class Bench:
    """The folder of one benchmark, and the runs so far by what was run."""

    folder: Path
    runs: dict[str, list[Run]] = field(default_factory=dict)

    def build(self, name: str, source: Path) -> None:
        """Build the site of `source` into an empty folder, and note the run under `name`."""
        shutil.rmtree(self.folder / "site", ignore_errors=True)
        command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", self.folder / "site"]
        self.runs.setdefault(name, []).append(run([str(part) for part in command], source))

    def pages(self) -> int:
        """How many pages the last build made."""
        return sum(1 for _ in (self.folder / "site").rglob("*.html"))

    def print_row(self, name: str, base: str | None = None, goal: float | None = None) -> None:
        """One line: time, memory, and how many times the time of `base` that is, beside the goal."""
        middle = median(self.runs[name])
        line = f"  {name:<38} {middle.clock:7.2f} s {middle.processor:9.2f} s {middle.peak:6.0f} MB"
        if base:
            below = median(self.runs[base])
            ratio = middle.clock / below.clock
            line += f"  {ratio:6.2f} times {middle.processor / below.processor:8.2f} times"
            line += f"   goal: at most {goal:g}, {'met' if ratio <= goal else 'missed'}" if goal else ""
        click.echo(line)


@click.command()
@click.option("--quick", is_flag=True, help="One run each, and 1, 2 and 4 times the checklist.")
def main(quick: bool) -> None:
    """Measure the build of the site."""
    rounds, sizes = (1, (1, 2, 4)) if quick else (3, (1, 4, 16))
    machine = f"Python {platform.python_version()}, {platform.machine()}, {os.cpu_count()} processors"
    click.echo(f"{machine}; medians of {rounds} interleaved runs")
    click.echo(f"  {'':<38} {'clock':>9} {'processor':>11} {'peak':>9}  {'clock':>12} {'processor':>14}")
    with tempfile.TemporaryDirectory(prefix="opsbook-bench-") as name:
        bench = Bench(Path(name))
        for times in sizes:
            make_scaled(ROOT, bench.folder / str(times), times)
        compare_with_plain(bench, rounds)
        compare_commands(bench, rounds)
        compare_sizes(bench, rounds, sizes)
        print_stages(bench, sizes)


PLAIN = "plain MkDocs with Material"


def compare_with_plain(bench: Bench, rounds: int) -> None:
    """Our build beside MkDocs with Material, whose source is what our build makes: pages, pictures, navigation.

    The builds after a change take turns with the others, so that all are compared with the same.
    """
    ours, plain = bench.folder / "1", bench.folder / "plain"
    run([sys.executable, "-m", "opsbook", "generate", str(plain)], ours)
    settings = (plain / "mkdocs.yml").read_text(encoding="utf-8")
    (plain / "mkdocs.yml").write_text(settings.replace("  custom_dir: overrides\n", ""), encoding="utf-8")
    for number in range(rounds):
        bench.build(PLAIN, plain)
        forget(ours / KEPT)
        bench.build("first build, drawings and all", ours)
        forget(ours / KEPT, but=DRAWN)
        bench.build("first build, drawings kept", ours)
        tick(ours / "checklist.yml")
        bench.build("after one tick", ours)
        edit(ours / "runbooks" / "pod-crash-looping.md", number)
        bench.build("after an edit of one runbook", ours)
        bench.build("without a change", ours)
    click.echo(f"Against {PLAIN}, which builds the same {bench.pages()} pages from files")
    bench.print_row(PLAIN)
    bench.print_row("first build, drawings and all", PLAIN, 0.7)
    bench.print_row("first build, drawings kept", PLAIN)
    bench.print_row("after one tick", PLAIN, 0.1)
    bench.print_row("after an edit of one runbook", PLAIN, 0.1)
    bench.print_row("without a change", PLAIN)


def compare_commands(bench: Bench, rounds: int) -> None:
    """What the commands take beside a build, with what the last build kept."""
    source = bench.folder / "1"
    rules = write_rules(bench.folder / "rules", 1000)
    commands = {
        "opsbook --version": ("--version",),
        "opsbook check": ("check",),
        "opsbook alerts, 1,000 rules": ("alerts", str(rules), "--runbooks", "runbooks"),
    }
    for _ in range(rounds):
        for name, command in commands.items():
            codes = (0, 1)  # `alerts` ends with 1, since most runbooks have no rule here.
            bench.runs.setdefault(name, []).append(run([sys.executable, "-m", "opsbook", *command], source, codes))
    click.echo("Commands (goals: check below 2 s, alerts below 1 s beyond --version)")
    for name in commands:
        bench.print_row(name, "opsbook --version" if name != "opsbook --version" else None)


def write_rules(folder: Path, count: int) -> Path:
    """Write `count` alerts, twenty a file, each of which leads to a runbook of the site, and return their folder."""
    folder.mkdir()
    for start in range(0, count, 20):
        rules = [
            {
                "alert": "KubePodCrashLooping",
                "expr": f'rate(kube_pod_container_status_restarts_total{{namespace="n{number}"}}[5m]) > 0',
                "for": "15m",
                "labels": {"severity": "warning"},
                "annotations": {"summary": f"A pod of n{number} restarts"},
            }
            for number in range(start, start + 20)
        ]
        text = yaml.safe_dump({"groups": [{"name": f"group-{start}", "rules": rules}]}, sort_keys=False)
        (folder / f"rules-{start}.yml").write_text(text, encoding="utf-8")
    return folder


def compare_sizes(bench: Bench, rounds: int, sizes: tuple[int, ...]) -> None:
    """The build of several times the checklist. The goal lets the time grow by an eighth more than the pages."""
    pages = {}
    for _ in range(rounds):
        for times in sizes:
            forget(bench.folder / str(times) / KEPT)
            bench.build(f"{times} times the checklist", bench.folder / str(times))
            pages[times] = bench.pages()
    click.echo(f"Larger checklists ({', '.join(f'{times} times: {count} pages' for times, count in pages.items())})")
    for times in sizes:
        name = f"{times} times the checklist"
        bench.print_row(name, "1 times the checklist" if times > 1 else None, times * 18 / 16)


def print_stages(bench: Bench, sizes: tuple[int, ...]) -> None:
    """Where the time goes: the first and the second build of the site, and the first of the largest checklist."""
    columns = {}
    for title, times, first in (("first", 1, True), ("second", 1, False), (f"{sizes[-1]} times", sizes[-1], True)):
        source = bench.folder / str(times)
        if first:
            forget(source / KEPT)
        columns[title] = stages(source, bench.folder / "site")
    click.echo(f"Processor seconds by stage{'':<17} {' '.join(f'{title:>9}' for title in columns)}")
    for stage in dict.fromkeys(stage for column in columns.values() for stage in column):
        click.echo(f"  {stage:<41}" + "".join(f" {column.get(stage, 0.0):9.2f}" for column in columns.values()))


def stages(source: Path, site: Path) -> dict[str, float]:
    """The seconds of one build by stage."""
    out = site.parent / "stages.json"
    run([sys.executable, str(Path(__file__).parent / "stages.py"), str(source), str(site), str(out)], source)
    found: dict[str, float] = json.loads(out.read_text(encoding="utf-8"))
    return found


def forget(kept: Path, but: tuple[str, ...] = ()) -> None:
    """Take away what builds keep for the next one, but for some kinds of it."""
    for path in kept.glob("*"):
        if path.name not in but:
            shutil.rmtree(path)


def tick(checklist: Path) -> None:
    """Mark the first open item without parts as done."""
    tree = yaml.safe_load(checklist.read_text(encoding="utf-8"))
    holders = [holder for area in tree["areas"] for holder in (area, *area.get("groups", []))]
    items = [item for holder in holders for item in holder.get("items", [])]
    next(item for item in items if "status" not in item and "items" not in item)["status"] = "done"
    checklist.write_text(yaml.safe_dump(tree, allow_unicode=True, sort_keys=False, width=1000), encoding="utf-8")


def edit(runbook: Path, number: int) -> None:
    """Add a sentence to what a runbook says first."""
    text = runbook.read_text(encoding="utf-8")
    runbook.write_text(re.sub(r"(\n## .*\n)", rf"\1\nEdited {number} times.\n", text, count=1), encoding="utf-8")


if __name__ == "__main__":
    main()
