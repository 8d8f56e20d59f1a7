"""Write text as a YAML scalar that every YAML reader takes for the same text, in the plainest style that is safe."""

from __future__ import annotations

import re

import yaml

# A start that is no indicator, then nothing that is one inside; text with other signs is quoted for the reader's sake.
_PLAIN = re.compile(r"(?:[^\W_]|[^\x00-\xff])(?:[\w /.,;!?()+'\"=$^~*<>|\\\u0100-\U0010ffff-]|:(?=\S)|(?<=\S)#)*\Z")
_NUMBER = re.compile(r"[-+]?(?:0[ox])?[0-9][0-9a-fA-F_.eE+:-]*\Z")


def write_scalar(text: str) -> str:
    """Return `text`, one line, as a plain or single-quoted scalar.

    >>> [write_scalar(text) for text in ("Set up backups", "Source control & Git", "no", "it's: here")]
    ['Set up backups', "'Source control & Git'", "'no'", "'it''s: here'"]
    """
    is_plain = _PLAIN.match(text) and text == text.strip() and not text.endswith(":") and "\t" not in text
    return text if is_plain and _is_text(text) else f"'{text.replace(chr(39), chr(39) * 2)}'"


def block(text: str, indent: int) -> str:
    """Return `text` as a scalar of one line, or of many lines that are indented by `indent` columns."""
    if "\n" not in text:
        return write_scalar(text)
    margin = " " * indent
    return "|-\n" + "\n".join(f"{margin}{line}" if line else "" for line in text.split("\n"))


def _is_text(text: str) -> bool:
    """Return whether readers of YAML 1.1 and 1.2 take `text` for text, not for a number, a truth value or a date."""
    implied = yaml.resolver.Resolver().resolve(yaml.ScalarNode, text, (True, False))  # type: ignore[no-untyped-call]
    return bool(implied == "tag:yaml.org,2002:str") and not _NUMBER.match(text)
