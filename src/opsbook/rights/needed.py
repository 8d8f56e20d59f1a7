"""Tell which rights the commands in a text of shell need."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from opsbook.rights.aws import aws_rights
from opsbook.rights.helm import helm_rights
from opsbook.rights.kubectl import kubectl_rights
from opsbook.rights.model import Right
from opsbook.shell.shell_calls import ShellCall, shell_calls

_PROGRAMS: Mapping[str, Callable[[ShellCall], Iterator[Right]]] = {
    "aws": aws_rights,
    "helm": helm_rights,
    "kubectl": kubectl_rights,
}


@dataclass(frozen=True)
class RightNeed:
    """A right that a call needs."""

    right: Right
    call: ShellCall

    @property
    def command(self) -> str:
        """Return the beginning of the command, as messages call it."""
        words = [word for word in self.call.words if not word.startswith("-") or word == "--raw"]
        return " ".join(words[:3])


def needed_rights(code: str, values: Mapping[str, str]) -> Iterator[RightNeed]:
    """Yield the rights that the commands in `code` need. `values` are the texts of variables that are known."""
    for call in shell_calls(code, values):
        if reader := _PROGRAMS.get(call.program):
            yield from (RightNeed(right, call) for right in dict.fromkeys(reader(call)))
