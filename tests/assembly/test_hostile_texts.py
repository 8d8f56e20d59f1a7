"""Text that hides, or that ended in a traceback: a sentence with its place in every kind of file."""

from __future__ import annotations

from pathlib import Path

import pytest

from opsbook.nouns.alert.alert_problems import read_folder
from opsbook.nouns.api.load import parse_api
from opsbook.nouns.drawing.load import load_drawings
from opsbook.nouns.kind import Project
from opsbook.nouns.post_mortem.load import load as load_post_mortems
from opsbook.nouns.runbook.load import load_runbooks
from opsbook.problems import ProblemsError
from opsbook.source.text import decode
from small_site import CHECKLIST, check, refused, write

HIDDEN = ("\x00", "\x1b", "\x85", "\xad", "\u200b", "\u202e", "\u2028", "\u2066", "\u2064", "\ufdd0", "\U000e0041")
"""One of each kind; what each is called is tested beside the judge of characters."""

RULES = "groups:\n- name: g\n  rules:\n  - alert: A\n    expr: up\n    annotations: {{summary: {}}}\n"
DRAWING = "from diagrams import Diagram, Node\n\nwith Diagram({title}):\n    Node({label})\n"
KINDS = {
    "services.yml": "services: [] # {}\n",
    "docs/glossary.yml": "terms:\n  - term: a\n    meaning: {}\n",
    "docs/page.md": "Text {}\n",
    "docs/practices/one/first.md": "## Why it matters\n\n{}\n",
    "docs/onboarding/developer.md": "---\ntitle: {}\n---\n",
    "docs/templates/mail.md": "Hello {}\n",
    "docs/api/shop.yml": "openapi: 3.1.0\ninfo: {{title: {}, version: '1'}}\n",
    "post-mortems/2026-01-01-a.md": "---\ntitle: {}\n---\n",
    "runbooks/a.md": "---\ntitle: {}\n---\n",
    "runbooks/rules/a.yml": RULES,
    "runbooks/rules/b.tpl": "{{{{- if .Values.x }}}}\n" + RULES + "{{{{- end }}}}\n",
    "diagrams/a.py": "# {}\n",
    "macros/main.py": '"""{}"""\n',
}


def test_each_hidden_character_is_refused_in_each_kind_of_file_at_its_place(tmp_path: Path) -> None:
    write(tmp_path, {})
    for character in HIDDEN:
        for name, text in KINDS.items():
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name).write_text(text.format(f"ab{character}c"), "utf-8")
        expected = set()
        for name, text in KINDS.items():
            before = text.format("ab\0c").split("\0")[0].split("\n")
            expected.add(f"{name}:{len(before)}:{len(before[-1]) + 1}")
        said = [line for line in check(tmp_path)[1] if f"U+{ord(character):04X} is not allowed; remove it" in line]
        assert {line.split(": ")[0] for line in said} == expected
        wrong = CHECKLIST.replace("title: First", f"title: F{character}")
        with pytest.raises(ProblemsError) as caught:
            decode(wrong.encode(), "checklist.yml")
        assert str(caught.value).startswith("checklist.yml:11:17: the ")


def test_what_escapes_bring_in_is_screened_too(tmp_path: Path) -> None:
    folder = tmp_path / "rules"
    folder.mkdir()
    (folder / "a.yml").write_text(RULES.format('"a\\u202eb"') + '    labels: {x: "a\\e"}\n', "utf-8")
    assert [str(each) for each in read_folder(folder, "rules")[1]] == [
        "rules/a.yml:6:28: in this text the bidirectional control U+202E is not allowed; remove it",
        "rules/a.yml:7:17: in this text the control character U+001B is not allowed; remove it",
    ]


@pytest.mark.parametrize("escape", [r"\x02", r"\x1b", r"\u202e", r"\u200b", r"\ud800", r"\ufdd0", r"\x00"])
def test_what_a_script_brings_into_its_drawing_is_screened(tmp_path: Path, escape: str) -> None:
    (tmp_path / "diagrams").mkdir()
    scripts = {"title": (f"'a{escape}'", "'b'", 3), "label": ("'a'", f"'b{escape}'", 4)}
    for name, (title, label, _) in scripts.items():
        (tmp_path / "diagrams" / f"{name}.py").write_text(DRAWING.format(title=title, label=label), "utf-8")
    drawings, found = load_drawings(tmp_path)
    assert drawings == ()
    said = sorted((each.path, each.line) for each in found)
    assert said == [("diagrams/label.py", 4), ("diagrams/title.py", 3)]
    assert all(each.message.endswith("is not allowed; remove it") for each in found)


def test_bytes_that_are_no_text_have_their_place(tmp_path: Path) -> None:
    for folder in ("rules", "diagrams"):
        (tmp_path / folder).mkdir()
    (tmp_path / "rules" / "a.yml").write_bytes(b"a: b\nc: caf\xe9\n")
    (tmp_path / "diagrams" / "a.py").write_bytes(b"a = 1\nb = '\x00'\n")
    assert [str(each) for each in read_folder(tmp_path / "rules", "rules")[1]] == [
        "rules/a.yml:2:7: byte 0xe9 is not UTF-8; save the file as UTF-8"
    ]
    assert [str(each) for each in load_drawings(tmp_path)[1]] == [
        "diagrams/a.py:2:6: the control character U+0000 is not allowed; remove it"
    ]


