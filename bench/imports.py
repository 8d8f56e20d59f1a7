"""Measures `opsbook import` of made-up lists, and prints seconds for each 1,000 items beside the goal.

The start-up, which is that of an import of one item, is taken off. Runs of all forms and sizes take turns.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import click
import openpyxl

from measure import Run, median, run

GOAL = 1.0
"""Seconds of the processor for each 1,000 items, beyond the start-up; an import is one process."""
FORMS = ("md", "csv", "xlsx", "yml")
COLUMNS = ("Category", "Title", "Description", "Priority", "Status", "Link")


@click.command()
@click.option("--quick", is_flag=True, help="One run each, and no list of 1,000 items.")
def main(quick: bool) -> None:
    """Measure imports of 5,000 items."""
    rounds, sizes = (1, (1, 5_000)) if quick else (3, (1, 1_000, 5_000))
    runs: dict[tuple[str, int], list[Run]] = {}
    with tempfile.TemporaryDirectory(prefix="opsbook-bench-") as name:
        folder = Path(name)
        for form in FORMS:
            for size in sizes:
                write_list(folder / f"{size}.{form}", size)
        for _ in range(rounds):
            for form in FORMS:
                for size in sizes:
                    command = [sys.executable, "-m", "opsbook", "import"]
                    done = run([*command, f"{size}.{form}", "-o", f"made/{form}-{size}.yml", "--force"], made(folder))
                    runs.setdefault((form, size), []).append(done)
    click.echo(f"  {'import':<20} {'clock':>9} {'processor':>11} {'peak':>9} {'beyond the start-up':>24}")
    for form in FORMS:
        start = median(runs[form, 1])
        for size in sizes[1:]:
            print_import(form, size, median(runs[form, size]), start)


def made(folder: Path) -> Path:
    """The folder of the lists, with one beside them for what becomes of them."""
    (folder / "made").mkdir(exist_ok=True)
    return folder


def print_import(form: str, size: int, middle: Run, start: Run) -> None:
    """One line: time, memory, and seconds for each 1,000 items beside the goal."""
    each = (middle.processor - start.processor) * 1000 / size
    verdict = "met" if each < GOAL else "missed"
    name = f"{size} items, {form}"
    click.echo(
        f"  {name:<20} {middle.clock:7.2f} s {middle.processor:9.2f} s {middle.peak:6.0f} MB"
        f" {each:10.2f} s for 1,000   goal: under {GOAL:g} s, {verdict}"
    )


def write_list(file: Path, size: int) -> None:
    """A list of `size` items in areas of fifty, with texts, links and states, in the form that the ending names."""
    rows = [
        (f"Area {at // 50}", f"Check part {at} of the system", f"Words about {at}; see https://example.org/{at}.")
        for at in range(size)
    ]
    if file.suffix == ".xlsx":
        book = openpyxl.Workbook(write_only=True)
        sheet = book.create_sheet("List")
        sheet.append(COLUMNS)
        for area, title, text in rows:
            sheet.append([area, title, text, "High", "Done", "https://example.org/more"])
        book.save(file)
        return
    lines: list[str] = [",".join(COLUMNS)] if file.suffix == ".csv" else []
    for at, (area, title, text) in enumerate(rows):
        if file.suffix == ".csv":
            lines.append(f'{area},{title},"{text}",High,Done,https://example.org/more')
        elif file.suffix == ".md":
            lines += [
                *([f"## {area}", ""] if at % 50 == 0 else []),
                f"- [x] {title}",
                f"  {text}",
                "",
                "  > Quoted.",
                "",
            ]
        else:
            lines += [f"- title: {area}", "  checklist:"] if at % 50 == 0 else []
            lines += [f"  - point: {title}", "    priority: High", f"    details: {text}"]
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
