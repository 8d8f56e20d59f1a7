"""Find the characters that no text may hold: those that hide, reorder or counterfeit what is read.

Refused is what Unicode calls default ignorable (<https://www.unicode.org/reports/tr44/#Default_Ignorable_Code_Point>),
since a reader does not see it and a copied command holds it. Allowed is what a script or an emoji needs:

- joiners after a letter of the scripts that join their letters, and the joiner between two emoji (UTS 51);
- variation selectors after what has variants, one each;
- tag characters in the flags of regions, such as that of Wales.

The names of the sets give their code points; all of them fit one regular expression that reads each text once.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

# C0 and C1 controls but tab and line feed, and the line ends that editors do not show as such.
_CONTROLS = "\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029"
_BIDIRECTIONAL = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
# Soft hyphen, grapheme joiner, fillers of Hangul, inherent vowels of Khmer, zero-width space and no-break space,
# invisible operators, deprecated format characters, annotations, controls of shorthand and of musical notes.
_INVISIBLE = (
    "\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180e\u200b\u2060-\u2065\u206a-\u206f\u3164\ufeff\uffa0\ufff0-\ufffb"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
)
_HALVES = "\ud800-\udfff"
_NONCHARACTERS = "\ufdd0-\ufdef" + "".join(chr(plane << 16 | low) for plane in range(17) for low in (0xFFFE, 0xFFFF))
_TAGS = "\U000e0000-\U000e00ff\U000e01f0-\U000e0fff"
_VARIATION = "\ufe00-\ufe0f"
_IDEOGRAPHIC_VARIATION = "\U000e0100-\U000e01ef"
_MONGOLIAN_VARIATION = "\u180b-\u180d\u180f"

# Arabic to Tibetan, Myanmar, Khmer and Mongolian, the Indic scripts in their later blocks, Arabic presentation forms.
_JOINING = (
    "\u0620-\u065f\u066e-\u06dc\u06df-\u06ff\u0710-\u07ff\u0840-\u08ff\u0900-\u0dff\u0e01-\u0fff\u1000-\u109f\u1780-\u17b3"
    "\u17b6-\u17dd\u1820-\u18aa\u1a20-\u1aad\u1b00-\u1bff\ua840-\ua8ff\ua930-\ua9ff\uaa60-\uaadf\uabc0-\uabed"
    "\ufb50-\ufdcf\ufdf0-\ufdfb\ufe70-\ufefc\U00010a00-\U00011fff\U0001e900-\U0001e943"
)
_EMOJI = "\u00a9\u00ae\u203c\u2049\u2122\u2139\u2190-\u2bff\u3030\u303d\u3297\u3299\U0001f000-\U0001faff"
_IDEOGRAPHS = "\u3400-\u9fff\uf900-\ufaff\U00020000-\U000323af"
_HAS_VARIANTS = f"#*0-9{_EMOJI}{_IDEOGRAPHS}\u1000-\u109f\u2010-\u2027\ua840-\ua877\u3000-\u303f\uff01-\uff1f"

_FLAG = "\U0001f3f4[\U000e0030-\U000e0039\U000e0061-\U000e007a]{3,6}\U000e007f"
_FORBIDDEN = re.compile(
    f"(?P<allowed>{_FLAG})"
    f"|[{_CONTROLS}{_BIDIRECTIONAL}{_INVISIBLE}{_HALVES}{_NONCHARACTERS}{_TAGS}]"
    f"|(?<![{_JOINING}])\u200c"
    f"|(?<![{_JOINING}])(?:(?<![{_EMOJI}\ufe0f])\u200d|\u200d(?![{_EMOJI}]))"
    f"|(?<![{_HAS_VARIANTS}])[{_VARIATION}]"
    f"|(?<![{_IDEOGRAPHS}])[{_IDEOGRAPHIC_VARIATION}]"
    f"|(?<![\u1820-\u18aa])[{_MONGOLIAN_VARIATION}]"
)
_SUSPECT = re.compile(
    f"[{_CONTROLS}{_BIDIRECTIONAL}{_INVISIBLE}{_HALVES}{_NONCHARACTERS}{_TAGS}{_VARIATION}{_IDEOGRAPHIC_VARIATION}"
    f"{_MONGOLIAN_VARIATION}\u200c\u200d]"
)
"""Every character that `_FORBIDDEN` can begin with, but for the flags that it allows: nearly no text has one."""
_UNUSUAL = re.compile(r"[^\t\n -~]+")
"""All but plain ASCII. To pass over that is much faster than to compare it with so many ranges."""
_KINDS = (
    ("line end", "\x85\u2028\u2029"),
    ("control character", f"{_CONTROLS}\ufeff"),
    ("bidirectional control", _BIDIRECTIONAL),
    ("half character", _HALVES),
    ("noncharacter", _NONCHARACTERS),
)


def forbidden_characters(text: str, *, most: int) -> Iterator[tuple[int, str]]:
    """Yield the offset of each character that hides or reorders text, and what it is; at most `most` of them."""
    if not any(map(_SUSPECT.search, _UNUSUAL.findall(text))):
        return
    for match in _FORBIDDEN.finditer(text):
        if match["allowed"]:
            continue
        if most <= 0:
            return
        most -= 1
        yield match.start(), f"{_describe(match.group())} is not allowed; remove it"


def first_forbidden(text: str) -> str | None:
    """Return what the first forbidden character of `text` is, as half a sentence; None where there is none."""
    return next((message for _, message in forbidden_characters(text, most=1)), None)


def _describe(character: str) -> str:
    kind = next((kind for kind, members in _KINDS if re.match(f"[{members}]", character)), "invisible character")
    return f"the {kind} U+{ord(character):04X}"
