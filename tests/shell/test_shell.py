from __future__ import annotations

from pathlib import Path

import pytest

from external_programs import program
from opsbook.nouns.runbook.shellcheck import ShellParser
from opsbook.problems import Severity
from opsbook.shell.quoting import Quoting
from opsbook.shell.shell import scan_shell


def names(code: str) -> list[tuple[str, Quoting, bool]]:
    return [(reference.name, reference.quoting, reference.plain) for reference in scan_shell(code).references]


BARE, DOUBLE, HEREDOC = Quoting.BARE, Quoting.DOUBLE, Quoting.HEREDOC


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("echo $A", [("A", BARE, True)]),
        ('echo "$A" "x-${B}-y"', [("A", DOUBLE, True), ("B", DOUBLE, True)]),
        ("echo '$A' \\$B '${C}'", []),
        ('echo "\\$A \\"$B\\""', [("B", DOUBLE, True)]),
        ('echo "$(kubectl get "$A" | grep $B)"', [("A", DOUBLE, True), ("B", BARE, True)]),
        ("echo `cat \"$A\"` $'it\\'s $B'", [("A", DOUBLE, True)]),
        ("echo hi # $A\nls $B", [("B", BARE, True)]),
        ("echo a#$A", [("A", BARE, True)]),
        ('echo "${A%-*}" "${#B}"', [("A", DOUBLE, False), ("B", DOUBLE, False)]),
        ('echo "${C:-$D}"', [("C", DOUBLE, False), ("D", DOUBLE, True)]),
        ("cat <<EOF\n$A '$B' \\$C\nEOF\necho $D", [("A", HEREDOC, True), ("B", HEREDOC, True), ("D", BARE, True)]),
        ("cat <<'EOF'\n$A\nEOF\necho \"$D\"", [("D", DOUBLE, True)]),
        ("cat <<-EOF >\"$F\"\n\t$A\n\tEOF\n", [("F", DOUBLE, True), ("A", HEREDOC, True)]),
        ("cat <<<\"$A\"", [("A", DOUBLE, True)]),
        ("echo \"$((A + $B))\"", [("A", DOUBLE, False), ("B", DOUBLE, True)]),
        ("jq '.x[] | select(.y == $z)' | awk '{print $1}'", []),
        ("echo $? $1 $@ $$ \"$!\" cost 5$", []),
        ("echo \"${A[@]}\" \"${!B}\"", [("A", DOUBLE, False), ("B", DOUBLE, False)]),
        ("echo 'never closed $A", []),
        ('echo "never closed $A', [("A", DOUBLE, True)]),
    ],
)  # fmt: skip
def test_variables_are_found_with_what_stands_around_them(code: str, expected: object) -> None:
    assert names(code) == expected


@pytest.mark.parametrize(
    ("code", "assigned"),
    [
        ("A=1 B=2 cmd", {"A", "B"}),
        ("pod=\"$(kubectl get)\"\necho \"$pod\"", {"pod"}),
        ("kubectl set env deployment/x \\\n  A=1", set()),
        ("kubectl set env deployment/x A=1", set()),
        ("for node in a b; do echo \"$node\"; done", {"node"}),
        ("cmd | while IFS= read -r name age; do echo; done", {"IFS", "name", "age"}),
        ("mapfile -t pods < <(kubectl get)", {"pods"}),
        ("printf -v text '%s' x; local y=1; export Z", {"text", "y", "Z"}),
        ("if true; then x=1; fi", {"x"}),
        ("echo 'A=1' # B=2", set()),
        ("if [[ a == b ]]; then\n  x=1\nfi; $([[ a ]]&&y=1); ([[ a ]]); z=1", {"x", "y", "z"}),
        ('pods=("$NAMESPACE" b)\necho "${pods[@]}"', {"pods"}),
        ("pods=(a b); more+=(c) none=()", {"pods", "more", "none"}),
        ("pods=(\n  a # one\n  $(kubectl get)\n)\nx=1", {"pods", "x"}),
        ("if true; then pods=(a); fi; function f { x=(1); }", {"pods", "x"}),
        ("case a in\n  a) x=(1 2) ;;\nesac", {"x"}),
        ("f() { local -a x=(a b); declare -A m=([a]=b [c]=\"d\"); }", {"x", "m"}),
        ("x[1]=a; y[$i]+=b; z=([1]=a)", {"x", "y", "z"}),
        ("IFS=, read -ra x; read -r \"a\" b; mapfile -t \"lines\" < <(ls)", {"IFS", "x", "a", "b", "lines"}),
        ("for ((i=0; i<3; i++)); do :; done; for (( j = 0; ; )); do :; done", {"i", "j"}),
        ("((n++)); (( m += 1 )); echo $((o=1)) $((--p)) $((q == 1)); let r=1 \"s = 2\"", {*"nmoprs"}),
        (': "${x:=1}" ${y=2} ${z:-3}', {"x", "y"}),
        ("select s in a b; do :; done; while getopts ab: opt; do :; done", {"s", "opt"}),
        ("coproc P { cat; }; exec {fd}>file; wait -n -p pid; printf -v \"x\" a", {"P", "fd", "pid", "x"}),
    ],
)  # fmt: skip
def test_what_a_block_assigns_itself_is_known(code: str, assigned: set[str]) -> None:
    assert scan_shell(code).assigned == assigned


@pytest.mark.parametrize(
    "hostile",
    ['"$(' * 20_000, "`" * 30_001, "${" * 20_000, "$((" * 20_000, "<<A" * 20_000, "(" * 20_000 + ") " * 20_000],
)
def test_hostile_commands_end(hostile: str) -> None:
    assert scan_shell(hostile).references == ()


