"""The browser that the tests drive: a Chromium that is already here, or one that is brought.

Out: the path of a program, or one line that says how to get it. `python tests/chromium.py` installs one where
there is none: as root on Debian with apt-get, elsewhere with Playwright's own installer.
`OPSBOOK_CHROMIUM` names the program to use and is then the only one looked at.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from external_programs import apt_get_install, apt_get_works

COMMANDS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
APPLICATIONS = (
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)
HOW_TO_GET = (
    "missing: a Chromium for the browser tests. Get it with `sudo apt-get install chromium` (Debian),"
    " `.venv/bin/playwright install --with-deps chromium`, or point OPSBOOK_CHROMIUM at one that you have"
)
HOW_TO_START = (
    "missing: a library of Playwright's driver. Get it with `sudo apt-get install libatomic1` (Debian, Ubuntu)"
)


class MissingChromiumError(Exception):
    """No Chromium runs on this machine; the message says how to get one."""


def chromium_path() -> str:
    """The path of a Chromium that runs; `MissingChromiumError` where there is none."""
    named = os.environ.get("OPSBOOK_CHROMIUM")
    if named:
        if runs(named):
            return named
        raise MissingChromiumError(f"OPSBOOK_CHROMIUM is {named!r}, which does not run; name a Chromium program")
    found = next(filter(runs, candidates()), None)
    if found is None:
        raise MissingChromiumError(HOW_TO_GET)
    return found


def candidates() -> Iterator[str]:
    """Where a Chromium may be, the system's own before the one that Playwright brings."""
    for command in COMMANDS:
        if path := shutil.which(command):
            yield path
    yield from APPLICATIONS
    if path := playwright_path():
        yield path


def playwright_path() -> str | None:
    """Where Playwright puts its own Chromium; None where its driver does not start.

    Asked in a process of its own: one process runs one Playwright.
    """
    question = (
        "from playwright.sync_api import sync_playwright as start\n"
        "with start() as playwright: print(playwright.chromium.executable_path)"
    )
    answer = subprocess.run([sys.executable, "-c", question], capture_output=True, text=True)
    return answer.stdout.strip() or None


def runs(path: str) -> bool:
    """Whether the program starts: Ubuntu has a `chromium-browser` that only says where to find a real one."""
    try:
        return subprocess.run([path, "--version"], capture_output=True, timeout=60).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def is_debian() -> bool:
    """Whether `apt-get install chromium` brings a browser, and not the pointer to a snap that Ubuntu has."""
    release = Path("/etc/os-release")
    return release.exists() and "ID=debian" in release.read_text(encoding="utf-8").splitlines()


def fault() -> str | None:
    """The one line that says why no browser test can run here; None where they can."""
    try:
        chromium_path()
    except MissingChromiumError as missing:
        return str(missing)
    return None if playwright_path() else HOW_TO_START


def install() -> None:
    """Bring what is missing, by whichever way is open here. Pictures of pages want an emoji font too."""
    if apt_get_works() and playwright_path() is None:
        apt_get_install(["libatomic1"])
    if os.environ.get("OPSBOOK_CHROMIUM") or any(map(runs, candidates())):
        return
    if apt_get_works() and is_debian() and apt_get_install(["chromium", "fonts-noto-color-emoji"]):
        return
    libraries = ["--with-deps"] if apt_get_works() else []
    subprocess.run([sys.executable, "-m", "playwright", "install", *libraries, "chromium"], check=False)


def main() -> int:
    """Print the path of the browser that the tests will use; bring one first where there is none."""
    if fault() is not None:
        install()
    still = fault()
    if still is not None:
        print(still, file=sys.stderr)
        return 1
    print(f"Chromium for the tests: {chromium_path()}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
