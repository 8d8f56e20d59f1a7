"""What the shell computes: where it ends, which words in it are variables, and what the commands in it are given."""

from __future__ import annotations

import pytest

from opsbook.shell.quoting import Quoting
from opsbook.shell.shell import scan_shell
from shell_variables import read_by_shfmt, read_by_us

HARD = [
    """echo "$(( $(jq '[.items[] | select(.n == "$NAMESPACE")] | length' pods.json) * 2 ))\"""",
    """echo "$(( $(kubectl get NAMESPACE | wc -l) + 1 ))" "$NAMESPACE\"""",
    'echo "$(( $(kubectl get "$A" | wc -l) + B + $C + ${D} + ${E:-1} + ${#F} ))" $G',
    'echo $(( $(echo "))") + $(echo \')) $A\') + $(echo \\)\\)) + 1 )) "$Z"',
    "x=$(( 16#ff + 0xab + 2#101 + a1 + 1e ))",
    "(( x += $(date +%s) )) && echo $x",
    "echo $(( $(awk '{s += $1; t++} END {print s}' f) / 2 ))",
    "echo $( (ls $A) ) $((B))",
    'for ((i=0; i<$N; i++)); do echo "$i"; done',
    'echo $(( $(( A + $(( B )) )) * $(echo "$C" | wc -l) ))',
    "echo $(( `echo $A` + 1 )) $B",
    'echo "$(( $(case $X in a) echo 1;; (b|c) ls;; esac) + 1 ))" "$Y"',
    "echo $(( $(cat <<EOF\n$A )) '\nEOF\n) + 1 )) $B",
    "echo $(( $(ls # ))\n) + A )) $B",
    "echo $(( x = y, z ? (p) : -q ))",
    'if (( $(kubectl get pods -n "$NS" | wc -l) > MAX )); then echo "$NS"; fi',
    'echo "a ) $(( "$A" + (B) )) \\" ) $C"',
    "echo é $(( A + 1 )) 'é )' $B",
    "echo $(( ${A:-$(ls \"$B\" ')')} + C ))",
]


@pytest.mark.parametrize("code", HARD)
def test_the_variables_are_those_that_shfmt_reads(code: str) -> None:
    assert read_by_us(code) == read_by_shfmt(code)


def test_brackets_of_subshells_are_not_computed() -> None:
    assert read_by_us('echo $((ls a) | (wc "$B")) $C') == {("B", 21), ("C", 27)}


def test_a_command_in_what_is_computed_is_read_as_any_other() -> None:
    text = scan_shell(HARD[0])
    assert [HARD[0][start:end] for start, end in text.single_quoted] == [
        """'[.items[] | select(.n == "$NAMESPACE")] | length'"""
    ]
    assert text.references == ()
    (reference,) = scan_shell(HARD[1]).references
    assert (reference.start, reference.writing) == (HARD[1].rindex("$NAMESPACE"), Quoting.DOUBLE)


def test_a_value_whose_print_is_computed_holds_no_brackets() -> None:
    (reference,) = scan_shell('echo "$(( $(kubectl --namespace "$NAMESPACE" get pods | wc -l) + 1 ))"').references
    assert (reference.reader, reference.writing) == ("the shell's arithmetic", Quoting.PLAIN)
    (reference,) = scan_shell('echo "$(( $(echo $(( $NAMESPACE + 1 ))) + 1 ))"').references
    assert reference.writing is Quoting.NONE


@pytest.mark.parametrize(
    ("code", "assigned"),
    [
        ("echo $(( $(awk '{s += $1} END {print s}' f) / 2 ))", set()),
        ("(( $(date -d x +%s) > n = 3 ))", {"n"}),
        ("echo $(( i++ + $(read -r line; echo 1) ))", {"i", "line"}),
        ("echo $(( $(for x in a; do y=1; done) + 1 ))", {"x", "y"}),
    ],
)
def test_what_is_set_is_told_from_what_a_command_in_it_says(code: str, assigned: set[str]) -> None:
    assert scan_shell(code).assigned == assigned
