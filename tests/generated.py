"""The engines that build the generated source of a handbook."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

BUILDERS = {
    "properdocs": [sys.executable, "-m", "properdocs", "build", "--strict", "-f", "mkdocs.yml"],
    "mkdocs": [sys.executable, "-m", "mkdocs", "build", "--strict"],
    "zensical": [str(Path(sys.executable).with_name("zensical")), "build"],
}


def built_by(builder: str, source: Path) -> Path:
    """The site of `source` by one of the engines, which has to build it."""
    shutil.rmtree(source / "site", ignore_errors=True)
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    done = subprocess.run(BUILDERS[builder], cwd=source, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return source / "site"
