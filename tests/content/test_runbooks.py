"""The runbooks of this repository: without a problem, and each command on its page as it was written."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import urlencode

from playwright.sync_api import Browser
from playwright.sync_api import Page as Tab

from conftest import ROOT, Pages
from external_programs import program
from opsbook.nouns.runbook.lint import RULES, lint_runbooks
from opsbook.nouns.runbook.load import load_runbooks
from opsbook.nouns.runbook.model import Command, Runbook
from opsbook.nouns.runbook.pattern_characters import characters_of
from opsbook.nouns.runbook.shellcheck import ShellParser
from opsbook.problems import Severity
from opsbook.shell.quoting import Quoting
from runbook_tab import frames

RUNBOOKS = {runbook.id: runbook for runbook in load_runbooks(ROOT / "runbooks", "runbooks").runbooks}


def filled(command: Command, values: dict[str, str]) -> str:
    """The source with the values put in. Of what has to be escaped they hold double quotes, inside of double quotes."""
    uses = {(use.start, use.end): use for use in command.uses}

    def fill(match: re.Match[str]) -> str:
        use = uses.get((match.start(), match.end()))
        value = values.get(match[1] or match[2]) if use else None
        if use is None or value is None:
            return match[0]
        assert '"' not in value or use.quoting is Quoting.DOUBLE
        return value.replace('"', '\\"')

    return re.sub(r"\$(?:\{(\w+)\}|(\w+))", fill, command.code)


def examples(runbook: Runbook) -> dict[str, str]:
    return {variable.name: variable.example for variable in runbook.variables}


def query(runbook: Runbook) -> str:
    return urlencode({variable.parameters[0]: variable.example for variable in runbook.variables})


PRESS = """async (at) => {
  const paste = document.querySelector("#paste") ?? document.createElement("textarea");
  const before = paste.value;
  document.body.append(Object.assign(paste, { id: "paste", value: "" }));
  const frame = document.querySelectorAll("[data-ob-command]:not([data-ob-command=''])")[at];
  if (!frame) return before;
  const copy = frame.querySelector(".ob-copy");
  if (!copy.checkVisibility() || copy.disabled) throw new Error("the button cannot be pressed");
  copy.click();
  frame.querySelector(".ob-button--danger")?.click();
  const said = frame.querySelector("[role=status]");
  while (said.textContent !== "Copied") await new Promise((done) => setTimeout(done, 1));
  paste.focus();
  return before;
}"""
"""Presses the button of a frame, with a yes where it asks, and makes ready to paste; gives what was pasted before."""


def all_copied(tab: Tab, count: int) -> list[str]:
    """What the buttons of the first `count` frames put on the clipboard, without the way that a mouse goes."""
    pasted = []
    for at in range(count):
        pasted.append(tab.evaluate(PRESS, at))
        tab.keyboard.press("Control+V")
    return [*pasted, tab.evaluate(PRESS, -1)][1:]


def test_every_copy_button_gives_the_source_with_the_values_filled_in(served_site: str, page: Pages) -> None:
    tab = page(f"{served_site}/runbooks/")
    assert tab.evaluate("window.isSecureContext") is False
    for id, runbook in RUNBOOKS.items():
        values = examples(runbook)
        assert all(re.fullmatch(r"[\w ./:@%+,=~*()|\[\]\"-]+", value) for value in values.values()), (
            f"{id}: an example needs more escaping than this test knows"
        )
        tab.goto(f"{served_site}/runbooks/{id}/?{query(runbook)}", wait_until="load")
        tab.locator(".ob-copy").first.wait_for()
        commands = [command for _, command in runbook.commands]
        assert frames(tab).count() == len(commands), id
        assert all_copied(tab, len(commands)) == [filled(command, values) for command in commands], id


AS_WRITTEN = """() => ({
  commands: [...document.querySelectorAll("[data-ob-command]:not([data-ob-command=''])")].map(
    (frame) => frame.querySelector("code").textContent
  ),
  values: [...document.querySelectorAll("[data-ob-value]")]
    .filter((each) => each.checkVisibility())
    .map((each) => each.dataset.obValue),
})"""


def test_without_scripts_every_command_is_there_and_nothing_that_does_not_work(
    served_site: str, browser: Browser
) -> None:
    context = browser.new_context(java_script_enabled=False)
    tab = context.new_page()
    for id, runbook in RUNBOOKS.items():
        tab.goto(f"{served_site}/runbooks/{id}/")
        found = tab.evaluate(AS_WRITTEN)
        assert found["commands"] == [command.code for _, command in runbook.commands], id
        assert tab.locator("article button:visible, article input:visible").count() == 0, id
        assert {variable.name for variable in runbook.variables} <= set(found["values"]), id
    context.close()


def test_the_runbooks_of_this_repository_have_no_problem(root: Path) -> None:
    library = load_runbooks(root / "runbooks", "runbooks")
    assert library.problems == ()
    by_shell = ShellParser(program("shellcheck")).start(library.sources)()
    errors = [p for p in lint_runbooks(library.sources, by_shell=by_shell) if p.severity is Severity.ERROR]
    assert [str(problem) for problem in errors] == []


def test_the_documentation_names_every_rule(root: Path) -> None:
    page = (root / "docs" / "contribute" / "runbook-format.md").read_text("utf-8")
    assert [rule for rule in RULES if f"`{rule}`" not in page] == []


def test_a_pattern_takes_what_its_example_holds(root: Path) -> None:
    """Every code of the standard library's parser that our runbooks need is known."""
    for runbook in load_runbooks(root / "runbooks", "runbooks").runbooks:
        for variable in runbook.variables:
            assert set(variable.example) <= characters_of(variable.pattern, variable.example), variable


def test_the_pages_of_runbooks_run_under_a_strict_content_security_policy(site: Path) -> None:
    for id in RUNBOOKS:
        text = (site / "runbooks" / id / "index.html").read_text("utf-8")
        article = text.split("<article")[1].split("</article>")[0]
        assert re.findall(r"<script|<style|\son\w+=|\sstyle=", article) == [], id
