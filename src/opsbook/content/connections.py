"""Read where commands of PostgreSQL connect to, from their options and connection strings."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlsplit

from opsbook.rights.options import read_options
from opsbook.shell.shell_calls import ShellCall
from opsbook.shell.shell_commands import words_of

_ALL = words_of("-h --host -p --port -U --username -d --dbname")
_WITH_VALUE = {
    program: _ALL | words_of(options)
    for program, options in {
        "createdb": "-D --tablespace -E --encoding -l --locale -O --owner -S --strategy -T --template --maintenance-db",
        "dropdb": "--maintenance-db",
        "pg_basebackup": "-c --checkpoint -D --pgdata -F --format -i --incremental -l --label -r --max-rate -s "
        "--status-interval -S --slot -t --target -T --tablespace-mapping -X --wal-method -Z --compress --waldir",
        "pg_dump": "-e --extension -E --encoding -f --file -F --format -j --jobs -n --schema -N --exclude-schema -S "
        "--superuser -t --table -T --exclude-table -Z --compress --exclude-table-data --lock-wait-timeout --role "
        "--section --snapshot",
        "pg_dumpall": "-E --encoding -f --file -l --database -S --superuser --exclude-database --role",
        "pg_isready": "-t --timeout",
        "pg_restore": "-f --file -F --format -I --index -j --jobs -L --use-list -n --schema -N --exclude-schema -P "
        "--function -S --superuser -t --table -T --trigger --role --section",
        "pgbench": "-b --builtin -c --client -D --define -f --file -F --fillfactor -I --init-steps -j --jobs -L "
        "--latency-limit -M --protocol -P --progress -R --rate -s --scale -t --transactions -T --time",
        "psql": "-c --command -f --file -F --field-separator -L --log-file -o --output -P --pset -R --record-separator "
        "-T --table-attr -v --set --variable",
        "reindexdb": "-i --index -j --jobs -S --schema -t --table --tablespace --maintenance-db",
        "vacuumdb": "-j --jobs -n --schema -N --exclude-schema -P --parallel -t --table --maintenance-db",
    }.items()
}
"""The options of each client that have a value: https://www.postgresql.org/docs/current/reference-client.html"""
_PAIR = re.compile(r"(?<![a-z_])(?P<key>[a-z_]+)\s*=\s*(?:'(?P<quoted>(?:\\.|[^'\\])*)'|(?P<plain>[^\s']*))")


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


def postgres_target(call: ShellCall) -> PostgresTarget | None:
    """Return where `call` connects to; None where it is no command of PostgreSQL.

    https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-CONNSTRING
    """
    if call.program not in _WITH_VALUE:
        return None
    line = read_options([call.resolved(word) for word in call.words[1:]], _WITH_VALUE[call.program])
    options = {"host": line.value("-h", "--host"), "port": line.value("-p", "--port")}
    keys = {key: value for key, value in options.items() if value}
    database = line.value("-d", "--dbname") or next(iter((*line.operands, *line.rest)), "")
    return PostgresTarget(call, {**keys, **_of_database(database)})  # What a connection string says wins.


def _of_database(name: str) -> dict[str, str]:
    """Return the keywords of what stands in the place of the name of a database, such as a connection string."""
    if name.startswith(("postgres://", "postgresql://")):
        return _of_address(name)
    if "=" in name:
        return {found["key"]: found["quoted"] or found["plain"] or "" for found in _PAIR.finditer(name)}
    return {"dbname": name} if name else {}


def _of_address(address: str) -> dict[str, str]:
    try:
        parts = urlsplit(address)
        host, port = parts.hostname or "", parts.port
    except ValueError:  # A variable stands for the port, or more than one host is named.
        return dict(parse_qsl(address.partition("?")[2]))
    own = {"host": host, "port": str(port or ""), "dbname": parts.path.lstrip("/")}
    return {key: value for key, value in {**own, **dict(parse_qsl(parts.query))}.items() if value}
