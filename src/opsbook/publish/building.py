"""Build a site into a folder by the engine that its configuration is for, in a process of its own."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from opsbook.problems import Problem, ProblemsError


def build_site(config_file: Path, site: Path) -> None:
    """Build the site of `config_file` into the new folder `site`; what the engine says goes to standard error.

    Raises ProblemsError if it fails.
    """
    engine = "properdocs" if config_file.stem == "properdocs" else "mkdocs"
    options = ("build", "--config-file", str(config_file), "--site-dir", str(site.absolute()))
    done = subprocess.run([sys.executable, "-m", engine, *options], stdin=subprocess.DEVNULL, stdout=sys.stderr)
    if done.returncode:
        message = f"`{engine} build` failed with the code {done.returncode}; nothing was written"
        raise ProblemsError([Problem(config_file.as_posix(), 0, 0, message)])
