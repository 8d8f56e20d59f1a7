from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from external_programs import program
from opsbook.nouns.runbook.lint import lint_runbooks
from opsbook.nouns.runbook.load import parse_runbook
from opsbook.nouns.runbook.model import ParsedRunbook
from opsbook.nouns.runbook.shellcheck import ShellParser
from opsbook.problems import Severity

FOLDER = Path(__file__).parent
WHOLE = (FOLDER / "broken" / "whole.md").read_text("utf-8")
TODAY = date(2026, 11, 23)
WAIVER = "waivers:\n  - rule: {rule}\n    step: calm\n    reason: A reason.\n    until: 2026-12-31\nvariables:\n"


def parsed(text: str, name: str = "whole") -> ParsedRunbook:
    source, problems = parse_runbook(text.replace("id: whole", f"id: {name}"), f"runbooks/{name}.md")
    assert problems == ()
    assert source is not None
    return source


def waived(text: str, rule: str) -> ParsedRunbook:
    return parsed(text.replace("variables:\n", WAIVER.format(rule=rule)))


def lint(*sources: ParsedRunbook, today: date | None = TODAY) -> list[str]:
    return [str(problem) for problem in lint_runbooks(sources, today=today)]


def test_a_waiver_answers_to_its_rule_in_its_step_until_its_day() -> None:
    text = WHOLE.replace("curl --silent", "$ curl --silent")
    assert lint(parsed(text)) == ["runbooks/whole.md:68:1: `$` is a prompt; write the command without it (prompt)"]
    assert lint(waived(text, "prompt")) == []
    elsewhere = WHOLE.replace("kubectl --namespace", "$ kubectl --namespace", 1)
    assert len(lint(waived(elsewhere, "prompt"))) == 2
    assert [line.rsplit("(", 1)[-1] for line in lint(waived(text, "prompt"), today=date(2027, 1, 1))] == [
        "runbooks/whole.md:15:12: warning: this waiver ended on 2026-12-31; mend the cause, or give the reason for"
        " a new date",
        "prompt)",
    ]


def test_a_waiver_of_the_shells_parser_is_judged_only_when_it_ran() -> None:
    text = WHOLE.replace("http://orders.shop.svc/healthz", "http://orders.shop.svc/$(cat path)")
    source = waived(text, "SC2046")
    assert lint(source) == []
    assert lint_runbooks([source], today=TODAY, by_shell=ShellParser(program("shellcheck")).start([source])()) == ()


def test_without_a_day_no_date_is_judged() -> None:
    old = WHOLE.replace("reviewed: 2026-11-01", "reviewed: 2020-01-01")
    assert lint(parsed(old), today=None) == []
    (warning,) = lint_runbooks([parsed(old)], today=TODAY)
    assert warning.severity is Severity.WARNING


def test_a_day_in_the_future_is_a_mistake() -> None:
    assert lint(parsed(WHOLE.replace("reviewed: 2026-11-01", "reviewed: 2026-11-24"))) == [
        "runbooks/whole.md:10:11: 2026-11-24 lies in the future (review)"
    ]


def test_links_to_other_runbooks_and_their_steps_are_followed() -> None:
    text = WHOLE.replace("Customers wait.", "[a](other.md) [b](other.md#calm) [c](other.md#clam) [d](../docs/x.md)")
    assert lint(parsed(text), parsed(WHOLE.replace("[OrdersSlow]", "[]"), "other")) == [
        "runbooks/whole.md:29:34: `other` has no anchor `clam`; did you mean `calm`? (dead-link)"
    ]


def test_text_in_single_quotes_is_a_program_of_its_own_but_a_whole_placeholder_is_not() -> None:
    program_text = WHOLE.replace("'%{time_total}\\n'", "'<b>%{time_total}</b>'")
    assert lint(parsed(program_text)) == []
    placeholder = WHOLE.replace("'%{time_total}\\n'", "'<format>'")
    assert lint(parsed(placeholder)) == [
        'runbooks/whole.md:68:60: `<format>` is a placeholder; declare a variable and write `"$FORMAT"` (placeholder)'
    ]


