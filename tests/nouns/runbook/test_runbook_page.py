"""The page of a runbook in a real browser, over plain http from a name that is not this machine's own.

There the browser withholds the clipboard interface, as it does on most company networks.
"""

from __future__ import annotations

import re
import subprocess
from pathlib import Path
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Browser, Locator

from conftest import Pages, Serve
from drawing_pages import rgb
from opsbook.nouns.runbook.model import Risk
from runbook_tab import copied, frames, opened, pasted
from screens import on_each_screen, violations
from small_site import built, write
from trial_runbook import FILES

HOSTILE = (
    "'; touch pwned; '",
    '"; touch pwned; "',
    "$(touch pwned)",
    "`touch pwned`",
    "a\\",
    "a$NAMESPACE${POD}b",
    "it's !not! here",
    "*",
    "a  b",
    "${x}",
    "\\$(touch pwned)",
)


@pytest.fixture(scope="session")
def trial_site(tmp_path_factory: pytest.TempPathFactory, serve: Serve) -> str:
    """The address of a site with a runbook that is hard to carry."""
    return serve(built(write(tmp_path_factory.mktemp("trial"), FILES)))


def height(element: Locator) -> float:
    """How tall `element` is, in pixels."""
    box = element.bounding_box()
    assert box is not None
    return box["height"]


def test_a_command_keeps_its_tabs_blank_lines_and_blanks(trial_site: str, page: Pages) -> None:
    tab = opened(page, f"{trial_site}/runbooks/trial/?namespace=shop&exported_pod=cart-7f&note=plain")
    assert copied(tab, frames(tab).nth(2)) == (
        'cat <<-EOF\n\tnote: plain\n   \n\tpod: cart-7f\n\tplain\nEOF\nprintf \'%s\\n\' "<plain>" "&amp; **shop**"'
    )
    block = tab.locator('[data-ob-command=""]')
    block.locator(".ob-copy").click()
    assert pasted(tab) == 'limits:\n\tcpu: "1" # `not` *Markdown*'


def test_a_hostile_value_comes_out_as_one_word_of_the_command(trial_site: str, page: Pages, tmp_path: Path) -> None:
    tab = opened(page, f"{trial_site}/runbooks/trial/")
    for value in HOSTILE:
        given = urlencode({"namespace": "shop", "pod": "cart-7f", "note": value})
        tab.goto(f"{trial_site}/runbooks/trial/?{given}", wait_until="load")
        tab.locator(".ob-copy").first.wait_for()
        for at, expected in (
            (3, value),
            (2, f"note: {value}\n   \npod: cart-7f\n{value}\n<{value}>\n&amp; **shop**\n"),
        ):
            command = copied(tab, frames(tab).nth(at))
            done = subprocess.run(["bash", "-c", command], cwd=tmp_path, capture_output=True, text=True, check=True)
            assert done.stdout == expected
    assert list(tmp_path.iterdir()) == []


def test_a_value_goes_into_a_query_as_a_string(trial_site: str, page: Pages) -> None:
    given = urlencode({"namespace": "shop", "note": 'a"} or b\\'})
    tab = opened(page, f"{trial_site}/runbooks/trial/?{given}")
    expected = r"""rate(up{namespace="shop", note='a\x22} or b\x5c'}[5m]) # {{ x }}""" + "\n  / 2"
    assert copied(tab, frames(tab).nth(1)) == expected


REFUSED = (
    ({"namespace": "'; rm -rf /"}, "“'; rm -rf /” is refused: it does not match [a-z-]+. For example: shop"),
    ({"note": "--all"}, "“--all” is refused: it starts with “-”, so a command would take it for an option."),
    ({"note": "a\nb"}, "is refused: it holds a line end or a character that cannot be seen."),
    ({"note": "a\u202eb"}, "is refused: it holds a line end or a character that cannot be seen."),
    ({"pod": "x" * 501}, "is refused: it is longer than 500 characters."),
)


def test_a_value_that_does_not_fit_is_refused_with_the_reason(trial_site: str, page: Pages) -> None:
    tab = opened(page, f"{trial_site}/runbooks/trial/")
    for parameters, reason in REFUSED:
        tab.goto(f"{trial_site}/runbooks/trial/?{urlencode(parameters)}", wait_until="load")
        tab.locator(".ob-copy").first.wait_for()
        name = next(iter(parameters)).upper()
        assert reason in (tab.locator(f"#ob-refused-{name}").text_content() or "")
        assert tab.get_by_label(name, exact=True).get_attribute("aria-invalid") == "true"
        assert tab.locator(f'[data-ob-var="{name}"]').first.text_content() in (f"${name}", f"${{{name}}}")


