"""Judge a regular expression by the rules of RE2, which Prometheus reads with its Perl classes and groups.

No package for Python holds these rules alone, and those of Rust or of Python are others: `a++` and `x{1001}` are wrong
here, `\\Q…\\E`, `a{,5}` and `[[]` are right. The rules are those of https://pkg.go.dev/regexp/syntax; the comments name
its functions.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

MOST_REPEATS = 1_000
"""Nested repetitions multiply: `(x{100}){11}` has too many."""
MOST_GROUPS = 1_000

_FLAGS = re.compile(r"\?(?P<flags>[imsU]*(?:-[imsU]+)?)(?P<end>[:)])")
_NAMED = re.compile(r"\?P?<(?P<name>[^>]{0,200})>")
_COUNT = re.compile(r"\{(?P<least>0|[1-9]\d*)(?P<more>,(?P<most>0|[1-9]\d*)?)?\}")
_ESCAPE = re.compile(
    r"\\(?:[1-7][0-7]{1,2}|0[0-7]{0,2}|x\{(?P<long>[0-9A-Fa-f]+)\}|x[0-9A-Fa-f]{2}|[afnrtv]"
    r"|[!-/:-@[-`{-~ \x00-\x1f\x7f])"
)
_UNICODE = re.compile(r"\\[pP](?:\{\^?(?P<name>[^}]*)\}|(?P<letter>[^{]))")
_POSIX = re.compile(r"\[:(?P<name>(?:(?!:\]).){0,40}+):\]", re.DOTALL)


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_POSIX_NAMES = _words("alnum alpha ascii blank cntrl digit graph lower print punct space upper word xdigit")
_CATEGORIES = _words(
    "any ascii assigned c cased cc cf cn co cs l lc ll lm lo lt lu m mc me mn n nd nl no p pc pd pe pf pi po ps s sc sk"
    " sm so z zl zp zs closepunctuation connectorpunctuation control currencysymbol dashpunctuation decimalnumber"
    " enclosingmark finalpunctuation format initialpunctuation letter letternumber lineseparator lowercaseletter mark"
    " mathsymbol modifierletter modifiersymbol nonspacingmark number openpunctuation other otherletter othernumber"
    " otherpunctuation othersymbol paragraphseparator privateuse punctuation separator spaceseparator spacingmark"
    " surrogate symbol titlecaseletter unassigned uppercaseletter"
)
_SCRIPTS = _words(
    """
    adlam ahom anatolianhieroglyphs arabic armenian avestan balinese bamum bassavah batak bengali beriaerfe
    bhaiksuki bopomofo brahmi braille buginese buhid canadianaboriginal carian caucasianalbanian chakma cham
    cherokee chorasmian common coptic cuneiform cypriot cyprominoan cyrillic deseret devanagari divesakuru dogra
    duployan egyptianhieroglyphs elbasan elymaic ethiopic garay georgian glagolitic gothic grantha greek gujarati
    gunjalagondi gurmukhi gurungkhema han hangul hanifirohingya hanunoo hatran hebrew hiragana imperialaramaic
    inherited inscriptionalpahlavi inscriptionalparthian javanese jurchen kaithi kannada katakana kawi kayahli
    kharoshthi khitansmallscript khmer khojki khudawadi kiratrai lao latin lepcha limbu lineara linearb lisu lycian
    lydian mahajani makasar malayalam mandaic manichaean marchen masaramgondi medefaidrin meeteimayek mendekikakui
    meroiticcursive meroitichieroglyphs miao modi mongolian mro multani myanmar nabataean nagmundari nandinagari
    newa newtailue nko nushu nyiakengpuachuehmong ogham olchiki oldhungarian olditalic oldnortharabian oldpermic
    oldpersian oldsogdian oldsoutharabian oldturkic olduyghur olonal oriya osage osmanya pahawhhmong palmyrene
    paucinhau phagspa phoenician protocuneiform psalterpahlavi rejang runic samaritan saurashtra sharada shavian
    siddham sidetic signwriting sinhala sogdian sorasompeng soyombo sundanese sunuwar sylotinagri syriac tagalog
    tagbanwa taile taitham taiviet taiyo takri tamil tangsa tangut telugu thaana thai tibetan tifinagh tirhuta
    todhri tolongsiki toto tulutigalari ugaritic vai vithkuqi wancho warangciti yezidi yi zanabazarsquare
    """
)


class RegexError(ValueError):
    """The error of a text that is no regular expression of RE2; the message says why."""


@dataclass
class _Part:
    """What can be repeated: whether it matches the empty text, and how often its repetitions repeat it."""

    empty: bool
    times: int = 1
    repeated: str = ""
    """The repetition that ends it, which no other may follow."""


@dataclass
class _Group:
    """A group that is being read: its alternatives so far, and the parts of the last one."""

    parts: list[_Part]
    empty: bool = False
    times: int = 1

    def alternative(self) -> None:
        """End the alternative that is being read."""
        self.empty |= all(part.empty for part in self.parts)
        self.times = max([self.times, *(part.times for part in self.parts)])
        self.parts = []


def re2_error(pattern: str) -> str | None:
    r"""Return why `pattern` is no expression of RE2; None where it is one.

    >>> re2_error("a++")
    '`++` repeats a repetition'
    >>> re2_error(r"orders-\d+")
    """
    try:
        matches_empty(pattern)
    except RegexError as error:
        return str(error)
    return None


def matches_empty(pattern: str) -> bool:
    """Return whether the whole of the empty text matches. Raises RegexError where `pattern` is none of RE2.

    >>> matches_empty("a*|b"), matches_empty("a+")
    (True, False)
    """
    open_groups = [_Group([])]
    at = 0
    while at < len(pattern):
        at = _read(pattern, at, open_groups)
    if len(open_groups) > 1:
        raise RegexError("a `)` is missing")
    open_groups[0].alternative()
    return open_groups[0].empty


def _read(pattern: str, at: int, groups: list[_Group]) -> int:
    """Read what begins at `at` into the innermost group; return the offset after it."""
    sign, parts = pattern[at], groups[-1].parts
    if sign == "(":
        return _opened(pattern, at + 1, groups)
    if sign == "|":
        groups[-1].alternative()
    elif sign == ")":
        if len(groups) == 1:
            raise RegexError("this `)` closes nothing")
        group = groups.pop()
        group.alternative()
        groups[-1].parts.append(_Part(group.empty, group.times))
    elif sign in "*+?" or (sign == "{" and _COUNT.match(pattern, at)):
        return _repeated(pattern, at, parts)
    elif sign == "[":
        parts.append(_Part(empty=False))
        return _class(pattern, at)
    elif sign == "\\":
        return _escaped(pattern, at, parts)
    else:
        parts.append(_Part(empty=sign in "^$"))
    return at + 1


def _opened(pattern: str, at: int, groups: list[_Group]) -> int:
    """Read the beginning of a group, or flags, behind `(`: `parsePerlFlags`."""
    if len(groups) > MOST_GROUPS:
        raise RegexError(f"more than {MOST_GROUPS} groups inside of each other")
    if not pattern.startswith("?", at):
        groups.append(_Group([]))
        return at
    if named := _NAMED.match(pattern, at):
        if not re.fullmatch(r"[A-Za-z0-9_]+", named["name"]) or pattern[at + 2 : at + 3] in "=!":
            raise RegexError(f"`({named.group()}` is no group that RE2 knows")
        groups.append(_Group([]))
        return named.end()
    flags = _FLAGS.match(pattern, at)
    if not flags:
        raise RegexError(f"`({pattern[at : at + 3]}` is no group that RE2 knows")
    if flags["end"] == ":":
        groups.append(_Group([]))
    _apart(groups[-1].parts)
    return flags.end()


def _apart(parts: list[_Part]) -> None:
    """Let a repetition follow on one that something without a match of its own stands behind, as in `a*(?i)*`."""
    if parts:
        parts[-1].repeated = ""


def _repeated(pattern: str, at: int, parts: list[_Part]) -> int:
    """Read a repetition and put it on the part before it: `repeat` and `repeatIsValid`."""
    count = _COUNT.match(pattern, at)
    end = count.end() if count else at + 1
    end += pattern.startswith("?", end)
    sign = pattern[at:end]
    if not parts:
        raise RegexError(f"`{sign}` has nothing to repeat")
    part = parts[-1]
    if part.repeated:
        raise RegexError(f"`{part.repeated}{sign}` repeats a repetition")
    part.repeated = sign
    if not count:
        part.empty |= pattern[at] in "*?"
        return end
    least = int(count["least"])
    most = int(count["most"]) if count["most"] else None if count["more"] else least
    if most == 0:
        part.times = 1
    else:
        part.times *= max(least if most is None else most, 1)
    too_many = max(least, most or 0) > MOST_REPEATS or (max(least, most or 0) > 1 and part.times > MOST_REPEATS)
    if too_many:
        raise RegexError(f"`{sign}` repeats more than {MOST_REPEATS} times")
    if most is not None and most < least:
        raise RegexError(f"`{sign}` has its numbers the wrong way round")
    part.empty |= least == 0
    return end


def _escaped(pattern: str, at: int, parts: list[_Part]) -> int:
    """Read what a backslash begins outside of brackets."""
    sign = pattern[at + 1 : at + 2]
    if sign == "Q":
        end = pattern.find("\\E", at + 2)
        if end < 0:  # RE2 takes it, but Prometheus puts `)$` behind the expression, which would be quoted too.
            raise RegexError("`\\Q` lacks its `\\E`")
        _apart(parts)
        parts += [_Part(empty=False) for _ in pattern[at + 2 : end]]
        return end + 2
    if sign and sign in "AzbB":
        parts.append(_Part(empty=sign != "b"))
        return at + 2
    parts.append(_Part(empty=False))
    return _set(pattern, at) or _character(pattern, at)


def _set(pattern: str, at: int) -> int:
    """Return the offset after `\\d`, `\\pN` and the like at `at`; 0 where there is none."""
    if pattern[at + 1 : at + 2] in ("d", "D", "s", "S", "w", "W"):
        return at + 2
    if not pattern.startswith(("\\p", "\\P"), at):
        return 0
    found = _UNICODE.match(pattern, at)
    name = re.sub(r"[_ -]", "", found["name"] or found["letter"] or "").lower() if found else ""
    if not found or name not in _CATEGORIES | _SCRIPTS:
        raise RegexError(f"`{found.group() if found else pattern[at:]}` is no class of characters that RE2 knows")
    return found.end()


def _character(pattern: str, at: int) -> int:
    """Return the offset after the escape at `at`, which stands for one character: `parseEscape`."""
    found = _ESCAPE.match(pattern, at)
    if at + 1 == len(pattern):
        raise RegexError("a backslash at the end")
    if not found or (found["long"] and int(found["long"], 16) > 0x10FFFF):
        raise RegexError(f"`{pattern[at : at + 2]}` is no escape that RE2 knows")
    return found.end()


def _class(pattern: str, at: int) -> int:
    """Return the offset after the brackets at `at`: `parseClass`."""
    start = at
    at += 1 + pattern.startswith("^", at + 1)
    first = at
    while at == first or not pattern.startswith("]", at):
        if at >= len(pattern):
            raise RegexError(f"`{pattern[start:]}` lacks its `]`")
        posix = _POSIX.match(pattern, at)
        if posix and posix["name"].removeprefix("^") not in _POSIX_NAMES:
            raise RegexError(f"`{posix.group()}` is no class of characters that RE2 knows")
        if posix or _set(pattern, at):
            at = posix.end() if posix else _set(pattern, at)
            continue
        low, at = _in_class(pattern, at)
        if pattern.startswith("-", at) and at + 1 < len(pattern) and pattern[at + 1] != "]":
            begin = at
            high, at = _in_class(pattern, at + 1)
            if high < low:
                raise RegexError(f"the range `{pattern[begin - 1 : at]}` has its ends the wrong way round")
    return at + 1


def _in_class(pattern: str, at: int) -> tuple[int, int]:
    """Return the character at `at` inside of brackets, and the offset after it."""
    if pattern[at] != "\\":
        return ord(pattern[at]), at + 1
    end = _character(pattern, at)
    body = pattern[at + 1 : end]
    if body[0] == "x":
        return int(body[1:].strip("{}"), 16), end
    if body[0].isdigit():
        return int(body, 8), end
    named = {"a": 7, "f": 12, "n": 10, "r": 13, "t": 9, "v": 11}
    return named.get(body, ord(body)), end
