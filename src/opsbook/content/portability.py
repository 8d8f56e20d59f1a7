"""Find commands that the laptops of the readers do not run alike: by GNU or BSD, by bash or zsh."""

from __future__ import annotations

from collections.abc import Iterator

from opsbook.content.laptop_shells import shell_faults
from opsbook.content.laptop_tools import tool_faults
from opsbook.content.model import ContentCheck, HandbookContent
from opsbook.content.queries import SHELLS
from opsbook.content.shell_fault import ShellFault
from opsbook.content.tools_checked import checked_tools
from opsbook.problems import Problem
from opsbook.shell.shell_calls import shell_calls
from opsbook.shell.shell_commands import words_of
from opsbook.snippets.model import Snippet

# Where one of these is called, the block is for a machine with Linux, or for one with macOS.
_ONE_SYSTEM = words_of(
    "apk apt apt-get dnf dpkg yum zypper pacman systemctl journalctl loginctl timedatectl brew launchctl "
    "softwareupdate defaults crictl modprobe sysctl useradd usermod iptables nft"
)


def _find(content: HandbookContent) -> Iterator[Problem]:
    """Yield each command of a runbook, or of a block without a title on a page, that a laptop reads in another way."""
    known = frozenset(checked_tools(content))
    for block in content.blocks:
        is_typed = block.language in SHELLS and not block.is_unchecked and not block.title
        if not is_typed or not _is_of_handbook(block) or _is_for_one_system(block):
            continue
        for fault in _faults(block, content, known):
            yield block.problem(fault.line, fault.column, fault.message, fault.severity)


def _is_of_handbook(block: Snippet) -> bool:
    """Return whether people type the block: those at the top of the repository are for its own developers."""
    return "/" in block.path and not block.path.startswith("post-mortems/")


def _is_for_one_system(block: Snippet) -> bool:
    return any(call.program in _ONE_SYSTEM for call in shell_calls(block.code))


def _faults(block: Snippet, content: HandbookContent, known: frozenset[str]) -> Iterator[ShellFault]:
    if {"linux", "macos"} <= set(content.settings.laptops):
        yield from tool_faults(block.code, known)
    if {"bash", "zsh"} <= set(content.settings.shells) and not block.code.lstrip().startswith("#!"):
        yield from shell_faults(block.code)


CHECK = ContentCheck(
    name="portability",
    looks_at=(
        "Each block of shell that a reader types, in runbooks and, where it has no title, on pages: options that GNU "
        "and BSD do not share, and words that bash and zsh read in different ways. `laptops` and `shells` of "
        "`.content.yml` say what there is."
    ),
    reason="At night a command runs on the laptop of whoever is on call, not on that of its author.",
    find=_find,
)
