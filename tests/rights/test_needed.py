"""Which rights a command needs: what kubectl, Helm and the AWS CLI ask their servers for."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

import pytest

from opsbook.rights.model import rights_text
from opsbook.rights.needed import needed_rights

CASES = Path(__file__).with_name("rights_of_commands.txt")


def cases() -> Iterator[tuple[str, list[str]]]:
    lines = [line for line in CASES.read_text("utf-8").splitlines() if line and not line.startswith("#")]
    command = ""
    wanted: list[str] = []
    for is_right, group in groupby(lines, lambda line: line.startswith("    ")):
        for line in group:
            if is_right:
                wanted.append(line.strip())
            else:
                if command:
                    yield command, wanted
                command, wanted = line, []
    yield command, wanted


def needs(code: str) -> list[str]:
    found = list(needed_rights(code, {"NAMESPACE": "shop"}))
    return [
        text for _, group in groupby(found, lambda need: id(need.call)) for text in rights_text(n.right for n in group)
    ]


@pytest.mark.parametrize(("command", "wanted"), [pytest.param(*case, id=case[0]) for case in cases()])
def test_a_command_needs_these_rights(command: str, wanted: list[str]) -> None:
    assert needs(command) == wanted


def test_a_manifest_on_the_standard_input_needs_rights_on_its_kind() -> None:
    manifest = "kubectl apply -f - <<EOF\napiVersion: batch/v1\nkind: Job\nmetadata: {name: a, namespace: shop}\nEOF\n"
    assert needs(manifest) == ["get, create, patch jobs in shop"]


@pytest.mark.parametrize("manifest", ["- a", "kind: [a]\napiVersion: v1", "kind: {", "text", "kind: Job\nmetadata: a"])
def test_what_is_no_manifest_needs_nothing(manifest: str) -> None:
    assert needs(f"kubectl apply -f - <<EOF\n{manifest}\nEOF\n") == []


def test_a_variable_that_the_block_sets_is_known_and_one_that_it_computes_is_not() -> None:
    assert needs("place=vault\nkubectl get pods -n $place\n") == ["list pods in vault"]
    assert needs("place=$(cat place)\nkubectl get pods -n $place\n") == ["list pods"]
