"""Runbooks, alerts, services and former addresses, as a build of somebody else's folder has them, without scripts."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

import pytest

from opsbook.assembly.redirects import redirect_page
from opsbook.nouns.kind import Redirect
from opsbook.nouns.runbook.commands import command_html, output_html
from opsbook.nouns.runbook.load import load_runbooks
from opsbook.nouns.runbook.model import Risk, Runbook
from opsbook.site.code import highlighted
from opsbook.site.language import SiteLanguage
from opsbook.site.links import link_to
from opsbook.site.page import Asset
from search_entries import search_entries
from small_site import built, problems, write
from trial_runbook import FILES, OTHER, SERVICES, TRIAL


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("trial"), FILES)


@pytest.fixture(scope="module")
def trial_site(folder: Path) -> Path:
    return built(folder)


@pytest.fixture(scope="module")
def trial(folder: Path) -> Runbook:
    return next(each for each in load_runbooks(folder / "runbooks", "runbooks").runbooks if each.id == "trial")


@dataclass
class Texts(HTMLParser):
    """The text of each `<code>` that is a block, each with the class of the frame around it."""

    page: str
    found: list[tuple[str, str]] = field(default_factory=list)
    frame: str = ""
    text: str | None = None

    def __post_init__(self) -> None:
        super().__init__()
        self.feed(self.page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = dict(attrs).get("class") or ""
        if tag == "div" and names.startswith(("ob-command ", "ob-output ")):
            self.frame = names.split()[-2]
        if tag == "pre":
            self.text = ""

    def handle_data(self, data: str) -> None:
        if self.text is not None:
            self.text += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "pre" and self.text is not None:
            self.found.append((self.frame, self.text))
            self.text = None


def page_of(site: Path, address: str) -> str:
    return (site / address / "index.html").read_text("utf-8")


def test_every_command_and_output_is_in_the_page_byte_for_byte(trial_site: Path, trial: Runbook) -> None:
    texts = Texts(page_of(trial_site, "runbooks/trial")).found
    assert [text for frame, text in texts if frame in {f"ob-command--{risk.value}" for risk in Risk}] == [
        command.code for _, command in trial.commands
    ]
    outputs = [command.output.text for _, command in trial.commands if command.output]
    assert [text for frame, text in texts if frame == "ob-output"] == outputs
    assert [text for frame, text in texts if frame == "ob-command--block"] == ['limits:\n\tcpu: "1" # `not` *Markdown*']


def test_the_variables_of_a_command_are_marked_with_the_quotes_around_them(trial: Runbook) -> None:
    for _, command in trial.commands:
        marks = re.findall(r'data-ob-var="(\w+)" data-ob-quoting="(\w+)"', command_html(command, SiteLanguage()))
        assert marks == [(use.name, use.quoting.value) for use in command.uses]


def test_a_mark_spans_the_variable_and_nothing_else() -> None:
    assert str(highlighted("a\tb\n<c>", "no-such-language")) == "a&#9;b&#10;&lt;c&gt;"


def test_the_risk_of_a_command_is_a_word_on_its_frame(trial_site: Path) -> None:
    page = page_of(trial_site, "runbooks/trial")
    words = re.findall(r'ob-risk--(\w+)">(\w+)<', page)
    assert set(words) == {("read", "reads"), ("change", "changes"), ("destroy", "destroys")}
    assert len(words) == len(re.findall(r'class="ob-command__bar"', page)) - 1  # the example in YAML has no risk


def test_text_from_the_front_matter_is_never_markup(trial_site: Path) -> None:
    page = page_of(trial_site, "runbooks/trial")
    assert "Trial &#60;b&#62;loop" in page or "Trial &lt;b&gt;loop" in page
    assert "<b>loop" not in page
    assert "<i>everywhere" not in page
    assert "<code>CrashLoopBackOff</code> &lt;i&gt;everywhere&lt;/i&gt;" in page


def test_braces_of_other_languages_stay(trial_site: Path) -> None:
    assert "{{ $labels.pod }}" in page_of(trial_site, "runbooks/trial")


def test_the_steps_have_their_permanent_anchors_and_links_lead_to_them(trial_site: Path) -> None:
    page = page_of(trial_site, "runbooks/trial")
    assert re.findall(r'<h3 class="ob-step" data-ob-step="(\d)" id="([\w-]+)"', page) == [
        ("1", "look"),
        ("2", "act"),
        ("3", "change"),
        ("4", "recovered"),
    ]
    assert '<a href="#act">step 2</a>' in page
    assert '<a href="../other/#look">the other</a>' in page
    assert '<a href="../../practices/one/first/">the guide</a>' in page


def test_verify_and_undo_stand_in_blocks_of_their_own(trial_site: Path) -> None:
    page = page_of(trial_site, "runbooks/trial")
    assert page.count('<div class="ob-after ob-after--verify">\n<p><strong>Verify:</strong> it is') == 2
    assert '<div class="ob-after ob-after--undo">\n<p><strong>Undo:</strong> none. What is gone is gone.</p>' in page


def test_a_runbook_says_when_it_was_reviewed_and_when_that_ends(trial_site: Path) -> None:
    page = page_of(trial_site, "runbooks/trial")
    assert 'reviewed <time datetime="2020-01-31" data-ob-ago>2020-01-31</time>' in page
    assert 'exercised <time datetime="2020-02-01" data-ob-ago>2020-02-01</time>' in page
    assert 'data-ob-due="2020-07-29" data-ob-late="The review was due on 2020-07-29. Read each step before' in page


def test_a_page_says_nothing_that_only_a_script_can_judge(trial_site: Path) -> None:
    """Whoever makes text of the HTML, such as a plugin for machine readers, takes hidden elements for said."""
    for file in trial_site.rglob("*.html"):
        text = re.sub(r"<(script|style)\b.*?</\1>|<[^>]+>", " ", file.read_text("utf-8"), flags=re.DOTALL)
        assert not re.search(r"review was due|review due|waiver ended|overdue", text), file
    page = page_of(trial_site, "runbooks/trial")
    assert "<template" not in page
    assert page.count('<div class="language-bash highlight"><pre><code>') >= 5
    assert '<div class="language-promql highlight"><pre><code>' in page
    assert re.sub(r"<[^>]+>", "", page).count("You should see") == 2


def test_the_neighbours_of_a_runbook_are_its_services_practices_and_other_runbooks(trial_site: Path) -> None:
    related = page_of(trial_site, "runbooks/trial").split('class="ob-related"')[1].split("</nav>")[0]
    assert re.findall(r'<a href="([^"]+)">([^<]+)<', related) == [
        ("../../services/cart/", "Cart &amp; &lt;basket&gt;"),
        ("../other/", "Other"),
        ("../../practices/one/first/", "First"),
    ]
    assert ">Trial &lt;b&gt;loop" in page_of(trial_site, "practices/one/first").split('class="ob-related"')[1]


def test_the_list_has_every_runbook_under_its_system_with_what_is_searched_for(trial_site: Path) -> None:
    page = page_of(trial_site, "runbooks")
    assert re.findall(r"<h2>([^<]+)</h2>", page) == ["One", "Everything else"]
    rows = re.findall(r'<li data-ob-row data-services="([^"]*)" data-severity="(\w+)" data-owner="(\w+)">', page)
    assert rows == [("cart", "critical", "team"), ("cart", "info", "team")]
    assert "<code>TrialLooping</code>" in page
    assert "exit code 137" in page


def test_each_alert_leads_to_its_runbook(trial_site: Path) -> None:
    page = page_of(trial_site, "alerts/TrialLooping")
    assert '<a href="../../runbooks/trial/" data-ob-redirect>Trial &lt;b&gt;loop&lt;/b&gt; &amp; *stars*</a>' in page
    assert '<noscript><meta http-equiv="refresh" content="0; url=../../runbooks/trial/"></noscript>' in page
    assert '<script src="../../assets/opsbook/redirect.js" defer></script>' in page
    assert (trial_site / "assets/opsbook/redirect.js").is_file()
    assert page_of(trial_site, "alerts/OtherDown").count("../../runbooks/other/") == 3


def test_the_list_of_alerts_says_what_their_rules_say(trial_site: Path) -> None:
    page = page_of(trial_site, "alerts")
    rows = re.findall(r'<tr data-severity="([^"]*)".*?<code>(\w+)</code>.*?</tr>', page, re.DOTALL)
    assert rows == [("info", "OtherDown"), ("warning", "TrialLooping"), ("critical", "TrialWaiting")]
    assert page.count("<code>runbooks/rules/trial.yml</code>") == 2
    assert page.count("kept elsewhere") == 1


def test_a_redirect_holds_no_script_of_its_own_and_escapes_what_it_says() -> None:
    page = redirect_page(Redirect("alerts/A/", "runbooks/x.md#step", title='A"<b>', linked="<i>"), SiteLanguage())
    assert isinstance(page, Asset)
    assert page.path == "alerts/A/index.html"
    assert f'href="{link_to("runbooks/x.md#step")}"' in str(page.content)
    assert "<title>A&#34;&lt;b&gt;</title>" in str(page.content)
    assert re.findall(r"<script[^>]*>[^<]+", str(page.content)) == []


def test_a_former_id_leads_to_the_present_page(tmp_path: Path) -> None:
    checklist = """\
