"""PostgreSQL on a stand: servers with TLS, each on an address of its own, behind a relay, as RDS is for runbooks."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

from drills import relay
from drills.stand import Stand, is_root, run, wait_until

PORT = 5432
PASSWORD = "drill"
PERSON = "v-oidc-drill-1"
"""The account of the person on call, as Vault makes it."""


def binaries() -> Path:
    """The folder of the newest PostgreSQL of Debian or Ubuntu, which are not on PATH."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"), key=lambda each: int(each.parts[-3]))
    return found[-1].parent


class Postgres:
    """One server, reached by its name through a relay and by its socket for what the stand prepares."""

    def __init__(self, stand: Stand, name: str, address: str, host: str) -> None:
        self.stand, self.name, self.address, self.host = stand, name, address, host
        self.folder = stand.folder / name
        self.folder.mkdir()
        self.data = self.folder / "data"
        self.user = "postgres" if is_root() else None
        self.environment = {"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "TZ": "UTC"}

    def create(self) -> None:
        """Make an empty server with its settings, and start it."""
        self._give_folder()
        run(
            [
                binaries() / "initdb",
                "--no-sync",
                "--username=postgres",
                "--auth=trust",
                "--encoding=UTF8",
                "-D",
                self.data,
            ],
            self.user,
            self.environment,
        )
        self._configure()
        self.start()
        rights = "pg_read_all_data, pg_monitor, pg_signal_backend"
        self.sql(f"CREATE ROLE \"{PERSON}\" LOGIN PASSWORD '{PASSWORD}' IN ROLE {rights}")

    def copy(self, primary: Postgres) -> None:
        """Make a replica of another server by streaming replication, and start it."""
        self._give_folder()
        source = f"host={primary.folder} port={PORT} user=postgres"
        run([binaries() / "pg_basebackup", "--no-sync", "-c", "fast", "-R", "-d", source, "-D", self.data], self.user)
        self._configure()
        self.start()

    def start(self) -> None:
        """Start the server and wait until it answers."""
        running = self.stand.start(self.name, [binaries() / "postgres", "-D", self.data], self.user)
        self.stand.wait_for_port(self.name, (self.address, PORT), running)
        wait_until(f"{self.name} takes connections", lambda: self.says("SELECT 1"))

    def control(self, action: str) -> None:
        """Let pg_ctl act on the server: `stop`, `promote`."""
        run([binaries() / "pg_ctl", action, "--wait", "-D", self.data], self.user, self.environment)

    def sql(self, text: str, database: str = "postgres") -> str:
        """What statements print, run as the superuser through the socket."""
        place = f"host={self.folder} port={PORT} user=postgres dbname={database}"
        return run(
            [binaries() / "psql", place, "-XAtq", "-v", "ON_ERROR_STOP=1"], self.user, self.environment, text
        ).strip()

    def says(self, text: str, database: str = "postgres") -> bool:
        """Whether a statement can be run and does not say `f`."""
        try:
            return self.sql(text, database) != "f"
        except Exception as error:
            if re.search("starting up|No such file|refused", str(error)):
                return False
            raise

    def _give_folder(self) -> None:
        if self.user:
            run(["chown", self.user, self.folder])

    def _configure(self) -> None:
        certificate, key = self.stand.certificate(self.host, self.user)
        settings = {
            "listen_addresses": self.address,
            "port": str(PORT),
            "unix_socket_directories": str(self.folder),
            "ssl": "on",
            "ssl_cert_file": str(certificate),
            "ssl_key_file": str(key),
            "fsync": "off",
            "max_connections": "40",
            "max_standby_streaming_delay": "5min",
        }
        lines = "".join(f"{name} = '{value}'\n" for name, value in settings.items())
        with (self.data / "postgresql.conf").open("a", encoding="utf-8") as file:
            file.write(lines)
        access = "local all all trust\nlocal replication all trust\nhostssl all all 127.0.0.0/8 scram-sha-256\n"
        (self.data / "pg_hba.conf").write_text(access, encoding="utf-8")


def relayed(stand: Stand, ways: dict[int, tuple[str, int]]) -> None:
    """Open the ports of 127.0.0.1 that lead to servers, and no others: the relay that ran before ends."""
    stand.end("relay")
    running = stand.start("relay", [sys.executable, relay.__file__, json.dumps(ways)])
    for port in ways:
        stand.wait_for_port("relay", ("127.0.0.1", port), running)


def signed_in(stand: Stand, user: str = PERSON) -> None:
    """Give the person on call a name and a password, where the pages say that they are read from."""
    stand.variables["PGUSER"] = user
    password = stand.home / ".pgpass"
    password.write_text(f"*:*:*:*:{PASSWORD}\n", encoding="utf-8")
    password.chmod(0o600)
