"""Measures the import of runbooks from elsewhere, and the build of the site with all of them. `--quick` for fewer.

The runbooks are made up, and lie in folders inside each other. The goal lets the time grow by an eighth more than
their number.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import click

from measure import Run, run

CHECKLIST = "title: Elsewhere\nareas: [{id: one, title: One, items: [{id: first, title: First}]}]\n"
CONFIG = "site_name: Elsewhere\ntheme: material\nplugins: [search, opsbook]\n"
PAGE = """\
# Alert{number}Firing

## Symptoms

Something is slow, see [the one before](../{before}) and [the dashboard](https://example.org/{number}).

## Troubleshooting

```shell
$ kubectl -n shop get pods
NAME      READY
cart-0    0/1
```

### Look at the disk

```promql
node_filesystem_avail_bytes{{instance="{number}"}} == 0
```

## Remediation

1. Restart it:
   ```
   kubectl -n shop rollout restart deployment/cart
   ```
"""


def path_of(number: int) -> str:
    """The path of a page, in one of ten folders at a depth of up to three."""
    return "/".join(("team", f"service{number % 10}", f"Alert{number}Firing.md"))


def collection(folder: Path, count: int) -> None:
    """Write `count` pages below `folder`."""
    for number in range(count):
        file = folder / path_of(number)
        file.parent.mkdir(parents=True, exist_ok=True)
        before = path_of(max(number - 1, 0)).removeprefix("team/")
        file.write_text(PAGE.format(number=number, before=before), encoding="utf-8")


def imported(folder: Path, count: int) -> tuple[Run, Run]:
    """The runs of an import of `count` pages into a new site, and of its first build."""
    site, source = folder / f"site{count}", folder / f"source{count}"
    (site / "docs").mkdir(parents=True)
    (site / "checklist.yml").write_text(CHECKLIST, encoding="utf-8")
    (site / "mkdocs.yml").write_text(CONFIG, encoding="utf-8")
    collection(source, count)
    opsbook = [sys.executable, "-m", "opsbook"]
    build = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet"]
    return run([*opsbook, "runbook", "import", str(source)], site), run(build, site)


@click.command()
@click.option("--quick", is_flag=True, help="A tenth of the runbooks.")
def main(quick: bool) -> None:
    """Measure the import of runbooks and the build with them."""
    small, large = (25, 100) if quick else (250, 1000)
    with tempfile.TemporaryDirectory(prefix="opsbook-bench-") as name:
        first, second = imported(Path(name), small), imported(Path(name), large)
    goal = large / small * 18 / 16
    for title, few, many in zip(("import", "strict build"), first, second, strict=True):
        ratio = many.clock / few.clock
        click.echo(f"{title}: {small} runbooks {few.clock:.2f} s, {large} {many.clock:.2f} s, {ratio:.2f} ({goal:.2f})")


if __name__ == "__main__":
    main()