@pytest.mark.parametrize("text", ["Just text.", "# Title", "", "\n\n", "text\n# A\n"])
def test_a_guide_or_a_post_mortem_without_sections_is_told_which_it_has(tmp_path: Path, text: str) -> None:
    write(tmp_path, {"docs/practices/one/first.md": text})
    code, said = check(tmp_path)
    assert code == 0
    assert len(said) == 5
    assert said[0].startswith("docs/practices/one/first.md:1:1: warning: no section `## How to do it`; a guide has: ")
    header = "---\ntitle: T\nseverity: sev2\ntimes: {started: 2026-01-01T10:00Z}\n---\n\n"
    write(tmp_path, {"post-mortems/2026-01-01-a.md": header + text})
    told = load_post_mortems(Project(tmp_path, tmp_path / "docs")).problems
    assert "the section `## Summary` is missing; it is required" in "\n".join(map(str, told))


@pytest.mark.parametrize("day", ["9999-12-31", "9001-01-01"])
def test_a_review_at_the_end_of_time_is_refused(tmp_path: Path, day: str) -> None:
    front = f"id: a\ntitle: T\nsummary: S\nseverity: info\nowner: team\nreviewed: {day}\n"
    (tmp_path / "a.md").write_text(f"---\n{front}---\n", "utf-8")
    said = [str(each) for each in load_runbooks(tmp_path, "runbooks").problems]
    assert f"runbooks/a.md:7:11: `{day}` is too far away; allowed: a day up to 9000-12-31" in said


OPENAPI = "openapi: 3.0.3\ninfo: {title: T, version: '1'}\npaths:\n  /a:\n    get:\n"
ANSWER = "      responses: {'200': {description: D%s}}\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (OPENAPI + "      parameters:\n        -\n" + ANSWER % "", "7:10: this is empty; allowed: "),
        (OPENAPI + ANSWER % ", headers: {X-A: 5}", "6:58: `5` is a number; allowed: "),
        ("$ref: '#/info'\n" + OPENAPI + ANSWER % "", "1:7: `#/info` is no schema; none is declared"),
        (
            OPENAPI + ANSWER % ", content: {a/b: {schema: {$ref: '#/x-a'}}}" + "x-a: {allOf: 5}\n",
            "6:74: `#/x-a` is no schema; none is declared",
        ),
        (
            OPENAPI.replace("/a:\n", "/b: {$ref: '#/paths/x-a'}\n  x-a: text\n  /a:\n") + ANSWER % "",
            "4:14: `#/paths/x-a` is of another kind",
        ),
    ],
)
def test_what_an_interface_holds_at_odd_places_is_told(text: str, expected: str) -> None:
    with pytest.raises(ProblemsError) as caught:
        parse_api(text, "docs/api/a.yml", "a")
    assert f"docs/api/a.yml:{expected}" in str(caught.value)


def test_a_schema_that_is_a_part_of_itself_comes_to_an_end() -> None:
    schemas = "".join(
        f"    S{number}: {{allOf: [{{$ref: '#/components/schemas/S{(number + 1) % 40}'}}] }}\n" for number in range(40)
    )
    doubling = "".join(
        f"        p{number}: {{properties: {{a: {{$ref: '#/components/schemas/T/properties/p{number + 1}'}}, "
        f"b: {{$ref: '#/components/schemas/T/properties/p{number + 1}'}}}}}}\n"
        for number in range(30)
    )
    text = OPENAPI + ANSWER % "" + f"components:\n  schemas:\n{schemas}    T:\n      properties:\n{doubling}"
    assert len(parse_api(text + "        p30: {type: string}\n", "docs/api/a.yml", "a").schemas) == 41


def test_a_former_id_is_no_address_of_another_page(tmp_path: Path) -> None:
    header = (
        "---\ntitle: T\nseverity: sev2\ndraft: true\ntimes: {{started: {day}T10:00Z}}\naliases: [{aliases}]\n---\n\n"
    )
    sections = (
        "Summary|Impact|Timeline|Contributing factors|Trigger|Detection|Resolution|What went well|What went badly"
    )
    body = "".join(f"## {name}\n\n" for name in f"{sections}|Where we were lucky|Actions".split("|"))
    files = {
        "2026-01-01-a": header.format(day="2026-01-01", aliases="actions, 2026-01-02-b, old"),
        "2026-01-02-b": header.format(day="2026-01-02", aliases="old"),
    }
    write(tmp_path, {f"post-mortems/{name}.md": text + body for name, text in files.items()})
    assert refused(tmp_path) == [
        "post-mortems/2026-01-01-a.md:6:11: `actions` is the address of a page that the site makes itself; rename it",
        "post-mortems/2026-01-01-a.md:6:20: the id `2026-01-02-b` is already used in post-mortems/2026-01-02-b.md; "
        "ids are unique",
        "post-mortems/2026-01-02-b.md:6:11: the id `old` is already used in post-mortems/2026-01-01-a.md; "
        "ids are unique",
    ]
