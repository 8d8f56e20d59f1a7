"""Find the words of a command that another program reads as text of its own language.

The shell takes a value as one word, whatever it holds, but `ssh host "ls $DIR"` hands that word to a second shell,
which reads it again. So do `sh -c`, `eval`, `awk`, `psql --command` and the others of the table below.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from opsbook.shell.shell_commands import words_of


@dataclass(frozen=True)
class Interpreter:
    """How a program is given the text that it interprets.

    `letters` are the short options whose argument is a program, `options` the long ones. `is_first` says that the first
    operand is a program, `is_all` that every word after the name is. `reads_input` says that the standard input is one
    unless a program is given otherwise, `always_reads` that it is in any case, `has_files` that an operand is a file to
    read instead. `data` gives for each option how many data arguments follow it; the argument of one of `files` is a
    file.
    """

    letters: str = ""
    options: tuple[str, ...] = ()
    is_first: bool = False
    is_all: bool = False
    reads_input: bool = False
    always_reads: bool = False
    has_files: bool = False
    data: Mapping[str, int] = field(default_factory=dict)
    files: tuple[str, ...] = ()


_SHELL = Interpreter(is_first=True, reads_input=True, data={"--rcfile": 1, "--init-file": 1})
_ALL = Interpreter(is_all=True)
_REMOTE = Interpreter(is_all=True, always_reads=True)
_AWK = Interpreter(
    letters="e", is_first=True, data={"-v": 1, "-F": 1, "--assign": 1, "--field-separator": 1}, files=("-f", "--file")
)
_JQ = Interpreter(
    is_first=True,
    data={"--arg": 2, "--argjson": 2, "--slurpfile": 2, "--rawfile": 2, "--indent": 1, "-L": 1},
    files=("-f", "--from-file"),
)
_SED = Interpreter(
    letters="e", options=("--expression",), is_first=True, data={"-l": 1, "--line-length": 1}, files=("-f", "--file")
)
_SQL = Interpreter(
    letters="ce", options=("--command", "--execute", "--query", "--eval"), reads_input=True, files=("-f", "--file")
)
_SCRIPT = Interpreter(letters="ceEpr", options=("--eval", "--print", "-Command"), reads_input=True, has_files=True)
_SWITCH = Interpreter(letters="c", options=("--command", "--session-command"), reads_input=True)
_FILE = Interpreter(letters="c", reads_input=True, has_files=True)
_VIM = Interpreter(letters="c", options=("--cmd",), data={"-S": 1, "-u": 1})
_GIT = Interpreter(letters="c", options=("--config-env", "--exec-path"), data={"-C": 1, "--git-dir": 1})
_CURL = Interpreter(letters="K", options=("--config",))
_TAR = Interpreter(
    letters="I", options=("--checkpoint-action", "--rsh-command", "--to-command", "--use-compress-program")
)
_NAMES = {
    "ansible": Interpreter(letters="a", options=("--args",)),
    "compgen complete": Interpreter(letters="C"),
    "curl": _CURL,
    "ex nvim vi view vim": _VIM,
    "expect tclsh wish": _FILE,
    "git": _GIT,
    "gtar tar": _TAR,
    "salt salt-call salt-ssh": Interpreter(),
    "ash bash dash fish ksh mksh rbash sh tcsh csh zsh": _SHELL,
    "alias eval logcli make mosh parallel pdsh promtool pssh rsync scp screen tmux trap watch": _ALL,
    "at batch bc crontab rsh sqlite3 ssh": _REMOTE,
    "awk gawk mawk nawk": _AWK,
    "gojq jq yq": _JQ,
    "gsed sed": _SED,
    "clickhouse-client cqlsh influx mariadb mongo mongosh mysql psql": _SQL,
    "groovy lua node perl php pwsh python python2 python3 redis-cli ruby": _SCRIPT,
    "flock runuser script sg su": _SWITCH,
}
INTERPRETERS: Mapping[str, Interpreter] = {name: kind for names, kind in _NAMES.items() for name in names.split()}
"""Every program that is known to read a word, or what it is fed, as text of a language."""

WRAPPERS = words_of(
    "builtin chroot command crictl doas docker env exec find flock ionice kubectl nerdctl nice nohup nsenter oc podman"
    " setsid stdbuf strace sudo time timeout unshare watch xargs"
)
"""Programs that run the command that follows among their words."""

# Words of English, which are programs only where a command can stand.
_ORDINARY = words_of(
    "alias ansible at batch compgen complete curl ex expect fish flock git gtar influx make node parallel salt screen"
    " script tar trap vi view vim watch"
)
# Options under which programs of any name take a command: `gcloud compute ssh … --command "…"`.
_ANYWHERE = ("--command", "--eval", "--execute", "--expression")
_SHELL_VARIABLES = frozenset({"$SHELL", "${SHELL}", "$0", "$BASH", "${BASH}"})
_OPTION = re.compile(r"[-+]\w|--\w")
_INPUTS = ("-", "--", "/dev/stdin", "/dev/fd/0")


@dataclass(frozen=True)
class Programs:
    """The programs that one command feeds: what interprets each word, by the word's index, and what reads the input."""

    words: Mapping[int, str]
    input: str
    file: str = ""
    """What reads a file as its program, if any."""


