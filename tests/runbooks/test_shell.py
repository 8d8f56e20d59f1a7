from __future__ import annotations

from pathlib import Path

import pytest

from opsbook.problems import Severity
from opsbook.runbooks.model import Quoting
from opsbook.runbooks.shell import scan_shell
from opsbook.runbooks.shellcheck import ShellParser
from programs import program


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
    ],
)  # fmt: skip
def test_what_a_block_assigns_itself_is_known(code: str, assigned: set[str]) -> None:
    assert scan_shell(code).assigned == assigned


@pytest.mark.parametrize("hostile", ['"$(' * 20_000, "`" * 30_001, "${" * 20_000, "$((" * 20_000, "<<A" * 20_000])
def test_hostile_commands_end(hostile: str) -> None:
    assert scan_shell(hostile).references == ()


def test_every_offset_of_a_variable_is_that_of_its_text() -> None:
    code = 'é=1; kubectl -n "$NS" get pod "${POD}" # $NO\ncat <<EOF\n$NS\nEOF'
    found = [code[reference.start : reference.end] for reference in scan_shell(code).references]
    assert found == ["$NS", "${POD}", "$NS"]


def test_all_commands_go_through_one_parser_and_keep_their_remarks(tmp_path: Path) -> None:
    codes = ["ls", "if true", 'echo "unclosed', "cat $x"]
    parser = ShellParser(program("shellcheck"), cache=tmp_path / "cache")
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
    # A parser that does not exist could not answer: what is kept does.
    assert ShellParser("/nowhere/shellcheck", cache=tmp_path / "cache").remarks(codes) == remarks


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
