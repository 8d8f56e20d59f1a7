"""Write a Dockerfile so that hadolint reads its here-documents as BuildKit does, and know where each line comes from.

hadolint 2.15 wants a blank line after a closing word, and reads neither closing words behind tabs, nor two
here-documents of one instruction, nor those of ADD: https://github.com/hadolint/language-docker (`Parser/Run.hs`). What
BuildKit takes for one: https://github.com/moby/buildkit/blob/v0.26.0/frontend/dockerfile/parser/parser.go#L425
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

_ESCAPE = re.compile(r"#[ \t]*escape[ \t]*=[ \t]*(?P<sign>[\\`])[ \t]*$", re.IGNORECASE)
_DIRECTIVE = re.compile(r"#[ \t]*[A-Za-z]\w*[ \t]*=")
_INSTRUCTION = re.compile(
    r"[ \t]*(?:ONBUILD[ \t]+)?(?P<name>ADD|COPY|RUN)\b(?P<rest>(?![ \t]*\[).*)", re.IGNORECASE | re.DOTALL
)
_WORD = re.compile(r"(?:\\.|'[^']*'|\"(?:\\.|[^\"\\])*\"|[^\s'\"\\])+", re.DOTALL)
_HEREDOC = re.compile(r"\d*<<(?P<dash>-?)(?P<word>[^<]+)", re.DOTALL)
_SCRIPT = re.compile(r"\s*(?:--\S+\s+)*<<-?\S++\s*+(?:(?:/bin/)?(?:a|ba|da)?sh(?:\s+-[a-z]+)*+\s*+)?", re.DOTALL)
_BEGINS = re.compile(r"(?:\bRUN(?:\s+--\S+)*|&&|\|\||[;|])\s*\Z", re.IGNORECASE)
_SHELL = re.compile(r"#!\s*\S*/(?:env\s+)?(?:a|ba|da)?sh\b")


@dataclass
class PlainDockerfile:
    """A Dockerfile for hadolint. `lines` says where each of its lines comes from; `open` which ends are missing."""

    text: list[str] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    open: list[tuple[int, str]] = field(default_factory=list)

    def add(self, text: str, line: int) -> None:
        """Append a line that comes from `line`, counted from 1."""
        self.text.append(text)
        self.lines.append(line)


@dataclass(frozen=True)
class _Heredoc:
    start: int
    end: int
    word: str
    is_indented: bool

    def closes(self, line: str) -> bool:
        return (line.lstrip("\t") if self.is_indented else line) == self.word


def plain_dockerfile(code: str) -> PlainDockerfile:
    """Return `code` as hadolint can read it."""
    plain, lines = PlainDockerfile(), code.split("\n")
    escape = next(_escapes(lines), "\\")
    at = 0
    while at < len(lines):
        last = _last_of_instruction(lines, at, escape)
        head = lines[at : last + 1]
        heredocs = list(_heredocs("\n".join(head), escape))
        at = _instruction(plain, lines, at, last, heredocs) if heredocs else _copied(plain, head, at)
    return plain


def _escapes(lines: Sequence[str]) -> Iterator[str]:
    """Yield the escape character that the directives at the top set."""
    for line in lines:
        if not _DIRECTIVE.match(line):
            return
        if found := _ESCAPE.match(line):
            yield found["sign"]


def _is_comment(line: str) -> bool:
    return line.lstrip().startswith("#")


def _last_of_instruction(lines: Sequence[str], at: int, escape: str) -> int:
    """Return the index of the last line of the instruction that begins at `at`: comments in it do not end it."""
    if _is_comment(lines[at]):
        return at
    while at + 1 < len(lines) and (
        _is_comment(lines[at]) or not lines[at].strip() or lines[at].rstrip().endswith(escape)
    ):
        at += 1
    return at


def _heredocs(head: str, escape: str) -> Iterator[_Heredoc]:
    """Yield the here-documents that an instruction announces, with the place of each in it."""
    # Of the same length: comments between its lines, and what joins them, hold no words.
    joined = "\n".join(" " * len(line) if _is_comment(line) else line for line in head.split("\n"))
    joined = re.sub(rf"{re.escape(escape)}[ \t]*(?=\n)", lambda found: " " * len(found.group()), joined)
    instruction = _INSTRUCTION.match(joined)
    if not instruction:
        return
    for word in _WORD.finditer(joined, instruction.start("rest")):
        if found := _HEREDOC.fullmatch(word.group()):
            name = re.sub(r"['\"]|\\(.)", r"\1", found["word"])
            yield _Heredoc(word.start(), word.end(), name, bool(found["dash"]))


def _copied(plain: PlainDockerfile, head: Sequence[str], at: int) -> int:
    for offset, line in enumerate(head):
        plain.add(line, at + offset + 1)
    return at + len(head)


def _instruction(
    plain: PlainDockerfile, lines: Sequence[str], first: int, last: int, heredocs: Sequence[_Heredoc]
) -> int:
    """Add an instruction with here-documents; return the index of the line after them.

    The script of a `RUN` stays. What is a file for another program, or for the image, is not for hadolint.
    """
    head, bodies = "\n".join(lines[first : last + 1]), []
    at = last + 1
    for heredoc in heredocs:
        end = next((end for end in range(at, len(lines)) if heredoc.closes(lines[end])), len(lines))
        if end == len(lines):
            plain.open.append((first + 1 + head.count("\n", 0, heredoc.start), heredoc.word))
        bodies.append((at, end))
        at = min(end + 1, len(lines))
    (start, end), *_ = bodies
    if _is_script(head, lines[start:end], heredocs) and end < len(lines):
        _copied(plain, lines[first:end], first)
        plain.add(heredocs[0].word, end + 1)
        plain.add("", end + 1)
    else:
        _copied(plain, _without(head, heredocs).split("\n"), first)
    return at


def _is_script(head: str, body: Sequence[str], heredocs: Sequence[_Heredoc]) -> bool:
    """Return whether a here-document is the script that an instruction runs by a shell."""
    instruction = _INSTRUCTION.match(head)
    if not instruction or instruction["name"].upper() != "RUN" or len(heredocs) > 1:
        return False
    is_for_shell = not body or not body[0].startswith("#!") or _SHELL.match(body[0]) is not None
    return is_for_shell and _SCRIPT.fullmatch(instruction["rest"]) is not None


def _without(head: str, heredocs: Sequence[_Heredoc]) -> str:
    """Return an instruction that takes files in place of its here-documents. That of ADD becomes COPY, as it may be."""
    instruction = _INSTRUCTION.match(head)
    if not instruction:
        return head
    name, at = instruction["name"], instruction.start("name")
    for heredoc in heredocs:
        width = heredoc.end - heredoc.start
        if name.upper() != "RUN":
            file = "x" * width
        else:
            is_alone = _BEGINS.search(head, 0, heredoc.start) and head[heredoc.end :].lstrip()[:1] in (
                "",
                "&",
                ";",
                "|",
            )
            file = (":" if is_alone else "<x").ljust(width)
        head = head[: heredoc.start] + file + head[heredoc.end :]
    return f"{head[:at]}COPY{head[at + 3 :]}" if name.upper() == "ADD" else head
