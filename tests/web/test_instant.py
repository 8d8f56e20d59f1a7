"""The theme's instant navigation, which puts each page in the place of the last one and runs no script again."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page as Tab

from conftest import HOST, Pages, Serve
from drawing_scripts import PAIR
from runbook_tab import copied, frames
from screens import violations
from small_site import CHECKLIST, built, write
from trial_runbook import FILES

CONFIG = f"""\
site_name: Elsewhere
site_url: http://{HOST}/
strict: true
theme:
  name: material
  features: [navigation.instant, navigation.instant.prefetch, navigation.instant.progress]
plugins: [search, opsbook]
"""
TRACK = """\
---
title: Tester
summary: From nothing to something.
day-one: [{page: start.md, do: Read it.}]
week-one: [{item: first, title: The first thing, do: Do it.}]
month-one: [{runbook: other, do: Walk through it.}]
---
"""
START = """\
# Start

[Trial](runbooks/trial.md?namespace=payments) and [another namespace](runbooks/trial.md?namespace=carts),
<abbr title="What it means">SLO</abbr>.

```text
plain
```
"""
SITE = {
    **FILES,
    "mkdocs.yml": CONFIG,
    "checklist.yml": CHECKLIST.replace("title: Phase one\n", "title: Phase one\n    weeks: 1-2\n"),
    "docs/start.md": START,
    "docs/onboarding/tester.md": TRACK,
    "diagrams/pair.py": PAIR.replace('EC2("one")', 'EC2("one", item="first")'),
}
CONTAINER = "[data-md-component=container]"


@pytest.fixture(scope="module")
def instant_site(tmp_path_factory: pytest.TempPathFactory, serve: Serve) -> str:
    """The address of a site with instant navigation, whose list of pages names the port that it is served at."""
    site = built(write(tmp_path_factory.mktemp("instant"), SITE))
    instead: dict[str, bytes] = {}
    address = serve(site, instead)
    instead["/sitemap.xml"] = (site / "sitemap.xml").read_bytes().replace(f"http://{HOST}".encode(), address.encode())
    return address


def opened(page: Pages, address: str) -> Tab:
    """The page at `address`, marked as a document. The theme has its list of pages by then, without which it waits."""
    tab = page(address)
    tab.wait_for_load_state("networkidle")
    tab.evaluate("window.isSame = true")
    return tab


def turned(tab: Tab, act: Callable[[], object]) -> None:
    """Do what lets another page take the place of this one, and wait until it has, in the same document."""
    tab.evaluate(f"document.querySelector('{CONTAINER}').dataset.left = ''")
    act()
    tab.locator(f"{CONTAINER}:not([data-left])").wait_for()
    assert tab.evaluate("window.isSame")


def follow(tab: Tab, link: str) -> None:
    """Click on the first link whose address ends with `link`."""
    turned(tab, lambda: tab.locator(f"a[href$='{link}']").first.evaluate("link => link.click()"))


def check_runbook(tab: Tab, *, commands: int, values: dict[str, str]) -> None:
    """Fail unless the page of a runbook has everything, and everything once."""
    assert tab.locator("[data-ob-command]").count() == commands
    assert tab.locator("[data-ob-command] .ob-copy").count() == commands
    assert tab.get_by_role("button", name="Copy all", exact=True).count() == 1
    assert tab.locator(".ob-log").count() == 1
    assert tab.locator(".ob-tooltip").count() == 1
    steps = tab.locator("[data-ob-step]").count()
    assert tab.locator(".ob-tick").count() == steps
    assert tab.locator(".md-sidebar--secondary .ob-toc-time").count() == steps
    fields = tab.locator(".ob-values input").evaluate_all("each => each.map(({ id, value }) => [id, value])")
    assert {name.removeprefix("ob-value-"): value for name, value in fields} == values


GIVEN = {"NAMESPACE": "payments", "POD": "", "NOTE": ""}
FILLED = 'kubectl --namespace "payments" describe pod "${POD}"'


def test_a_runbook_that_a_click_or_the_history_leads_to_is_set_up_once(instant_site: str, page: Pages) -> None:
    tab = opened(page, f"{instant_site}/start/")
    follow(tab, "/runbooks/trial/?namespace=payments")
    check_runbook(tab, commands=8, values=GIVEN)
    assert frames(tab).first.locator("code").inner_text() == FILLED
    assert copied(tab, frames(tab).nth(4)) == "true"
    follow(tab, "/runbooks/other/")
    check_runbook(tab, commands=2, values={})
    assert copied(tab, frames(tab).first) == "date"
    turned(tab, tab.go_back)
    check_runbook(tab, commands=8, values=GIVEN)
    turned(tab, tab.go_forward)
    check_runbook(tab, commands=2, values={})
    follow(tab, "/runbooks/trial/")
    check_runbook(tab, commands=8, values=GIVEN)  # Which the tab remembers.


def click_on_a_link_to(tab: Tab, address: str) -> None:
    """Click on a link of the page to `address`, as its text might hold one."""
    tab.locator("article").evaluate(
        """(article, to) => {
          const link = Object.assign(document.createElement('a'), { href: to });
          article.append(link);
          link.click();
        }""",
        address,
    )


def test_each_runbook_has_its_own_timeline(instant_site: str, page: Pages) -> None:
    tab = opened(page, f"{instant_site}/runbooks/trial/")
    lines = tab.locator(".ob-timeline > li")
    tab.get_by_role("checkbox", name="Step 1 is done").check()
    follow(tab, "/runbooks/other/")
    assert lines.count() == 0
    tab.get_by_role("checkbox", name="Step 3 is done").check()
    assert "Done: step 3. See" in lines.inner_text()
    assert tab.locator(".md-sidebar--secondary .ob-toc-done").count() == 1
    turned(tab, tab.go_back)
    assert "Done: step 1. Look at it, closely" in lines.inner_text()
    # What another tab changes is heard by the page that is shown, and by no former one.
    tab.evaluate("localStorage.clear(); dispatchEvent(new StorageEvent('storage', { key: null }))")
    assert lines.count() == 0
    assert tab.evaluate("localStorage.length") == 0


def test_a_link_to_a_step_keeps_the_values_and_one_to_other_values_loads_them(instant_site: str, page: Pages) -> None:
    tab = opened(page, f"{instant_site}/runbooks/trial/?namespace=payments")
    tab.locator("#ob-value-POD").fill("cart-7f")
    tab.locator(".md-sidebar--secondary a[href$='#act']").evaluate("link => link.click()")
    assert tab.url == f"{instant_site}/runbooks/trial/?namespace=payments&pod=cart-7f#act"
    check_runbook(tab, commands=8, values={**GIVEN, "POD": "cart-7f"})
    assert tab.evaluate("window.isSame")
    click_on_a_link_to(tab, "?namespace=carts")
    tab.wait_for_url("**/?namespace=carts")
    tab.locator(".ob-copy").first.wait_for()
    check_runbook(tab, commands=8, values={"NAMESPACE": "carts", "POD": "", "NOTE": ""})


def test_filters_drawings_tooltips_and_tracks_work_after_a_click(instant_site: str, page: Pages) -> None:
    tab = opened(page, f"{instant_site}/")
    follow(tab, "/runbooks/")
    tab.locator("form[data-ob-filter] [name=find]").fill("tri")
    assert tab.locator("form[data-ob-filter] output").inner_text() == "1 of 2"
    assert tab.url == f"{instant_site}/runbooks/?find=tri"
    click_on_a_link_to(tab, "?find=oth")
    tab.wait_for_url("**/?find=oth")
    assert tab.locator("[data-ob-row]:visible, tbody tr:visible").all_inner_texts()[0].startswith("Other")
    tab.wait_for_load_state("networkidle")
    tab.evaluate("window.isSame = true")
    follow(tab, "/architecture/")
    follow(tab, "/architecture/pair/")
    picture = tab.locator(".ob-drawing__view svg")
    whole = picture.get_attribute("viewBox")
    tab.get_by_role("button", name="Zoom in").click()
    assert picture.get_attribute("viewBox") != whole
    follow(tab, "/onboarding/")
    follow(tab, "/onboarding/tester/")
    tab.get_by_role("checkbox", name="Done: Start").check()
    assert tab.locator(".ob-track__state").inner_text() == "1 of 3 done"
    turned(tab, tab.go_back)
    assert tab.locator("[data-ob-track-state]").inner_text() == "1 of 3 done"
    follow(tab, "/start/")
    tab.locator("abbr").hover()
    tab.get_by_role("tooltip").filter(has_text="What it means").wait_for()
    follow(tab, "/runbooks/trial/?namespace=payments")
    assert tab.get_by_role("tooltip").count() == 0
    assert tab.locator("time[data-ob-ago]").first.get_attribute("title") == "2020-01-31"


def test_a_page_with_a_picture_that_has_links_takes_the_place_of_another(instant_site: str, page: Pages) -> None:
    tab = opened(page, f"{instant_site}/start/")
    for address in ("/roadmap/", "/architecture/", "/architecture/pair/"):
        follow(tab, address)
        # The theme sets this attribute anew, and ends where an element of a picture has it.
        assert tab.locator("svg [href], svg [src]").count() == 0, address
        assert address == "/architecture/" or tab.locator("svg a").count() > 0, address
    follow(tab, "/runbooks/")


def test_the_bar_of_a_page_that_is_on_its_way_is_told_to_nobody(instant_site: str, page: Pages) -> None:
    tab = opened(page, f"{instant_site}/start/")
    follow(tab, "/runbooks/trial/?namespace=payments")
    assert tab.locator(".md-progress").get_attribute("style") == "--md-progress-value: 100;"
    assert violations(tab) == []


def test_a_page_that_is_fetched_ahead_breaks_no_rule_of_the_policy(instant_site: str, page: Pages) -> None:
    tab = opened(page, f"{instant_site}/start/")
    with tab.expect_request("**/runbooks/trial/*") as ahead:
        tab.locator("article a[href*='/runbooks/trial/']").first.hover()
    assert ahead.value.response()
    follow(tab, "/runbooks/trial/?namespace=payments")


def test_an_alert_leads_to_its_runbook_with_its_values(instant_site: str, page: Pages) -> None:
    tab = opened(page, f"{instant_site}/services/cart/")
    link = tab.locator("article a[href$='/alerts/TrialWaiting/']").first
    link.evaluate("link => { link.search = '?namespace=payments'; link.click(); }")
    tab.wait_for_url("**/runbooks/trial/?namespace=payments")
    tab.locator(".ob-copy").first.wait_for()
    check_runbook(tab, commands=8, values=GIVEN)


COUNT_LISTENERS = """
window.held = [];
const { addEventListener: add } = EventTarget.prototype;
EventTarget.prototype.addEventListener = function (type, act, options) {
  const isOurs = [window, document].includes(this) && new Error().stack.includes("/assets/opsbook/");
  if (isOurs) held.push(options?.signal ?? "for good");
  return add.call(this, type, act, options);
};
"""


def test_fifty_pages_leave_nothing_behind(instant_site: str, page: Pages) -> None:
    tab = page(f"{instant_site}/runbooks/trial/", script=COUNT_LISTENERS)
    tab.wait_for_load_state("networkidle")
    tab.evaluate("window.isSame = true")
    memory = tab.context.new_cdp_session(tab)

    def there_and_back(times: int) -> tuple[int, int]:
        """How many listeners of ours the window has then that are alive, and how many nodes the browser holds."""
        for _ in range(times):
            follow(tab, "/runbooks/other/")
            follow(tab, "/runbooks/trial/")
        memory.send("HeapProfiler.collectGarbage")
        alive: int = tab.evaluate("held.filter((signal) => !signal.aborted).length")
        return alive, memory.send("Memory.getDOMCounters")["nodes"]

    listeners, nodes = there_and_back(2)
    later, more = there_and_back(25)
    assert listeners > 0
    assert later == listeners
    assert more < 2 * nodes
    check_runbook(tab, commands=8, values={"NAMESPACE": "", "POD": "", "NOTE": ""})