def programs_of(words: Sequence[str]) -> Programs:
    """Return which of `words`, given without their quotes, another program interprets, and which program that is."""
    reader = _WordReader(words)
    for at in range(len(words)):
        reader.read(at)
    replaces = any(word.startswith(("-I", "-i", "--replace")) for word in words)
    fed = reader.name if reader.found and replaces and "xargs" in words else ""
    return Programs(reader.found, reader.input or fed, reader.file)


@dataclass
class _WordReader:
    """A reader of the words of one command, from the first to the last."""

    words: Sequence[str]
    found: dict[int, str] = field(default_factory=dict)
    name: str = ""
    kind: Interpreter = field(default_factory=Interpreter)
    input: str = ""
    file: str = ""
    is_named: bool = False
    """Whether the name of the program can be nothing else: `node` is a kind of `kubectl get` as well."""
    is_text: bool = False
    """Whether an option says that the program of a shell is no file."""
    skip: int = 0
    awaits: bool = False
    """Whether the next operand is the program."""
    takes: bool = False
    """Whether the next word is the program, as the argument of an option."""

    def read(self, at: int) -> None:
        """Read the word `at`."""
        word = self.words[at]
        if self.skip:
            self.skip -= 1
        elif self.kind.is_all:
            self.take(at)
        elif self.takes:
            self.takes = False
            self.take(at)
        elif name := self.interpreter(at):
            self.begin(name)
            self.is_named = name not in _ORDINARY or not at or self.words[at - 1] == "--"
        elif _OPTION.match(word):
            self.option(at, word)
        elif word not in _INPUTS:
            self.operand(at)

    def interpreter(self, at: int) -> str:
        """Return the name of the interpreter that the word `at` starts; empty where it starts none."""
        word = self.words[at]
        name = "sh" if word in _SHELL_VARIABLES else word.rsplit("/", 1)[-1]
        first = self.words[0].rsplit("/", 1)[-1]
        if name in _ORDINARY and at and first not in WRAPPERS and self.words[at - 1] != "--":
            return ""
        return name if name in INTERPRETERS else ""

    def begin(self, name: str) -> None:
        """Start to read the words of the interpreter `name`."""
        self.name, self.kind = name, INTERPRETERS[name]
        self.awaits, self.is_text = self.kind.is_first, False
        self.input = name if self.kind.reads_input or self.kind.always_reads else ""

    def take(self, at: int) -> None:
        """Record the word `at` as a program."""
        self.found[at] = self.name
        if not self.kind.always_reads:
            self.input = ""

    def operand(self, at: int) -> None:
        """Read a word that is no option: a program, the file of one, or neither."""
        word, kind = self.words[at], self.kind
        if self.awaits:
            self.awaits = False
            self.take(at)
            self.file = self.name if kind is _SHELL and not self.is_text else self.file
            self.skip = int(self.kind is _SHELL)  # What follows is `$0`, often called `sh` as well.
        elif kind.has_files:
            is_file = bool(self.input) and self.is_named and self.words[at - 1] != "-m" and self.name != "redis-cli"
            self.file, self.input = self.name if is_file else self.file, ""
        elif kind is _GIT:
            self.kind = Interpreter()  # An option behind the name of what git does is another one.
        elif self.name.startswith("salt") and word.startswith("cmd."):
            self.awaits = True

    def option(self, at: int, word: str) -> None:
        """Read an option, which may hold a program, or be followed by one or by data."""
        long, _, value = word.partition("=")
        is_short = not word.startswith("--")
        is_parameter = long == "--parameters" and "send-command" in self.words
        if long in (*self.kind.options, *_ANYWHERE) or is_parameter:
            self.name = self.name or self.words[0]
            self.given(at, bool(value))
        elif self.kind is _VIM and word.startswith("+"):
            self.take(at)
        elif self.kind is _SHELL and is_short:
            # `-s` reads the input, `-c` the next operand, and `-o` takes the name of a setting: `-euo pipefail -c`.
            self.is_text = self.is_text or "c" in word
            self.awaits = "c" in word or (self.awaits and "s" not in word)
            self.skip = int(word[-1] in "oO")
        elif is_short and any(letter in word for letter in self.kind.letters):
            self.given(at, word[-1] not in self.kind.letters)
        elif long in self.kind.files:
            self.skip, self.awaits, self.input, self.file = int(not value), False, "", self.name
        else:
            self.skip = self.kind.data.get(word, 0)

    def given(self, at: int, is_inside: bool) -> None:
        """Record that the option `at` has a program, in the same word where `is_inside`."""
        self.awaits = False
        self.takes = not is_inside
        if self.kind is _CURL:
            self.input = self.file = self.name
        if is_inside:
            self.take(at)