title: Renamed
owners: [{id: team, title: The team}]
areas:
  - id: new-area
    title: New area
    aliases: [old-area]
    owner: team
    groups:
      - id: new-group
        title: New group
        aliases: [old-group]
        items: [{id: new-item, title: New item, aliases: [old-item]}]
phases: [{id: new-phase, title: New phase, aliases: [old-phase], goals: [{title: Goal, items: [new-area]}]}]
"""
    site = built(write(tmp_path, {"checklist.yml": checklist, "services.yml": SERVICES}))
    leads = {
        "practices/old-area": "../new-area/",
        "practices/old-area/new-item": "../../new-area/new-item/",
        "practices/old-area/old-item": "../../new-area/new-item/",
        "practices/new-area/old-item": "../new-item/",
        "roadmap/old-phase": "../new-phase/",
        "services/basket": "../cart/",
    }
    for former, present in leads.items():
        assert f'<a href="{present}" data-ob-redirect>' in page_of(site, former), former
    for former, present in (("old-area", "new-area"), ("old-phase", "new-phase")):
        for kind in ("svg", "json"):
            assert (site / f"badges/{former}.{kind}").read_bytes() == (site / f"badges/{present}.{kind}").read_bytes()
    assert 'id="old-group"' in page_of(site, "practices/new-area")


def test_a_service_shows_whom_to_call_and_what_it_promises(trial_site: Path) -> None:
    page = page_of(trial_site, "services/cart")
    assert "Cart &#38; &#60;basket&#62;" in page or "Cart &amp; &lt;basket&gt;" in page
    assert "<li>no data lost (RPO)</li>" in page
    assert "<strong>99.9%</strong> over 30d: 43 min of error budget." in page
    assert "<strong>The team</strong> · after 15 minutes without an answer. Again." in page
    assert '<a href="../../runbooks/trial/">' in page
    assert '<a href="../../alerts/TrialLooping/">' in page
    assert ("ob-command--block", '1 - sum(rate(http_requests_total{code=~"5.."}[5m]))') in Texts(page).found
    related = page.split('class="ob-related"')[1]
    assert ">Depends on<" in related
    assert '<a href="../redis/">Redis</a>' in related
    assert '<a href="../cart/">' in page_of(trial_site, "services/redis").split(">Needed by<")[1]


def test_a_site_without_runbooks_has_no_list_of_them_and_no_way_there(tmp_path: Path) -> None:
    site = built(write(tmp_path, {}))
    for address in ("runbooks", "alerts", "services", "post-mortems"):
        assert not (site / address).exists(), address
    assert "In an incident?" not in (site / "index.html").read_text("utf-8")


def test_what_a_runbook_names_and_nobody_declares_has_a_position(tmp_path: Path) -> None:
    text = TRIAL.replace("owner: team", "owner: taem").replace("[first]", "[frist]").replace("[cart]", "[card]")
    text = text.replace("](other.md#look)", "](otter.md)")
    files = {
        "runbooks/trial.md": text,
        "runbooks/other.md": OTHER.replace("alerts: [OtherDown]", "alerts: [TRIALLOOPING]"),
    }
    assert problems(write(tmp_path, {**FILES, **files, "runbooks/rules/trial.yml": "groups: []\n"})) == [
        "runbooks/trial.md:5:10: the alert `TrialLooping` is already used in runbooks/other.md; "
        "an alert leads to one runbook",
        "runbooks/trial.md:7:12: no service has the id `card`; did you mean `cart`?",
        "runbooks/trial.md:9:8: no owner has the id `taem`; did you mean `team`?",
        "runbooks/trial.md:12:9: no item of the checklist has the id `frist`; did you mean `first`?",
        "runbooks/trial.md:29:59: no runbook has the id `otter`; did you mean `other`? (dead-link)",
    ]


def test_the_list_of_runbooks_keeps_its_address(tmp_path: Path) -> None:
    files = {"runbooks/index.md": OTHER.replace("id: other", "id: index").replace("trial.md", "index.md")}
    assert problems(write(tmp_path, {**FILES, **files}))[:1] == [
        "runbooks/index.md:2:5: `index` is the address of the list of runbooks; rename it",
    ]


def test_the_alert_names_and_symptoms_are_in_the_search(trial_site: Path) -> None:
    page = next(entry for entry in search_entries(trial_site) if entry["location"] == "runbooks/trial/")
    assert page["tags"] == ["TrialLooping", "TrialWaiting"]
    assert (page["boost"], page["trouble"]) == (2, True)
    assert "137" in page["words"]


def test_an_output_has_no_frame_that_asks_to_be_copied(trial: Runbook) -> None:
    output = next(command.output for _, command in trial.commands if command.output)
    assert "data-ob-command" not in output_html(output, SiteLanguage())
    assert html.unescape(str(output_html(output, SiteLanguage()))).count("*OOMKilled* <none>") == 1
