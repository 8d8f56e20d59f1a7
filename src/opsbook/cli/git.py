"""Ask git about a folder: where it is published, which branch leads, and where its files can be read."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from opsbook.source.git import git_says

_ADDRESS = re.compile(
    r"(?:(?:https?|ssh|git)://(?:[^/@]*@)?(?P<host>[\w.-]+)(?::\d+)?/|(?:[^/@:]*@)?(?P<ssh>[\w.-]+):/?)"
    r"(?P<path>[\w.~-]+(?:/[\w.~-]+)+)/?$"
)
_BRANCH = re.compile(r"[A-Za-z0-9][A-Za-z0-9._/-]*$")


@dataclass(frozen=True)
class Remote:
    """Where a repository is published, without the name or the token of whoever has cloned it."""

    host: str
    path: str

    @property
    def name(self) -> str:
        """Return the name of the repository."""
        return self.path.rpartition("/")[2]

    @property
    def address(self) -> str:
        """Return the web address of the repository."""
        return f"https://{self.host}/{self.path}"

    @property
    def pages(self) -> str:
        """Return where GitHub publishes its pages; empty for other hosts."""
        if self.host != "github.com":
            return ""
        owner = self.path.partition("/")[0].lower()
        is_whole = self.name.lower() == f"{owner}.github.io"
        return f"https://{owner}.github.io/" if is_whole else f"https://{owner}.github.io/{self.name}/"

    def files_below(self, folder: str) -> str:
        """Return the web address below which the files of `folder` of the repository can be read, as they are now."""
        middle = "-/blob/HEAD" if "gitlab" in self.host else "blob/HEAD"
        return f"{self.address}/{middle}/{folder}".rstrip("/")


def read_remote(address: str) -> Remote | None:
    """Return the repository that the `address` of a remote names; None where it is a folder, or of no known form.

    >>> read_remote("git@github.com:example-org/orders.git")
    Remote(host='github.com', path='example-org/orders')
    >>> read_remote("https://someone:token@git.example.com/shop/orders").address
    'https://git.example.com/shop/orders'
    """
    found = _ADDRESS.match(address.strip())
    return Remote(found["host"] or found["ssh"], found["path"].removesuffix(".git")) if found else None


def remote_of(folder: Path) -> Remote | None:
    """Return where the repository of `folder` is published; None where that is not known."""
    return read_remote(git_says(folder, "remote", "get-url", "origin") or "")


def branch_of(folder: Path) -> str:
    """Return the branch that leads in the repository of `folder`."""
    head = git_says(folder, "symbolic-ref", "--short", "refs/remotes/origin/HEAD") or ""
    branch = head.removeprefix("origin/") or git_says(folder, "branch", "--show-current") or ""
    return branch if _BRANCH.match(branch) else "main"


def top_of(folder: Path) -> Path | None:
    """Return the folder of the whole repository; None where there is none."""
    top = git_says(folder, "rev-parse", "--show-toplevel")
    return Path(top) if top else None


def web_folder(folder: Path) -> str:
    """Return the web address below which the files of `folder` can be read; empty where none is known."""
    remote, top = remote_of(folder), top_of(folder)
    if remote is None or top is None:
        return ""
    below = folder.resolve().relative_to(top.resolve()).as_posix()
    return remote.files_below("" if below == "." else below)
