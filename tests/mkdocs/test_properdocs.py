"""ProperDocs, by which mike builds where it is installed, makes the same site as MkDocs, file by file."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from each_noun import OF_EACH_NOUN
from small_site import ENVIRONMENT, built, write

GENERATOR = re.compile(rb'<meta name="generator" content="mkdocs-[^,"]+')
"""The name and version of the builder, which is all that a page says of it."""
DIGEST = re.compile(rb"\b[0-9a-f]{16}\b")
"""The digest of a page with all that it says, by which the service worker knows it."""


def contents(site: Path) -> dict[str, bytes]:
    files = (file for file in sorted(site.rglob("*")) if file.is_file())
    found = {file.relative_to(site).as_posix(): GENERATOR.sub(b"", file.read_bytes()) for file in files}
    return {**found, "sw.js": DIGEST.sub(b"", found["sw.js"])}


def test_both_builders_write_the_same_files(tmp_path: Path) -> None:
    root = write(tmp_path, OF_EACH_NOUN)
    expected = contents(built(root))
    command = [sys.executable, "-m", "properdocs", "build", "--strict", "-f"]
    command += [str(root / "mkdocs.yml"), "-d", str(root / "other")]
    done = subprocess.run(command, cwd=root, env=ENVIRONMENT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    seen = contents(root / "other")
    assert seen.keys() == expected.keys()
    assert [name for name, content in seen.items() if content != expected[name]] == []
