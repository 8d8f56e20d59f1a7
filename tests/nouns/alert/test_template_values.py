"""What the actions of a Helm template print, as far as the template and `values.yaml` say it."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from opsbook.nouns.alert.rules import parse_rules, read_rules
from opsbook.nouns.alert.template_values import printed_texts
from opsbook.source.yaml import compose_yaml

RULES = Path(__file__).parent / "rules"
VALUES = """\
common: &common {url: https://books.example.org/}
rules:
  <<: *common
  prefix: Shop
  limit: 3
  empty: ""
  nothing: null
  list: [a]
"""


def values() -> yaml.Node:
    (node,) = compose_yaml(VALUES)
    return node


@pytest.mark.parametrize(
    ("action", "text"),
    [
        ('{{ "a" }}', "a"),
        ("{{- `a` -}}", "a"),
        ('{{ "\\u00e9\\"" }}', 'é"'),
        ('{{ "\\x41" }}', None),
        ("{{ .Values.rules.prefix }}", "Shop"),
        ("{{ $.Values.rules.url }}", "https://books.example.org/"),
        ("{{ .Values.rules.limit }}", "3"),
        ("{{ .Values.rules.empty }}", ""),
        ("{{ .Values.rules.nothing }}", None),
        ("{{ .Values.rules.missing }}", None),
        ("{{ .Values.rules.list }}", None),
        ("{{ .Values.rules }}", None),
        ("{{ .Values.rules.prefix.deeper }}", None),
        ('{{ .Values.rules.missing | default "x" }}', "x"),
        ('{{ default "x" .Values.rules.nothing }}', "x"),
        ('{{ .Values.rules.empty | default "x" | quote }}', "x"),
        ('{{ default "x" .Values.rules.prefix }}', "Shop"),
        ('{{ default "x" .Values.rules.list }}', None),
        ('{{ printf "%s-%v 100%%" .Values.rules.prefix "b" }}', "Shop-b 100%"),
        ('{{ printf "%d" .Values.rules.limit }}', None),
        ('{{ printf "%s" }}', None),
        ('{{ printf "%s/x" (trimSuffix "/" .Values.rules.url) | lower }}', "https://books.example.org/x"),
        ('{{ .Values.rules.url | trimSuffix "/" | trimPrefix "https://" | upper }}', "BOOKS.EXAMPLE.ORG"),
        ('{{ required "a prefix" .Values.rules.prefix | squote }}', "Shop"),
        ("{{ tpl .Values.rules.prefix . }}", None),
        ("{{ tpl .Values.rules.prefix $ }}", None),
        ('{{ include "shop.name" . }}', None),
        ("{{ .name }}", None),
        ("{{ $unset }}", None),
        ("{{ lower }}", None),
        ("{{ }}", None),
        ("{{/* a note */}}", ""),
        ("{{ & }}", None),
        ("{{ " + "(" * 5_000 + " }}", None),
    ],
)
def test_an_action_prints_what_is_said_literally(action: str, text: str | None) -> None:
    assert printed_texts([action], values()) == (text,)


def test_a_value_is_not_known_without_the_values_of_the_chart() -> None:
    assert printed_texts(["{{ .Values.a }}", '{{ .Values.a | default "x" }}', '{{ "a" }}'], None) == (None, None, "a")


@pytest.mark.parametrize(
    ("actions", "last"),
    [
        (['{{ $x := "a" }}', "{{ $x }}"], "a"),
        (['{{ $x := "a" }}', '{{ $x = "b" }}', "{{ $x }}"], "b"),
        (["{{ $x := .Values.rules }}", "{{ $x.prefix }}"], "Shop"),
        (['{{ $x := "a" }}', "{{ $x.prefix }}"], None),
        (["{{ if .a }}", '{{ $x := "a" }}', "{{ end }}", "{{ $x }}"], None),
        (['{{ $x := "a" }}', "{{ if .a }}", '{{ $x = "b" }}', "{{ $x }}"], "b"),
        (['{{ $x := "a" }}', "{{ if .a }}", '{{ $x = "b" }}', "{{ end }}", "{{ $x }}"], None),
        (['{{ $x := "a" }}', "{{ if .a }}", '{{ $x := "b" }}', "{{ else if .b }}", "{{ $x }}"], "a"),
        (['{{ $x := "a" }}', "{{ if eq $x .b }}", "{{ $x }}"], "a"),
        (['{{ $x := "a" }}', "{{ range $x }}", "{{ $x }}"], "a"),
        (['{{ $x := "a" }}', "{{ range $i, $x := .l }}", "{{ $x }}"], None),
        (['{{ $x := "a" }}', "{{ range $i, $x := .l }}", "{{ end }}", "{{ $x }}"], "a"),
        (["{{ with $x := .Values.rules }}", "{{ $x.prefix }}"], "Shop"),
        (["{{ end }}", "{{ end }}", '{{ $x := "a" }}', "{{ $x }}"], "a"),
        (['{{ $x = "a" }}', "{{ $x }}"], "a"),
    ],
)
def test_a_variable_holds_what_was_set_before_in_its_block(actions: list[str], last: str | None) -> None:
    assert printed_texts(actions, values())[-1] == last


def test_names_and_links_of_a_template_are_those_that_it_prints() -> None:
    file = parse_rules((RULES / "helm-variables.yaml").read_text("utf-8"), "r.yaml", values())
    assert [(alert.name, alert.span.line, alert.url) for alert in file.alerts] == [
        ("ShopDown", 7, "https://books.example.org/shopdown"),
        ("QueueDeep", 13, None),
        ("ShopDown", 16, None),
    ]
    assert file.alerts[0].expression == 'up{job="{{ .Release.Name }}"} == 0'
    names = [alert.name for alert in read_rules(RULES / "helm-variables.yaml", "r.yaml").alerts]
    assert names == ["{{ $alert }}", "QueueDeep", "{{ $alert | quote }}"]


def test_the_values_of_a_chart_are_looked_for_up_to_its_folder(tmp_path: Path) -> None:
    rule = "groups: [{rules: [{alert: '{{ .Values.name }}', expr: up}]}]\n"
    files = {
        "values.yaml": "name: Above\n",
        "a/Chart.yaml": "",
        "a/templates/deep/r.yaml": rule,
        "b/templates/r.yaml": rule,
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")

    def printed(path: str) -> str:
        return read_rules(tmp_path / path, path).alerts[0].name

    assert (printed("a/templates/deep/r.yaml"), printed("b/templates/r.yaml")) == ("{{ .Values.name }}", "Above")
    (tmp_path / "a/values.yaml").write_text("name: Near\n", "utf-8")
    assert printed("a/templates/deep/r.yaml") == "Near"