def test_a_value_that_would_end_a_here_document_is_not_copied(trial_site: str, page: Pages) -> None:
    tab = opened(page, f"{trial_site}/runbooks/trial/?namespace=shop&pod=cart-7f&note=EOF")
    frame = tab.locator(".ob-command--destroy")
    frame.locator(".ob-copy").click()
    frame.get_by_text("A value would end the here-document.").wait_for()


def test_copying_while_a_value_is_missing_says_which(trial_site: str, page: Pages) -> None:
    tab = opened(page, f"{trial_site}/runbooks/trial/")
    frame = frames(tab).first
    frame.locator(".ob-copy").click()
    frame.get_by_text("NAMESPACE, POD have no value yet.").wait_for()
    frame.get_by_role("button", name="Copy as written").click()
    assert pasted(tab) == 'kubectl --namespace "$NAMESPACE" describe pod "${POD}"'
    frame.locator(".ob-copy").click()
    frame.get_by_role("button", name="Fill in").click()
    tab.keyboard.type("shop")
    tab.get_by_label("POD", exact=True).fill("cart-7f")
    assert copied(tab, frame) == 'kubectl --namespace "shop" describe pod "cart-7f"'


def test_a_command_that_destroys_asks_once(trial_site: str, page: Pages) -> None:
    tab = opened(page, f"{trial_site}/runbooks/trial/?namespace=shop&pod=cart-7f&note=x")
    frame = tab.locator(".ob-command--destroy")
    frame.locator(".ob-copy").click()
    frame.get_by_text("This command destroys what cannot be brought back. Copy it?").wait_for()
    tab.keyboard.press("Escape")
    assert frame.locator(".ob-ask").count() == 0
    assert tab.evaluate("document.activeElement.matches('.ob-command--destroy .ob-copy')")
    assert "note: x" in copied(tab, frame)
    frame.locator(".ob-copy").click()
    assert frame.locator(".ob-ask").count() == 0, "it has been asked"
    tab.get_by_label("NOTE", exact=True).fill("y")
    frame.locator(".ob-copy").click()
    assert frame.locator(".ob-ask").count() == 1, "it is another command now"


def test_values_stay_with_the_tab_and_go_into_the_address(trial_site: str, page: Pages) -> None:
    tab = opened(page, f"{trial_site}/runbooks/trial/?unrelated=1#act")
    tab.get_by_label("NAMESPACE", exact=True).fill("shop")
    tab.wait_for_url("**/runbooks/trial/?unrelated=1&namespace=shop#act")
    tab.goto(f"{trial_site}/runbooks/trial/?pod=cart-7f")
    tab.locator(".ob-copy").first.wait_for()
    assert tab.get_by_label("NAMESPACE", exact=True).input_value() == "shop"
    tab.goto(f"{trial_site}/runbooks/trial/?namespace=other")
    tab.locator(".ob-copy").first.wait_for()
    assert tab.get_by_label("POD", exact=True).input_value() == "", "another incident begins with its own values"
    tab.get_by_role("button", name="Clear the values").click()
    tab.wait_for_url("**/runbooks/trial/")
    tab.reload()
    tab.locator(".ob-copy").first.wait_for()
    assert tab.get_by_label("NAMESPACE", exact=True).input_value() == ""


def test_copy_all_gives_the_runbook_as_markdown(trial_site: str, page: Pages) -> None:
    tab = opened(page, f"{trial_site}/runbooks/trial/?namespace=shop&pod=cart-7f")
    tab.get_by_role("button", name="Copy all").click()
    tab.get_by_text("Copied as Markdown, without NOTE").wait_for()
    text = pasted(tab)
    assert text.startswith(f"# [Trial <b>loop</b> & *stars*]({trial_site}/runbooks/trial/)\n")
    assert '```bash\nkubectl --namespace "shop" describe pod "cart-7f"\n```' in text
    assert "\n\tLast State:  Terminated\n\n  Reason:   *OOMKilled* <none>\n" in text
    assert f"[step 2]({trial_site}/runbooks/trial/#act)" in text
    assert f"[the other]({trial_site}/runbooks/other/#look)" in text
    assert "This destroys what cannot be brought back:\n\n```bash\ncat <<-EOF\n\tnote: $NOTE\n   \n" in text
    assert "**Undo:** none. What is gone is gone." in text