def test_loops_substitutions_and_own_variables_are_not_taken_for_undeclared_ones() -> None:
    block = """\
names="$(kubectl --namespace "$NAMESPACE" get pods --output name)"
for name in $names; do
  kubectl --namespace "$NAMESPACE" get "$name" --output jsonpath='{.status.phase}{"\\n"}'
done | while read -r phase; do echo "${phase,,}" >> "${TMPDIR:-/tmp}/phases"; done"""
    text = WHOLE.replace('kubectl --namespace "$NAMESPACE" rollout status "deployment/$DEPLOYMENT"', block)
    assert lint(parsed(text)) == []


def placed(command: str, pattern: str = "[a-z0-9-]+") -> list[str]:
    """What is said of `command` where the pattern of `NAMESPACE` is `pattern`."""
    first = WHOLE.index("pattern: '[a-z0-9-]+'")
    text = WHOLE[:first] + f"pattern: '{pattern}'" + WHOLE[first + len("pattern: '[a-z0-9-]+'") :]
    text = text.replace('kubectl --namespace "$NAMESPACE" rollout status "deployment/$DEPLOYMENT"', command)
    return [line.split(": ", 1)[1] for line in lint(parsed(text)) if "$NAMESPACE" in line or "$NAMESPACE" in command]


def test_a_variable_between_backquotes_is_a_problem_with_its_place() -> None:
    text = WHOLE.replace(
        'kubectl --namespace "$NAMESPACE" rollout status "deployment/$DEPLOYMENT"', 'echo "`ls "$NAMESPACE"`"'
    )
    assert [line for line in lint(parsed(text)) if "backquotes" in line] == [
        "runbooks/whole.md:56:12: `$NAMESPACE` stands between backquotes, which read it twice; write `$(…)`"
        " (backquotes)"
    ]


def test_a_command_in_what_the_shell_computes_is_linted_as_any_other() -> None:
    quoted = """echo "$(( $(jq '[.items[] | select(.n == "$NAMESPACE")] | length' pods.json) * 2 ))\""""
    assert placed(quoted) == [
        "`$NAMESPACE` stands in single quotes, where the shell leaves it as it is; write double quotes (single-quoted)"
    ]
    assert placed('echo "$(( $(kubectl get NAMESPACE | wc -l) + 1 ))" "$NAMESPACE"') == []
    assert placed('echo "$(( $(kubectl get "$NAMESPACE" | wc -l) + 1 ))"') == []
    assert len(placed('echo "$(( $(kubectl get "$NAMESPACE" | wc -l) + 1 ))"', pattern="[a-z$]+")) == 1


def test_where_no_value_fits_the_message_says_what_to_write() -> None:
    assert placed('echo "${DEPLOYMENT:-$NAMESPACE}"')[-1] == (
        '`$NAMESPACE` stands in `${…}`, where it cannot be filled in; assign it first, `namespace="$NAMESPACE"`, and'
        " write `$namespace` there (computed)"
    )
    assert placed('[[ "$NAMESPACE" -gt 3 ]]') == [
        "`$NAMESPACE` stands in what the shell computes, where it cannot be filled in; assign it first,"
        ' `namespace="$NAMESPACE"`, and write `$namespace` there (computed)'
    ]
    assert placed('sudo "$NAMESPACE"') == [
        "`$NAMESPACE` says which command is run, and anybody can write a link; write the name of the command"
        " (command-name)"
    ]


