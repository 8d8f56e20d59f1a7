"""Find commands that reach another server than the one they name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from opsbook.content.connections import PostgresTarget, postgres_target
from opsbook.content.model import ContentCheck, HandbookContent
from opsbook.content.overruled import overruled
from opsbook.content.queries import SHELLS
from opsbook.problems import Problem
from opsbook.shell.shell_calls import ShellCall, shell_calls
from opsbook.snippets.model import Snippet

_SET = re.compile(r"\bPGHOSTADDR=(?P<value>[^\s`\"';|&]+)")
_REFUSED = re.compile(r"\b(?:unset|no|not|never|without|forbid\w*)\b", re.IGNORECASE)


def _find(content: HandbookContent) -> Iterator[Problem]:
    """Yield what is wrong in each block, with what the text of its page sets before."""
    blocks: dict[str, list[Snippet]] = {}
    for block in content.blocks:
        if block.language in SHELLS and not block.is_unchecked:
            blocks.setdefault(block.path, []).append(block)
    for page in content.pages:
        values: dict[str, str] = {}
        targets: list[tuple[Snippet, PostgresTarget]] = []
        for block in blocks.get(page.path, ()):
            examples = {each.name: each.example for each in block.runbook.runbook.variables} if block.runbook else {}
            calls = list(shell_calls(block.code, {**examples, **values}))
            values = {**values, **_exported(calls)}
            values = {name: value for name, value in values.items() if name not in _unset(calls)}
            found = [target for call in calls if (target := postgres_target(call))]
            targets += ((block, target) for target in found)
            yield from _in_block(block, calls, found)
        yield from _set_in_text(page.path, page.lines, page.hidden, [target for _, target in targets])


def _exported(calls: Sequence[ShellCall]) -> Mapping[str, str]:
    """Return the variables that the calls of a block leave for the next one."""
    pairs = (word.partition("=") for call in calls if call.program == "export" for word in call.words[1:])
    return {name: value for name, sign, value in pairs if sign and "$" not in value}


def _unset(calls: Sequence[ShellCall]) -> set[str]:
    return {name for call in calls if call.program == "unset" for name in call.words[1:]}


def _in_block(block: Snippet, calls: Sequence[ShellCall], targets: Sequence[PostgresTarget]) -> Iterator[Problem]:
    for call in calls:
        for message in overruled(call):
            yield block.problem(call.line, call.column, message)
    yield from _same_server(block, targets)
    for target in targets:
        yield from _other_address(block, target)
    yield from _one_without(block, targets)


def _same_server(block: Snippet, targets: Sequence[PostgresTarget]) -> Iterator[Problem]:
    """Yield the commands that name another host than one before, and reach the same server."""
    seen: dict[tuple[str, str], PostgresTarget] = {}
    for target in targets:
        if not (target.host and target.address) or "$" in target.reached[1]:
            continue
        first = seen.setdefault(target.reached, target)
        if first.host != target.host:
            address, port = target.reached
            message = (
                f"`{first.host}` and `{target.host}` are both reached at {address}, port {port}: it is one server; "
                "give each a port of its own"
            )
            yield block.problem(target.call.line, target.call.column, message)


def _other_address(block: Snippet, target: PostgresTarget) -> Iterator[Problem]:
    """Yield a problem where the address comes from elsewhere than the name, and nothing checks the name."""
    around = {**target.call.values, **target.call.own}
    if target.host and not target.address and (address := around.get("PGHOSTADDR")):
        message = (
            f"`PGHOSTADDR={address}` sends this to {address}, whatever `host` says; write `hostaddr=` and the port "
            "into each connection string, and unset the variable"
        )
        yield block.problem(target.call.line, target.call.column, message)
    elif target.host and target.address and target.host != target.address:
        mode = target.keys.get("sslmode") or around.get("PGSSLMODE", "prefer")
        if mode == "verify-full":
            return
        message = (
            f"`host={target.host}` is only a name here, and `sslmode={mode}` does not check it: any server at "
            f"{target.address} will do; write `sslmode=verify-full`"
        )
        yield block.problem(target.call.line, target.call.column, message)


def _one_without(block: Snippet, targets: Sequence[PostgresTarget]) -> Iterator[Problem]:
    """Yield commands without a host beside two or more that name different ones."""
    hosts = {target.host for target in targets if target.host}
    for target in targets:
        around = {**target.call.values, **target.call.own}
        named = target.host or target.address or target.keys.get("service") or around.get("PGHOST")
        if len(hosts) > 1 and not named and "$" not in " ".join(target.call.words[1:]):
            message = (
                f"this names no host, beside commands for {' and '.join(f'`{host}`' for host in sorted(hosts))}: it "
                "goes where `PGHOST` of the terminal says; name the host"
            )
            yield block.problem(target.call.line, target.call.column, message)


def _set_in_text(
    path: str, lines: Sequence[str], hidden: frozenset[int], targets: Sequence[PostgresTarget]
) -> Iterator[Problem]:
    """Yield each sentence that tells to set a variable by which every connection of the page goes to one server."""
    hosts = sorted({target.host for target in targets if target.host and not target.address and "$" not in target.host})
    for number, line in enumerate(lines, start=1):
        found = _SET.search(line)
        if not hosts or number in hidden or found is None:
            continue
        if _REFUSED.search(line[: found.start()].rpartition(". ")[2]):
            continue
        message = (
            f"`PGHOSTADDR={found['value']}` sends every connection there, those to "
            f"{' and '.join(f'`{host}`' for host in hosts)} too; write `hostaddr=` and a port into each connection "
            "string"
        )
        yield Problem(path, number, found.start() + 1, message)


CHECK = ContentCheck(
    name="connection-target",
    looks_at=(
        "Each command that names a server, a region, a cluster or an address: whether a variable of the environment, "
        "in a block or in the text of the page, sends it elsewhere; whether two hosts of a block are one server; and "
        "whether `sslmode` would tell."
    ),
    reason="A restore that is compared with the wrong database looks right, and the copy back fills the wrong one.",
    find=_find,
)