def test_ticks_and_notes_survive_a_reload_and_become_the_timeline(trial_site: str, page: Pages) -> None:
    tab = opened(page, f"{trial_site}/runbooks/trial/?namespace=shop&pod=cart-7f")
    tab.get_by_label("Step 1 is done").check()
    tab.get_by_role("button", name="Note on step 2").click()
    tab.get_by_role("textbox", name="Note on step 2").fill("saw *this* <b>")
    tab.keyboard.press("Enter")
    copied(tab, tab.locator(".ob-command--change").first)
    tab.reload()
    tab.locator(".ob-copy").first.wait_for()
    assert tab.get_by_label("Step 1 is done").is_checked()
    assert re.fullmatch(r"\d\d:\d\d UTC", tab.locator(".ob-step__time").first.inner_text())
    assert tab.locator(".md-sidebar .ob-toc-done:visible").count() == 1
    tab.locator(".md-sidebar").get_by_role("button", name="Copy timeline").click()
    time = r"- \d{4}-\d\d-\d\d \d\d:\d\d "
    assert re.fullmatch(
        rf"{time}Done: step 1\. Look at it, closely\n{time}Step 2: saw \*this\* <b>\n{time}Copied a change: `true`\n",
        pasted(tab),
    )
    tab.locator(".ob-log").get_by_role("button", name="Clear").click()
    assert not tab.get_by_label("Step 1 is done").is_checked()
    tab.get_by_role("button", name="Undo").click()
    assert tab.get_by_label("Step 1 is done").is_checked()
    tab.locator(".ob-log").get_by_role("button", name="Remove: Copied a change: `true`").click()
    assert tab.locator(".ob-timeline > li").count() == 2


def test_the_post_mortem_begins_with_the_timeline(trial_site: str, page: Pages) -> None:
    tab = opened(page, f"{trial_site}/runbooks/trial/?namespace=shop")
    tab.get_by_label("Step 1 is done").check()
    tab.locator(".ob-log").get_by_role("button", name="Start the post-mortem").click()
    tab.wait_for_url("**/post-mortems/template/")
    tab.get_by_text("Filled with what was noted").wait_for()
    text = tab.locator("[data-ob-template] code").text_content() or ""
    assert 'title: "Trial <b>loop</b> & *stars* (NAMESPACE=shop)"' in text
    assert "runbooks: [trial]" in text
    assert "services: [cart]" in text
    assert re.search(r"\n- \d{4}-\d\d-\d\d \d\d:\d\d Done: step 1\. Look at it, closely\n", text)


def test_what_others_wrote_into_the_browsers_storage_is_not_trusted(trial_site: str, page: Pages) -> None:
    tab = opened(page, f"{trial_site}/runbooks/other/")
    tab.evaluate(
        "localStorage.setItem('opsbook:log:/runbooks/trial/', JSON.stringify([{at: 1}, null, {at: 'x', text: 'y'}]))"
    )
    tab.evaluate("sessionStorage.setItem('opsbook:values', JSON.stringify({NAMESPACE: '$(id)', POD: {a: 1}}))")
    tab.goto(f"{trial_site}/runbooks/trial/")
    tab.locator(".ob-copy").first.wait_for()
    assert tab.locator(".ob-timeline > li").count() == 0
    assert tab.locator('[data-ob-var="NAMESPACE"]').first.text_content() == "$NAMESPACE"
    assert tab.locator('[data-ob-var="POD"]').first.text_content() == "${POD}"


def test_an_overdue_review_shows_at_view_time(trial_site: str, page: Pages) -> None:
    tab = opened(page, f"{trial_site}/runbooks/trial/")
    tab.get_by_text("The review was due on 2020-07-29. Read each step before you trust it.").wait_for()
    assert re.search(r"reviewed \d+ years ago", tab.locator(".ob-facts").inner_text())
    tab.goto(f"{trial_site}/runbooks/")
    tab.locator("li", has_text="Trial").get_by_text("review due").wait_for()


def test_an_alert_leads_to_its_runbook_with_its_labels(trial_site: str, page: Pages) -> None:
    tab = page(f"{trial_site}/alerts/TrialLooping/?namespace=shop&pod=cart-7f#act")
    tab.wait_for_url("**/runbooks/trial/?namespace=shop&pod=cart-7f#act")
    assert tab.locator(".ob-var--filled").first.text_content() == "shop"
    tab.goto(f"{trial_site}/runbooks/old-trial/?namespace=a")
    tab.wait_for_url("**/runbooks/trial/?namespace=a")