def test_a_program_that_reads_a_value_again_wants_a_pattern_without_special_characters() -> None:
    tight = 'ssh "$DEPLOYMENT" "ls $NAMESPACE"'
    assert placed(tight) == []
    assert placed(tight, "[a-z0-9 ;-]+") == [
        "`$NAMESPACE` is read again by `ssh`, and its pattern takes a blank, `;`; narrow the pattern to letters, digits"
        " and `_./:@%+,=-` (read-again)"
    ]
    (message,) = placed('awk "/$NAMESPACE/" file', ".+")
    assert "is read again by `awk`, and its pattern takes a blank, `$`, a backquote and more" in message
    assert "such as `awk -v value=\"$NAMESPACE\" '…'` (read-again)" in message
    for safe in (
        'awk -v v="$NAMESPACE" 1 file',
        'sh -c \'ls "$1"\' sh "$NAMESPACE"',
        'kubectl exec "$NAMESPACE" -- ls',
    ):
        assert placed(safe, ".+") == []
    for again in ('x="$NAMESPACE"; sh -c "ls $x"', "psql <<EOF\nselect $NAMESPACE\nEOF", 'echo "ls $NAMESPACE" | sh'):
        assert [line.rsplit("(", 1)[1] for line in placed(again, ".+")] == ["read-again)"]


@pytest.mark.parametrize(
    "block",
    [
        'f() { sh -c "ls $1"; }; f "$NAMESPACE"',
        'set -- "$NAMESPACE"; eval "ls $1"',
        'printf -v x %s "$NAMESPACE"; eval "$x"',
        'while read -r x; do eval "$x"; done <<< "$NAMESPACE"',
        'read -r <<< "$NAMESPACE"; eval "$REPLY"',
        'list=(a "$NAMESPACE"); eval "${list[@]}"',
        'set -- "$NAMESPACE"; "$1"',
        'f() { (( $1 > 2 )); }; f "$NAMESPACE"',
        'echo "$NAMESPACE" > f; bash f',
        'echo "$NAMESPACE" > f; . ./f',
        'echo "$NAMESPACE" | tee f >/dev/null; ./f',
        'echo "$NAMESPACE" > f; chmod +x f; ./f',
        'echo "$NAMESPACE" > f; eval "$(cat f)"',
        'echo "$NAMESPACE" > f; psql -f f',
        "cat > f.sh <<EOF\nls $NAMESPACE\nEOF\nsh f.sh",
        'bash < <(echo "$NAMESPACE")',
        'ansible all -m shell -a "ls $NAMESPACE"',
        'aws ssm send-command --parameters "commands=[ls $NAMESPACE]"',
        'salt "*" cmd.run "ls $NAMESPACE"',
        'tclsh <<< "puts $NAMESPACE"',
        'expect -c "spawn $NAMESPACE"',
        'vim -c "e $NAMESPACE"',
        'git -c "core.pager=$NAMESPACE" log',
        'curl -K - <<< "url=$NAMESPACE"',
        'tar xf a --checkpoint-action="exec=$NAMESPACE"',
        'LD_PRELOAD="$NAMESPACE" ls',
        'export PATH="$NAMESPACE:$PATH"',
        'env BASH_ENV="$NAMESPACE" bash -c "ls"',
        'PROMPT_COMMAND="$NAMESPACE"',
    ],
)
def test_a_block_that_runs_what_it_puts_together_takes_plain_values_only(block: str) -> None:
    assert {line.rsplit("(", 1)[1] for line in placed(block, ".+")} >= {"read-again)"}
    assert placed(block, "[a-z0-9-]+") == []


@pytest.mark.parametrize(
    "block",
    [
        'x="$(ls)"; echo "$x" "$NAMESPACE"',
        "kubectl get node \"$NAMESPACE\" | awk '{print $1}'",
        'ssh host ls; echo "$NAMESPACE"',
        'redis-cli -h "$NAMESPACE" get a',
        'python3 -m json.tool "$NAMESPACE"',
        'f() { ls "$1"; }; f "$NAMESPACE"',
        'git switch -c "$NAMESPACE"',
        'docker exec c ls "$NAMESPACE"',
        'args=(kubectl -n "$NAMESPACE" get); "${args[@]}" pods',
        "psql \"$NAMESPACE\" <<'E'\nselect 1\nE",
    ],
)
def test_a_block_that_runs_only_what_is_written_in_it_takes_any_value(block: str) -> None:
    assert placed(block, ".+") == []


