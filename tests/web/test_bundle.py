"""The modules of the page's scripts, joined into one script of the kind that a page opened as a file may run."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest

from external_programs import program
from opsbook import web
from opsbook.web.bundle import bundled

DIAMOND = {
    "main": 'import { left } from "./left.js";\nimport { right } from "./right-side.js";\nconsole.log(left, right);\n',
    "left": 'import { next } from "./base.js";\nexport const left = next();\n',
    "right-side": 'import { next } from "./base.js";\nconst left = "own";\nexport const right = `${left} ${next()}`;\n',
    "base": "let count = 0;\nexport function next() {\n  return ++count;\n}\n",
}
OTHER_FORMS = {
    'import all from "./base.js";': 'import all from "./base.js";',
    'import * as all from "./base.js";': 'import * as all from "./base.js";',
    'import { next } from "elsewhere";': 'import { next } from "elsewhere";',
    "export default 1;": "export default 1;",
    "export let changing = 1;": "export let changing = 1;",
    'export { next } from "./base.js";': 'export { next } from "./base.js";',
    'const later = import("./base.js");': "import(",
    "console.log(import.meta.url);": "import.meta",
}


def bundle(modules: Mapping[str, str]) -> str:
    return bundled("main", modules.__getitem__)


def printed(script: str) -> str:
    """What a classic script prints, and the names that it adds to the page, run by node."""
    program_text = (
        "const vm = require('node:vm'); let given = ''; process.stdin.on('data', part => given += part)"
        ".on('end', () => { const page = { console }; vm.runInNewContext(given, page);"
        " console.log(Object.keys(page)); })"
    )
    command = [program("node"), "--eval", program_text]
    return subprocess.run(command, input=script, capture_output=True, text=True, check=True, timeout=60).stdout


def test_each_module_runs_once_after_those_that_it_imports_and_adds_no_name_to_the_page() -> None:
    assert printed(bundle(DIAMOND)) == "1 own 2\n[ 'console' ]\n"


@pytest.mark.parametrize("line", OTHER_FORMS)
def test_a_form_of_import_or_export_that_is_not_known_is_refused(line: str) -> None:
    with pytest.raises(ValueError, match=re.escape(f"main.js: {OTHER_FORMS[line]!r} is a form of import or export")):
        bundle({**DIAMOND, "main": f"{line}\n"})


def test_modules_in_a_circle_are_refused() -> None:
    circle = {"main": 'import { a } from "./a.js";\n', "a": 'import { b } from "./main.js";\nexport const a = 1;\n'}
    with pytest.raises(ValueError, match=re.escape("main.js imports itself by way of others")):
        bundle(circle)


def test_every_module_of_the_assets_is_in_the_script_that_pages_load() -> None:
    (script,) = (str(asset.content) for asset in web.assets() if asset.path == web.SCRIPTS[0])
    modules = {file.stem for file in (Path(web.__file__).parent / "assets").iterdir() if file.suffix == ".js"}
    joined = set(re.findall(r"^const \$(\w+) = \(\(\) => \{$", script, re.M))
    assert joined == {name.replace("-", "_") for name in modules - set(web.ALONE)}
