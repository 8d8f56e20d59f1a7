"""Load the configuration of a site for `opsbook check`, with everything that a strict build refuses in it."""

from __future__ import annotations

import re
from pathlib import Path

from mkdocs import config as mkdocs_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, ConfigurationError

from opsbook.mkdocs.compat.logs import warnings_of
from opsbook.problems import Problem, ProblemsError
from opsbook.source.text import read_text

_KEY = re.compile(r"Config value '(?P<key>[^'.\[]+)")


def checked_configuration(file: Path, docs: Path) -> MkDocsConfig:
    """Return the configuration in `file`, with the pages in `docs` and without its hooks.

    The plugins and extensions that it names are loaded; no event of theirs runs. Raises ProblemsError with everything
    that a strict build refuses in it.
    """
    # Both as the names of packages: ProperDocs is imported as `mkdocs`.
    with warnings_of(mkdocs_config.__name__) as said:
        try:
            return mkdocs_config.load_config(str(file), docs_dir=str(docs.resolve()), hooks=[], strict=True)
        except (Abort, ConfigurationError) as error:
            raise ProblemsError(_problem(each, file) for each in said or [str(error)]) from None


def _problem(said: str, file: Path) -> Problem:
    """Return what MkDocs `said` as a problem at the line of `file` with the key that it names."""
    found = _KEY.search(said)
    lines = read_text(file, file.name).split("\n")
    starts = (at for at, line in enumerate(lines, start=1) if found and line.startswith(f"{found['key']}:"))
    line = next(starts, 0)
    message = " ".join(said.split())
    return Problem(file.name, line, 1 if line else 0, f"a strict build does not take this configuration: {message}")