def test_a_value_is_no_index_of_an_array_and_no_command_of_a_container() -> None:
    for block in (
        'x=(["$NAMESPACE"]=1)',
        'declare -a x=(["$NAMESPACE"]=1)',
        'declare -n x="$NAMESPACE"',
        "x=(a [1 + $NAMESPACE]=b)",
    ):
        assert [line.rsplit("(", 1)[1] for line in placed(block)] == ["computed)"]
    for block in (
        'docker exec c "$NAMESPACE" a',
        'sudo podman exec -it -u root c "$NAMESPACE"',
        'complete -C "$NAMESPACE" x',
        'kubectl exec pod "$NAMESPACE"',
    ):
        assert [line.rsplit("(", 1)[1] for line in placed(block)] == ["command-name)"]


@pytest.mark.parametrize("special", " $`\"';|&()<>\\")
def test_each_special_character_in_a_pattern_is_noticed(special: str) -> None:
    pattern = f"[a-z{re.escape(special)}]+".replace("'", "''")
    assert [line.rsplit("(", 1)[1] for line in placed('eval "ls $NAMESPACE"', pattern)] == ["read-again)"]


def test_a_snippet_is_refused_in_every_block_whatever_shell_checks_it() -> None:
    command = WHOLE.replace("curl --silent", '--8<-- "call.sh"\ncurl --silent', 1)
    output = WHOLE.replace("0.031", "0.031\n  -8<- ")
    for text, place in ((command, "68:1"), (output, "73:3")):
        (said,) = lint(parsed(text))
        assert said.startswith(f"runbooks/whole.md:{place}: `-")
        assert said.endswith("puts no file into a block of a runbook; write its text here (snippet)")


def test_what_looks_like_a_link_in_code_leads_nowhere() -> None:
    step = "- above 1 → [step 2](#restart)\n"
    bare = WHOLE.replace('```output\n{service="orders"}  1.7\n```\n', "")
    assert lint(parsed(bare)) == []
    assert [
        line.rsplit("(", 1)[-1] for line in lint(parsed(bare.replace(step, "- above 1 → `[step 2](#restart)`\n")))
    ] == ["what-next)"]


@pytest.mark.parametrize("indent", ['=== "EKS"\n\n    ', "1. On EKS:\n   ", "- on EKS:\n\n  "])
def test_a_command_in_a_tab_or_a_list_is_told_the_way_that_there_is(indent: str) -> None:
    lines = ("```bash {.read}", "kubectl get nodes", "```")
    block = indent + ("\n" + indent.split("\n")[-1]).join(lines) + "\n\n"
    text = WHOLE.replace("- above 1", f"{block}- above 1", 1)
    (problem,) = parse_runbook(text, "runbooks/whole.md")[1]
    assert problem.line == text[: text.index(lines[1])].count("\n")
    assert problem.message == (
        "an indented `bash` block; start it at the beginning of the line, or give each of several ways a step of its"
        " own, such as `- on EKS → [step 3](#on-eks)`"
    )


def test_two_ways_are_two_steps() -> None:
    ways = (
        "- on EKS → [step 2](#on-eks)\n- on premises → [step 3](#on-premises)\n\n"
        "### 2. Look on EKS {#on-eks}\n\n```bash {.read}\neksctl get nodegroup\n```\n\nThen [step 4](#restart).\n\n"
        "### 3. On premises {#on-premises}\n\n```bash {.read}\nkubectl get nodes\n```\n\nThen [step 4](#restart).\n"
    )
    text = WHOLE.replace("- above 1 → [step 2](#restart)\n", ways)
    for old, new in (
        ("### 3. See", "### 5. See"),
        ("### 2. Restart", "### 4. Restart"),
        ("[step 3](#calm)", "[step 5](#calm)"),
    ):
        text = text.replace(old, new)
    assert lint(parsed(text)) == []
