"""`command-in-sentence`: what later blocks need is a block of its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from checked_content import found_by
from opsbook.content import command_in_sentence
from plain_runbook import PLAIN_RUNBOOK


def found(root: Path, text: str) -> list[str]:
    runbook = PLAIN_RUNBOOK.replace("```bash", f"{text}\n\n```bash", 1)
    return found_by(command_in_sentence.CHECK, root, {"runbooks/cart-down.md": runbook})


@pytest.mark.parametrize(
    ("text", "start"),
    [
        (
            "All blocks need a shell: `kubectl --namespace shop run shell -it --rm --image=redis:8 -- sh`.",
            "kubectl --name",
        ),
        ("Open a way with `kubectl port-forward service/vault 8200 -n vault` first.", "kubectl port-forward"),
        ("Type this in `kubectl exec -it cart-1 -n shop -- sh`.", "kubectl exec"),
        ("Sign in: `vault login -method=oidc`.", "vault login"),
        ("The way is `ssh -L 5432:db:5432 relay.example.com`.", "ssh -L"),
        ("Start it with `docker run -it --rm postgres:17 bash`.", "docker run"),
    ],
)
def test_a_command_that_later_blocks_need_is_told(tmp_path: Path, text: str, start: str) -> None:
    (line,) = found(tmp_path, text)
    assert line.startswith(f"runbooks/cart-down.md:24:{text.index('`') + 1}: `{start}")


@pytest.mark.parametrize(
    "text",
    [
        "`kubectl exec` is not in the role.",
        "It was started with `kubectl run shell`.",
        "`forbidden` → `kubectl auth whoami`.",
        "`kubectl get pods --namespace shop` shows them.",
        "End it with `vault token revoke -self`.",
        "`vault login` fails → call the team.",
        "Nothing.",
    ],
)
def test_a_command_that_is_only_spoken_of_is_right(tmp_path: Path, text: str) -> None:
    assert found(tmp_path, text) == []


def test_a_command_after_the_last_block_opens_nothing_for_one(tmp_path: Path) -> None:
    runbook = PLAIN_RUNBOOK.replace("Nothing to do.", "Try `kubectl port-forward service/vault 8200 -n vault`.")
    assert found_by(command_in_sentence.CHECK, tmp_path, {"runbooks/cart-down.md": runbook}) == []
