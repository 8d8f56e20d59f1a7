"""Write what other site engines and wikis mark in ways of their own as Markdown that this site shows.

Hugo's shortcodes, callouts of GitHub, snippets of pymdownx and links of wikis are read. What is not known stays as it
is written, and is text.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from opsbook.convert.runbooks.pieces import CodeBlock, PageBlock, TextLine
from opsbook.convert.runbooks.word_lists import words_in

_SHORTCODE = re.compile(
    r"\{\{[<%][ \t]*+(?P<close>/?)[ \t]*+(?P<name>[\w./-]++)(?P<rest>[^{}%>]*+(?:[%>](?!\}\})[^{}%>]*+)*+)[%>]\}\}"
)
_ARGUMENT = re.compile(r"(?:(?P<key>[\w-]+)=)?(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)'|(?P<bare>[^\s\"'=<>%{}]+))")
_CALLOUT = re.compile(r"(?P<before>[ \t]*(?:>[ \t]?)+)\[!(?P<kind>[A-Za-z]+)\](?P<after>.*)$")
_SNIPPET = re.compile(r"[ \t]*-+8<-+[ \t]+[\"'](?P<file>[^\"'\n]+)[\"'][ \t]*$")
_WIKI = re.compile(r"\[\[(?P<one>[^\[\]|\n]{1,200})(?:\|(?P<other>[^\[\]\n]{1,200}))?\]\]")
# Some engines take blanks in the address of a link, and Markdown does not.
_BLANKS = re.compile(r"\]\((?P<target>(?=[^()<>\n\"': ]++ )[^()<>\n\"':]{1,300}(?<=[./\w]))[ \t]{0,4}\)")
_HINTS = words_in(
    """
    hint alert notice callout admonition note tip warning info danger important caution
    """
)
_KINDS = {"danger": "danger", "error": "danger", "important": "warning", "caution": "warning", "primary": "info"}
_KINDS |= {each: each for each in ("note", "tip", "warning", "info", "success", "question", "example")}
_FOLDS = frozenset({"details", "expand", "collapse", "expandable"})
_DROPPED = frozenset({"tabs", "columns", "tabpane", "steps", "cards"})
_REFS = frozenset({"ref", "relref"})
_MARGIN = "    "
MOST_SNIPPETS = 50


@dataclass
class Dialect:
    """The reading of one page. `dropped` are the words of marks that were replaced, by how often they stood there."""

    text_of: Callable[[str], str | None]
    """Returns the text of a file that a snippet names; None where there is none."""
    is_page: Callable[[str], bool]
    """Returns whether a link of a wiki names a page."""
    dropped: Counter[str] = field(default_factory=Counter)
    snippets: int = 0

    def plain(self, pieces: Sequence[PageBlock]) -> list[PageBlock]:
        """Return `pieces` in Markdown alone."""
        found: list[PageBlock] = []
        depth: list[str] = []
        at = 0
        while at < len(pieces):
            piece = pieces[at]
            if isinstance(piece, CodeBlock):
                found.append(_indented(piece, depth))
            elif (alone := _SHORTCODE.fullmatch(piece.text.strip())) and alone["name"] == "highlight":
                at, block = self.highlighted(pieces, at, alone)
                found.append(_indented(block, depth))
            else:
                around = tuple(depth)
                lines = self.block(alone, depth) if alone else None
                texts = self.line(piece) if lines is None else (TextLine(line, piece.line) for line in lines)
                found += [_indented(each, around) for each in texts]
            at += 1
        return found

    def block(self, found: re.Match[str], depth: list[str]) -> list[str] | None:
        """Return the lines that stand for a shortcode on a line of its own; None where it is not known."""
        name = found["name"].lower()
        named, plain = _arguments(found["rest"])
        if found["close"]:
            if name not in _DROPPED and name not in depth:
                return None
            self.drop(found.group())
            while name in depth and depth.pop() != name:
                pass
            return []
        title = named.get("title") or named.get("header") or named.get("name") or ""
        if name in _HINTS:
            kind = named.get("type") or named.get("context") or named.get("color") or next(iter(plain), name)
            rest = plain[1:] if plain and kind == plain[0] else plain
            return self.open(name, f"!!! {_KINDS.get(kind.lower(), 'note')}", title or " ".join(rest), found, depth)
        if name in _FOLDS:
            return self.open(name, "??? note", title or " ".join(plain), found, depth)
        if name == "tab":
            return self.open(name, "===", title or " ".join(plain) or "Tab", found, depth)
        if name in _DROPPED:
            self.drop(found.group())
            return []
        if name in ("figure", "img", "image"):
            self.drop(found.group(), keep=" ".join([named.get("src", ""), *named.values()]))
            words = [each for key, each in named.items() if key in ("caption", "attr") or (key == "title" and each)]
            picture = f"![{named.get('alt', '')}]({named.get('src') or next(iter(plain), '')})"
            return [picture, *(["", *words] if words else [])]
        return None

    def open(self, name: str, mark: str, title: str, found: re.Match[str], depth: list[str]) -> list[str]:
        """Return the line that begins a block whose lines are indented, and remember that it is open."""
        self.drop(found.group(), keep=title)
        depth.append(name)
        quoted = title.replace('"', "'")
        return ["", f'{mark} "{quoted}"' if quoted else mark, ""]

    def highlighted(self, pieces: Sequence[PageBlock], at: int, found: re.Match[str]) -> tuple[int, CodeBlock]:
        """Return where Hugo's block of code that begins at `at` ends, and the block."""
        _, plain = _arguments(found["rest"])
        self.drop(found.group(), keep=next(iter(plain), ""))
        code: list[str] = []
        line = pieces[at].line
        for end in range(at + 1, len(pieces)):
            piece = pieces[end]
            if isinstance(piece, TextLine):
                close = _SHORTCODE.fullmatch(piece.text.strip())
                if close and close["close"] and close["name"] == "highlight":
                    self.drop(close.group())
                    return end, CodeBlock("", next(iter(plain), ""), tuple(code), line)
                code.append(piece.text)
            else:
                code += piece.code
        return len(pieces), CodeBlock("", next(iter(plain), ""), tuple(code), line)

    def line(self, piece: TextLine) -> Iterator[TextLine]:
        """Yield the lines of text that stand for one of the page."""
        if (snippet := _SNIPPET.match(piece.text)) and self.snippets < MOST_SNIPPETS:
            text = self.text_of(snippet["file"].partition(":")[0])
            if text is not None:
                self.snippets += 1
                self.drop(piece.text)
                yield from (TextLine(line, piece.line) for line in text.rstrip("\n").split("\n"))
                return
        if callout := _CALLOUT.match(piece.text):
            self.drop(callout["kind"])
            yield replace(piece, text=f"{callout['before']}**{callout['kind'].capitalize()}**{callout['after']}")
            return
        text = _SHORTCODE.sub(self.inline, piece.text)
        text = _BLANKS.sub(lambda found: f"]({found['target'].strip().replace(' ', '%20')})", text)
        yield replace(piece, text=_WIKI.sub(self.wiki, text))

    def inline(self, found: re.Match[str]) -> str:
        """Return what stands for a shortcode inside of a line; itself where it is not known."""
        named, plain = _arguments(found["rest"])
        if found["name"].lower() in _REFS:
            target = named.get("path") or next(iter(plain), "")
            return target.strip()
        return found.group()

    def wiki(self, found: re.Match[str]) -> str:
        """Return a link of a wiki as one of Markdown; itself where it names no page."""
        one, other = found["one"].strip(), (found["other"] or "").strip()
        for page, words in ((other, one), (one, other or one)):
            if page and self.is_page(page.partition("#")[0]):
                self.drop(found.group(), keep=words)
                return f"[{words}](<{page}>)"
        return found.group()

    def drop(self, mark: str, *, keep: str = "") -> None:
        """Count the words of `mark` as replaced, but for those of `keep`, which stay."""
        self.dropped += Counter(counted_words(mark)) - Counter(counted_words(keep))


def counted_words(text: str) -> list[str]:
    """Return the words of `text`: letters and digits in a row."""
    return re.findall(r"[^\W_]+", text)


def _arguments(text: str) -> tuple[dict[str, str], list[str]]:
    """Return the named and the other arguments of a shortcode."""
    named: dict[str, str] = {}
    plain: list[str] = []
    for found in _ARGUMENT.finditer(text):
        value = next((each for each in found.group("double", "single", "bare") if each is not None), "")
        if found["key"]:
            named[found["key"].lower()] = value
        else:
            plain.append(value)
    return named, plain


def _indented(piece: PageBlock, depth: Sequence[str]) -> PageBlock:
    margin = _MARGIN * len(depth)
    if isinstance(piece, CodeBlock):
        return replace(piece, indent=margin + piece.indent)
    return replace(piece, text=margin + piece.text if piece.text.strip() else "")
