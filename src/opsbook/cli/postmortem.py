"""Run `opsbook post-mortem new`: write a post-mortem from the template, with what is known already."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import TextIO

import click

from opsbook.cli.place import root_option
from opsbook.mkdocs.sitefile import language_of_site
from opsbook.nouns.post_mortem.model import STAGES, IncidentSeverity, fill, load_template, parse_utc, quoted
from opsbook.problems import Problem, ProblemsError
from opsbook.site.language import SiteLanguage
from opsbook.source.characters import first_forbidden
from opsbook.source.files import named_files
from opsbook.source.text import screen
from opsbook.whole import make_folder, write_file

FOLDER = "post-mortems"
WORDS_IN_NAME = 8
LETTERS_IN_NAME = 100


def _time(_ctx: click.Context, _param: click.Parameter, value: str | None) -> object:
    if value is None:
        return None
    try:
        return parse_utc(value)
    except ValueError as error:
        raise click.BadParameter(str(error)) from None


@click.group("post-mortem")
def postmortem_group() -> None:
    """Write post-mortems."""


@postmortem_group.command("new")
@click.argument("title")
@click.option(
    "--severity",
    type=click.Choice([each.value for each in IncidentSeverity]),
    default="sev2",
    show_default=True,
    help="How bad it was; sev1 is the worst.",
)
@click.option(
    "--started",
    metavar="TIME",
    callback=_time,
    help="When users were first affected, such as 2026-11-23T14:05Z (default: now).",
)
@click.option("--detected", metavar="TIME", callback=_time, help="When somebody, or an alert, first knew.")
@click.option("--mitigated", metavar="TIME", callback=_time, help="When users were no longer affected.")
@click.option("--resolved", metavar="TIME", callback=_time, help="When nothing was left to do in a hurry.")
@click.option("--service", "services", multiple=True, metavar="ID", help="A service that it affected; may be repeated.")
@click.option("--runbook", "runbooks", multiple=True, metavar="ID", help="A runbook that was used; may be repeated.")
@click.option(
    "--timeline",
    type=click.File(encoding="utf-8"),
    help="A file with the timeline that the page of a runbook has copied; `-` reads standard input.",
)
@root_option
def new_command(
    title: str,
    severity: str,
    services: tuple[str, ...],
    runbooks: tuple[str, ...],
    timeline: TextIO | None,
    root: Path,
    **times: datetime | None,
) -> None:
    """Write post-mortems/<day>-<title>.md from the template, as a draft."""
    if fault := first_forbidden(title):
        raise click.UsageError(f"in the title {fault}")
    started = times["started"] or datetime.now(UTC)
    path = f"{FOLDER}/{file_name(title, started)}"
    there = {file.name: name for file, name in named_files(root / FOLDER, FOLDER, ".md")}
    if taken := there.get(Path(path).name):
        raise ProblemsError([Problem(taken, 0, 0, "this post-mortem exists already; choose another title")])
    values = {
        "title": quoted(title),
        "severity": severity,
        "services": ", ".join(services),
        "runbooks": ", ".join(runbooks),
        "timeline": _read(timeline) if timeline else "",
        **_written({**times, "started": started}),
    }
    text = fill(load_template(root / FOLDER, FOLDER, SiteLanguage(language_of_site(root))), values)
    make_folder(root / FOLDER, name=path)
    write_file(root / path, text, name=path, is_new=True)
    click.echo(f"{path}: written\nnext: fill in what is empty, have it reviewed, then take `draft: true` out")


def _read(timeline: TextIO) -> str:
    try:
        text = timeline.read().strip()
    except UnicodeDecodeError:
        raise ProblemsError([Problem(timeline.name, 0, 0, "is not UTF-8; save the file as UTF-8")]) from None
    screen(text, timeline.name)
    return text


def file_name(title: str, started: datetime) -> str:
    """Return the name of the file: the day, then the first words of the title in ASCII letters and digits.

    >>> file_name("Orders: “éclair” unreachable", datetime(2026, 11, 23))
    '2026-11-23-orders-eclair-unreachable.md'
    """
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    words = re.findall(r"[a-z0-9]+", plain) or ["incident"]
    return f"{started.date().isoformat()}-{'-'.join(words[:WORDS_IN_NAME])[:LETTERS_IN_NAME].strip('-')}.md"


def _written(times: Mapping[str, datetime | None]) -> Mapping[str, str]:
    return {stage: f"{time.isoformat()[:16]}Z" for stage in STAGES if (time := times[stage])}
