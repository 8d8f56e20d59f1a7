"""Read where commands connect to: hosts, ports and what checks the name, from options, texts and the environment."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlsplit

from opsbook.shell.shell_calls import ShellCall
from opsbook.shell.shell_commands import words_of

POSTGRESQL = words_of(
    "psql pg_dump pg_dumpall pg_restore pg_isready pg_basebackup pgbench createdb dropdb vacuumdb reindexdb"
)
_KEYWORDS = {"-h": "host", "--host": "host", "-p": "port", "--port": "port", "-d": "dbname", "--dbname": "dbname"}
_WITH_VALUE = words_of("-c -f -F -j -L -n -N -o -P -R -S -t -T -U -v -Z")
_PAIR = re.compile(r"(?<![a-z_])(?P<key>[a-z_]+)\s*=\s*(?:'(?P<quoted>(?:\\.|[^'\\])*)'|(?P<plain>[^\s']*))")
CHECKED = "verify-full"


@dataclass(frozen=True)
class PostgresTarget:
    """Where a command of PostgreSQL connects to, by the keywords of libpq. `call` is that command."""

    call: ShellCall
    keys: Mapping[str, str]

    @property
    def host(self) -> str:
        """Return the host by its name; empty where nothing in the command says it."""
        return self.keys.get("host", "")

    @property
    def address(self) -> str:
        """Return the address that is used whatever the name says; empty without one."""
        return self.keys.get("hostaddr", "")

    @property
    def reached(self) -> tuple[str, str]:
        """Return the host or address and the port that the connection goes to."""
        return (self.address or self.host, self.keys.get("port", "5432"))

    @property
    def is_name_checked(self) -> bool:
        """Return whether the server has to prove the name."""
        return self.keys.get("sslmode") == CHECKED


def postgres_target(call: ShellCall) -> PostgresTarget | None:
    """Return where `call` connects to; None where it is no command of PostgreSQL.

    https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-CONNSTRING
    """
    if call.program not in POSTGRESQL:
        return None
    keys: dict[str, str] = {}
    words = iter([call.resolved(word) for word in call.words[1:]])
    for word in words:
        name, sign, value = word.partition("=")
        if word in _KEYWORDS:
            keys |= _of(_KEYWORDS[word], next(words, ""))
        elif name in _KEYWORDS and sign and name.startswith("--"):
            keys |= _of(_KEYWORDS[name], value)
        elif word[:2] in _KEYWORDS and not word.startswith("--") and len(word) > 2:
            keys |= _of(_KEYWORDS[word[:2]], word[2:])
        elif word in _WITH_VALUE and call.program in ("psql", "pg_dump", "pg_restore"):
            next(words, "")
        elif not word.startswith("-"):
            keys |= _of("dbname", word)
    return PostgresTarget(call, keys)


def _of(key: str, value: str) -> dict[str, str]:
    """Return the keywords of a value: those of a connection string where the name of the database is one."""
    if key != "dbname":
        return {key: value}
    if value.startswith(("postgres://", "postgresql://")):
        return _of_address(value)
    if "=" in value:
        return {found["key"]: found["quoted"] or found["plain"] or "" for found in _PAIR.finditer(value)}
    return {"dbname": value}


def _of_address(address: str) -> dict[str, str]:
    try:
        parts = urlsplit(address)
        host, port = parts.hostname or "", parts.port
    except ValueError:  # A variable stands for the port, or more than one host is named.
        return dict(parse_qsl(address.partition("?")[2]))
    own = {"host": host, "port": str(port or ""), "dbname": parts.path.lstrip("/")}
    return {key: value for key, value in {**own, **dict(parse_qsl(parts.query))}.items() if value}
