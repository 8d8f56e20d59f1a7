"""A runbook whose waivers let variables stand where no value is safe, in a real browser: the page refuses them."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest

from conftest import Pages, Serve
from small_site import built, write
from trial_runbook import FILES, TRIAL

COMMANDS = {
    "backquotes": 'printf %s "`basename "$NOTE"`"',
    "fallback": 'printf %s "${HOME:-$NOTE}"',
    "arithmetic": 'printf %s "$((1 + $NOTE))"',
    "second shell": 'sh -c "printf %s $NOTE"',
}
WAIVERS = "".join(
    f"  - {{rule: {rule}, reason: A test., until: 2030-01-01}}\n"
    for rule in ("backquotes", "computed", "read-again", "SC2004", "SC2006")
)


@pytest.fixture(scope="module")
def careless(tmp_path_factory: pytest.TempPathFactory, serve: Serve) -> str:
    """The address of a site whose author has waived every rule that speaks of places."""
    text = TRIAL.replace("waivers:\n", f"waivers:\n{WAIVERS}")
    blocks = "\n\n".join(f"```bash {{.read}}\n{command}\n```\n\n```output\n```" for command in COMMANDS.values())
    text = text.replace("```bash {.read}\nkubectl get pods\n```", blocks)
    return serve(built(write(tmp_path_factory.mktemp("careless"), {**FILES, "runbooks/trial.md": text})))


def test_a_value_is_not_copied_to_where_it_would_be_read_twice(careless: str, page: Pages) -> None:
    tab = page(f"{careless}/runbooks/trial/?{urlencode({'note': '$(echo probe)'})}")
    tab.locator(".ob-copy").first.wait_for()
    for name, command in COMMANDS.items():
        frame = tab.locator(".ob-command", has_text=command)
        assert frame.count() == 1, name
        frame.locator(".ob-copy").click()
        why = "holds a character that this command cannot carry" if name == "second shell" else "stands where no value"
        frame.locator(".ob-ask").get_by_text(f"NOTE {why}").wait_for()
        assert frame.get_by_role("button", name="Copy as written").count() == 1
    tab.get_by_label("NOTE", exact=True).fill("plain")
    filled = tab.locator(".ob-command", has_text='sh -c "printf %s plain"')
    filled.locator(".ob-copy").click()
    filled.get_by_text("Copied", exact=True).wait_for()
