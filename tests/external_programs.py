"""Programs outside Python that the checks and tests run: where they are, and how they get here.

In: the names in `PACKAGES`. Out: a path, or one line that says what is missing and how to get it.
`python3 tests/external_programs.py` installs what is missing where it can: as root, with apt-get. Names of programs
after it are the only ones that it looks at.
It runs before there is a virtual environment, so it uses nothing but the standard library.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

# program: its Debian and Ubuntu package, and the package of Homebrew.
PACKAGES = {
    "amtool": ("prometheus-alertmanager", "alertmanager"),
    "dash": ("dash", "dash"),
    "groovy": ("groovy", "groovy"),
    "nginx": ("nginx-light", "nginx"),
    "node": ("nodejs", "node"),
    "npm": ("npm", "node"),
    "promtool": ("prometheus", "prometheus"),
    "rsvg-convert": ("librsvg2-bin", "librsvg"),
    "shellcheck": ("shellcheck", "shellcheck"),
    "shfmt": ("shfmt", "shfmt"),
    "zsh": ("zsh", "zsh"),
}

# What `make drill` runs beside them: servers, of the names that Debian gives them.
DRILLS = {
    "ip": ("iproute2", "iproute2mac"),
    "openssl": ("openssl", "openssl"),
    "postgres": ("postgresql", "postgresql"),
    "prometheus-alertmanager": ("prometheus-alertmanager", "alertmanager"),
    "prometheus-postgres-exporter": ("prometheus-postgres-exporter", "postgres_exporter"),
    "prometheus-redis-exporter": ("prometheus-redis-exporter", "redis_exporter"),
    "redis-server": ("redis-server", "redis"),
}

_ALL = {**PACKAGES, **DRILLS}


class MissingProgramError(Exception):
    """A program is not here; the message says how to get it."""


def find_program(name: str) -> str | None:
    """The path of a program: beside this Python, else on PATH, else where Debian keeps servers."""
    versioned = ":".join(str(folder) for folder in Path("/usr/lib/postgresql").glob("*/bin"))
    places = (str(Path(sys.executable).parent), None, f"/usr/local/sbin:/usr/sbin:/sbin:{versioned}")
    return next((path for place in places if (path := shutil.which(name, path=place))), None)


def program(name: str) -> str:
    """The path of a program; `MissingProgramError` where there is none."""
    path = find_program(name)
    if path is None:
        raise MissingProgramError(how_to_get([name]))
    return path


def how_to_get(names: Sequence[str]) -> str:
    """The one line a person needs.

    >>> how_to_get(["promtool"])
    'missing: promtool. Get it with `sudo apt-get install prometheus` (Debian, Ubuntu) or `brew install prometheus`'
    """
    debian = " ".join(_ALL[name][0] for name in names)
    homebrew = " ".join(_ALL[name][1] for name in names)
    them = "it" if len(names) == 1 else "them"
    return (
        f"missing: {', '.join(names)}. Get {them} with `sudo apt-get install {debian}` (Debian, Ubuntu)"
        f" or `brew install {homebrew}`"
    )


def apt_get_works() -> bool:
    """Whether packages can be installed without asking anybody: root, and a system that has apt-get."""
    return sys.platform == "linux" and os.geteuid() == 0 and shutil.which("apt-get") is not None


def apt_get_install(packages: Sequence[str]) -> bool:
    """Install Debian packages without a question, and without starting the services that they bring.

    What apt-get says shows one line in ten of its progress, and whole when it fails.
    """
    print(f"Installing {', '.join(packages)} with apt-get", flush=True)
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive", "SYSTEMD_OFFLINE": "1"}
    install = ["apt-get", "install", "--yes", "--quiet", "--no-install-recommends", "-oDpkg::Use-Pty=0", *packages]
    said: list[str] = []
    for command in (["apt-get", "update", "--quiet", "--quiet"], install):
        with subprocess.Popen(
            command, env=quiet, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        ) as running:
            for line in running.stdout or ():
                said.append(line)
                if line.startswith(("Get:", "Setting up ")) and len(said) % 10 == 0:
                    print(f"  {line.strip()}", flush=True)
        if running.returncode != 0:
            print("".join(said), file=sys.stderr)
            return False
    return True


def main(names: Sequence[str] = ()) -> int:
    """Install what is missing of `names`, else of all, where that is possible; say in one line what stays missing."""
    missing = [name for name in names or PACKAGES if find_program(name) is None]
    if missing and apt_get_works():
        apt_get_install([_ALL[name][0] for name in missing])
        missing = [name for name in missing if find_program(name) is None]
    if missing:
        print(how_to_get(missing), file=sys.stderr)
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
