"""Calls what a script of the page exports, in node: no browser, and no copy of the script in Python."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from external_programs import program

WEB = Path(__file__).parent.parent / "src" / "opsbook" / "web"
CALL = """
const [module, name] = process.argv.slice(2);
const { [name]: called } = await import(module);
let given = "";
for await (const part of process.stdin) given += part;
console.log(JSON.stringify(JSON.parse(given).map((values) => called(...values))));
"""


def results(
    folder: Path, module: str, function: str, calls: Sequence[Sequence[object]], *, of: str = "assets"
) -> list[Any]:
    """Return what `function` of `module` gives for each of `calls`; `folder` is an empty one to work in.

    `of` names the folder of the module.
    """
    scripts = folder / "scripts"
    shutil.copytree(WEB / of, scripts)
    # Without it node takes the files for scripts of its older kind.
    (folder / "package.json").write_text('{"type": "module"}', "utf-8")
    (folder / "call.js").write_text(CALL, "utf-8")
    command = [program("node"), str(folder / "call.js"), str(scripts / module), function]
    done = subprocess.run(
        command, input=json.dumps(calls), capture_output=True, encoding="utf-8", check=True, timeout=120
    )
    shutil.rmtree(scripts)
    found: list[Any] = json.loads(done.stdout)
    return found
