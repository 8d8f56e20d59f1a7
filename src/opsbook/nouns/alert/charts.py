"""Find the default values of the Helm chart that a template belongs to."""

from __future__ import annotations

import os
from pathlib import Path

import yaml

from opsbook.problems import Problem, ProblemsError
from opsbook.source.text import read_text
from opsbook.source.yaml import compose_yaml

_NAMES = ("values.yaml", "values.yml")
_MOST_FOLDERS_UP = 6


class ChartValues:
    """The `values.yaml` of every chart that was asked for, each read once."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self._read: dict[Path, yaml.Node | None] = {}

    def beside(self, file: Path, name: str) -> yaml.Node | None:
        """Return the values for the template `file`, which messages call `name`; None where there are none.

        They stand in its folder or, up to that of the chart, in one above. A file that cannot be read is a problem.
        """
        folder = file.absolute().parent
        for above in (folder, *folder.parents[:_MOST_FOLDERS_UP]):
            found = next((above / each for each in _NAMES if (above / each).is_file()), None)
            if found:
                return self._values(found, Path(name).parent / os.path.relpath(found, folder))
            if any((above / mark).exists() for mark in ("Chart.yaml", ".git")):
                return None
        return None

    def _values(self, file: Path, name: Path) -> yaml.Node | None:
        if file not in self._read:
            self._read[file] = None
            shown = Path(os.path.normpath(name)).as_posix()
            try:
                self._read[file] = next(iter(compose_yaml(read_text(file, shown))), None)
            except ProblemsError as error:
                self.problems += error.problems
            except (yaml.YAMLError, RecursionError) as error:
                mark = error.problem_mark if isinstance(error, yaml.MarkedYAMLError) else None
                line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
                message = "is not valid YAML, so the templates of its chart are judged without their values"
                self.problems.append(Problem(shown, line, column, message))
        return self._read[file]