def test_an_alert_leads_on_without_scripts(trial_site: str, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False)
    tab = context.new_page()
    tab.goto(f"{trial_site}/alerts/TrialLooping/")
    tab.wait_for_url("**/runbooks/trial/")
    context.close()


def test_the_list_of_runbooks_filters_by_what_somebody_sees(trial_site: str, page: Pages) -> None:
    tab = page(f"{trial_site}/runbooks/?services=cart", width=390)
    rows = tab.locator("[data-ob-row]:visible > a")
    assert rows.all_inner_texts() == ["Trial <b>loop</b> & *stars*", "Other"]
    tab.get_by_label("Alert or what you see").fill("crashloop everywhere")
    assert rows.all_inner_texts() == ["Trial <b>loop</b> & *stars*"]
    assert tab.locator("[data-ob-group]:visible").count() == 1
    tab.get_by_label("Severity").select_option("info")
    tab.get_by_text("No runbook fits.").wait_for()


def test_on_a_phone_the_values_are_one_line_and_what_is_pressed_is_large(trial_site: str, page: Pages) -> None:
    tab = opened(page, f"{trial_site}/runbooks/trial/?namespace=shop", width=390, height=844)
    panel = tab.locator(".ob-values")
    assert panel.locator("summary").inner_text().split("\n") == ["Your values", "NAMESPACE shop · 2 empty"]
    assert height(panel) <= 50
    tab.locator(".ob-values summary").click()
    tab.get_by_label("POD", exact=True).wait_for()
    for each in tab.locator("article .ob-button:visible, article .ob-values input:visible").all():
        assert height(each) >= 43, each.inner_text()
    assert tab.evaluate("document.documentElement.scrollWidth") == 390


def test_on_paper_there_are_values_and_boxes_and_nothing_to_press(trial_site: str, page: Pages) -> None:
    tab = opened(page, f"{trial_site}/runbooks/trial/?namespace=shop&pod=cart-7f&note=x", scheme="dark")
    tab.get_by_label("Step 1 is done").check()
    tab.emulate_media(media="print")
    assert tab.locator("article .ob-button:visible").count() == 0
    assert tab.locator("article input[type=checkbox]:visible").count() == 0
    style = "([place, pseudo, name]) => getComputedStyle(document.querySelector(place), pseudo)[name]"
    assert tab.evaluate(style, ["#act", "::before", "borderTopStyle"]) == "solid"
    assert tab.evaluate(style, ["#act", "::after", "content"]) == '"UTC"'
    assert tab.evaluate(style, ["#look", "::before", "content"]) == '"✓"'
    assert tab.evaluate(style, [".ob-command code", None, "whiteSpace"]) == "pre-wrap"
    assert "shop" in tab.locator(".ob-command code").first.inner_text()
    ink = tab.evaluate(style, [".md-typeset", None, "color"])
    assert max(map(float, re.findall(r"[\d.]+", ink)[:3])) < 130, f"{ink} is too pale for paper"
    assert tab.evaluate(style, [".ob-lead", None, "color"]) == rgb("muted")


def test_a_runbook_in_use_is_accessible_and_fits_its_screen(trial_site: str, page: Pages) -> None:
    for width, tab in on_each_screen(page, f"{trial_site}/runbooks/trial/?namespace=shop&note=--x"):
        tab.locator(".ob-copy").first.wait_for()
        tab.get_by_label("Step 1 is done").check()
        tab.get_by_role("button", name="Note on step 2").click()
        frames(tab).first.locator(".ob-copy").click()
        for address in ("", "runbooks/", "alerts/", "services/", "services/cart/"):
            if address:
                tab.goto(f"{trial_site}/{address}")
            assert violations(tab) == [], (width, address)
            assert tab.evaluate("document.documentElement.scrollWidth") <= width, address


def test_the_frame_of_a_command_says_its_risk_before_it_is_copied(trial_site: str, page: Pages) -> None:
    tab = opened(page, f"{trial_site}/runbooks/trial/")
    words = {risk.value: tab.locator(f".ob-command--{risk.value} .ob-risk").first.inner_text() for risk in Risk}
    assert words == {"read": "reads", "change": "changes", "destroy": "destroys"}