def test_every_offset_of_a_variable_is_that_of_its_text() -> None:
    code = 'é=1; kubectl -n "$NS" get pod "${POD}" # $NO\ncat <<EOF\n$NS\nEOF'
    found = [code[reference.start : reference.end] for reference in scan_shell(code).references]
    assert found == ["$NS", "${POD}", "$NS"]


def test_all_commands_go_through_one_parser_and_keep_their_remarks(tmp_path: Path) -> None:
    codes = ["ls", "if true", 'echo "unclosed', "cat $x"]
    started, counted = tmp_path / "started", tmp_path / "shellcheck"
    counted.write_text(f'#!/bin/sh\necho >> {started}\nexec {program("shellcheck")} "$@"\n', encoding="utf-8")
    counted.chmod(0o755)
    parser = ShellParser(str(counted), cache=tmp_path / "cache")
    remarks = parser.remarks(codes)
    # Which of the SC1… says it best differs between versions; that it is one does not.
    assert {code: [remark.rule[:3] for remark in found] for code, found in remarks.items()} == {
        "ls": [],
        "if true": ["SC1"],
        'echo "unclosed': ["SC1"],
        "cat $x": ["SC2"],
    }
    assert remarks["if true"][0].severity is Severity.ERROR
    assert len(list((tmp_path / "cache").iterdir())) == 1
    before = started.read_text("utf-8")
    assert parser.remarks(codes) == remarks
    assert started.read_text("utf-8") == before
    counted.write_text(counted.read_text("utf-8") + "# another version\n", encoding="utf-8")
    assert parser.remarks(codes) == remarks
    assert len(started.read_text("utf-8")) > len(before)


def test_a_spoilt_cache_is_read_anew(tmp_path: Path) -> None:
    parser = ShellParser(program("shellcheck"), cache=tmp_path)
    first = parser.remarks(["if true"])
    (kept,) = tmp_path.iterdir()
    kept.write_bytes(kept.read_bytes().replace(b"SC1", b"SC9"))
    assert parser.remarks(["if true"]) == first


def test_bash_parses_where_shellcheck_is_missing() -> None:
    remarks = ShellParser("/bin/bash", is_bash=True).remarks(["ls", "for x in a; do\necho"])
    assert remarks["ls"] == ()
    (remark,) = remarks["for x in a; do\necho"]
    assert (remark.rule, remark.severity) == ("shell", Severity.ERROR)
    assert "syntax error" in remark.message
    assert remark.line == 2


NESTED = {
    "echo $(": ")", 'echo "$(': ')"', "echo ${a:-": "}", 'echo "${a:-': '}"', "echo $((": "))", "( ": ")", "((": "))",
    "{ ": "; }", "cat <(": ")", "[[ ( ": " ) ]]", "x=(": ")", "x[a": "]=1", "echo $[": "]", "echo {a,": "}",
    "echo $( echo ${a:-": "})", "case a in a) echo $(": ") ;; esac", "cat <<E\n$(": ")\nE\n", "f() { ": "; }",
}  # fmt: skip


def test_text_that_is_nested_deep_is_a_problem_and_is_not_parsed() -> None:
    codes = [f"{forms} $NAMESPACE" for forms in ("echo `$(" * 10, "echo $(( $(" * 10)]
    codes += [opened * 40 + "date" + closed * count for opened, closed in NESTED.items() for count in (40, 0)]
    # A parser that does not exist shows that nothing is given to it.
    remarks = ShellParser("/nowhere/shellcheck").remarks(codes)
    said = "substitutions more than 8 deep inside each other; write it in steps"
    assert {code for code in codes if [remark.message for remark in remarks[code]] != [said]} == set()
    (remark,) = remarks["echo $(" * 40 + "date"]
    assert (remark.line, remark.column, remark.severity) == (1, 9 * len("echo $("), Severity.ERROR)
    (remark,) = ShellParser("/nowhere/shellcheck").remarks(["ls\nls " + "$(" * 9])["ls\nls " + "$(" * 9]
    assert (remark.line, remark.column) == (2, 21)


def test_text_that_is_nested_less_deep_is_parsed() -> None:
    honest = 'a="$(echo "$(dirname "$(readlink -f "$(command -v sh)")")")"; f() { (ls "${a:-${b:-c}}"); }'
    quoted = "grep ':(' a\n" * 20 + "echo '((((((((((' \\( # {{{{{{{{{{\n"
    assert ShellParser(program("shellcheck")).remarks([honest, quoted]).keys() == {honest, quoted}


def test_a_parser_that_does_not_end_is_ended_and_its_text_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("opsbook.shell.shell_run.SECONDS_FOR_ALL", 1)
    monkeypatch.setattr("opsbook.shell.shell_run.SECONDS_FOR_ONE", 0.5)
    slow = tmp_path / "shellcheck"
    slow.write_text("#!/bin/sh\ngrep -q slow *.sh && exec sleep 100\necho '{\"comments\": []}'\n", encoding="utf-8")
    slow.chmod(0o755)
    remarks = ShellParser(str(slow), cache=tmp_path / "cache").remarks(["ls", "slow"])
    assert remarks["ls"] == ()
    assert [remark.message for remark in remarks["slow"]] == [
        "shellcheck takes longer than 10 s for this; write it in steps"
    ]
    slow.write_text("#!/bin/sh\necho '{\"comments\": []}'\n", encoding="utf-8")
    assert ShellParser(str(slow), cache=tmp_path / "cache").remarks(["slow"]) == {"slow": ()}
