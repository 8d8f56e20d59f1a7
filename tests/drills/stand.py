"""A stand: a folder with a home, certificates, programs and the servers that a drill runs, which all end with it.

Servers listen on addresses below 127.0.0.0/8 only, and where it can the whole drill runs in a network of its own.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

WAIT = 40
"""Seconds until a server has to answer, and what is awaited has to hold."""


class StandError(Exception):
    """A stand could not be built, or what is awaited has not come; the message says what."""


class Stand:
    """Folders, certificates and processes of a drill."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.home = folder / "home"
        self.programs = folder / "bin"
        self.variables: dict[str, str] = {}
        self._running: dict[str, subprocess.Popen[bytes]] = {}
        for each in (self.home / ".postgresql", self.programs):
            each.mkdir(parents=True)
        self.authority = self.home / ".postgresql" / "rds.pem"
        self._key = folder / "authority.key"
        openssl("req", "-x509", *_NEW_KEY, self._key, "-out", self.authority, "-subj", "/CN=Drill", "-days", "2")

    @property
    def environment(self) -> dict[str, str]:
        """The environment of the commands of a page: the home and the programs of the stand come first."""
        inherited = {name: os.environ[name] for name in ("LANG", "TMPDIR", "USER", "LOGNAME") if name in os.environ}
        path = f"{self.programs}:{os.environ['PATH']}"
        return {**inherited, "HOME": str(self.home), "PATH": path, "LC_ALL": "C.UTF-8", "TZ": "UTC", **self.variables}

    def certificate(self, host: str, owner: str | None = None) -> tuple[Path, Path]:
        """The certificate of a host name and its key, signed by the authority of the stand."""
        certificate, key = self.folder / f"{host}.pem", self.folder / f"{host}.key"
        if not certificate.exists():
            request, names = self.folder / f"{host}.csr", self.folder / f"{host}.ext"
            names.write_text(f"subjectAltName=DNS:{host}\n", encoding="utf-8")
            openssl("req", *_NEW_KEY, key, "-out", request, "-subj", "/CN=drill")
            signed = ("-CA", self.authority, "-CAkey", self._key, "-set_serial", str(time.time_ns()), "-days", "2")
            openssl("x509", "-req", "-in", request, *signed, "-extfile", names, "-out", certificate)
            key.chmod(0o600)
        if owner is not None:
            shutil.chown(key, owner)
        return certificate, key

    def program(self, name: str, text: str) -> None:
        """Put a program of the stand's own before those of the machine."""
        file = self.programs / name
        file.write_text(text, encoding="utf-8")
        file.chmod(0o755)

    def start(self, name: str, command: Sequence[str | Path], user: str | None = None) -> subprocess.Popen[bytes]:
        """Start a server, which writes to `NAME.log` in the folder of the stand and ends with the stand."""
        account = user if is_root() else None
        with self.log(name).open("ab") as log:
            running = subprocess.Popen(
                command,
                cwd=self.folder,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                user=account,
                group=account,
                extra_groups=[] if account else None,
            )
        self._running[name] = running
        return running

    def log(self, name: str) -> Path:
        """The file that a server writes to."""
        return self.folder / f"{name}.log"

    def wait_for_port(self, name: str, address: tuple[str, int], running: subprocess.Popen[bytes]) -> None:
        """Wait until a server answers; StandError with the end of its log where it has ended or stays silent."""

        def answers() -> bool:
            if running.poll() is not None:
                raise StandError(f"{name} has ended: {self.log(name).read_text('utf-8')[-1000:]}")
            with contextlib.suppress(OSError), socket.create_connection(address, timeout=1):
                return True
            return False

        wait_until(f"{name} answers on {address[0]}:{address[1]}", answers)

    def end(self, name: str) -> None:
        """End a server, where it runs."""
        running = self._running.pop(name, None)
        if running is None:
            return
        running.terminate()
        try:
            running.wait(timeout=10)
        except subprocess.TimeoutExpired:
            running.kill()
            running.wait()

    def stop(self) -> None:
        """End every server, the last one first."""
        for name in reversed(list(self._running)):
            self.end(name)


@contextlib.contextmanager
def standing(folder: Path) -> Iterator[Stand]:
    """A stand in a folder; its servers end whatever happens."""
    folder.mkdir(mode=0o755)
    stand = Stand(folder)
    try:
        yield stand
    finally:
        stand.stop()


def wait_until(what: str, holds: Callable[[], bool], seconds: float = WAIT) -> None:
    """Wait until something holds; StandError where it does not in time."""
    end = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > end:
            raise StandError(f"waited {seconds:.0f} seconds in vain until {what}")
        time.sleep(0.1)


def openssl(*arguments: str | Path) -> None:
    """Run openssl; StandError with its words where it fails."""
    run(["openssl", *arguments])


def run(
    command: Sequence[str | Path], user: str | None = None, environment: Mapping[str, str] | None = None, text: str = ""
) -> str:
    """What a command prints; StandError with its words where it fails."""
    account = user if is_root() else None
    done = subprocess.run(
        command,
        input=text,
        env=environment,
        cwd="/",
        capture_output=True,
        text=True,
        user=account,
        group=account,
        extra_groups=[] if account else None,
    )
    if done.returncode:
        raise StandError(f"{' '.join(map(str, command))}: {done.stderr.strip()}")
    return done.stdout


def is_root() -> bool:
    """Whether the drill runs as root, which some servers refuse."""
    return os.geteuid() == 0


_NEW_KEY = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-keyout")
