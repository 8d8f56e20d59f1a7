"""Tell whether a literal in a text contradicts the value of a fact, and say nothing where that is not certain."""

from __future__ import annotations

import re
from decimal import Decimal

_QUANTITY = re.compile(r"(?P<number>\d{1,15}(?:\.\d{1,9})?)(?P<unit>[A-Za-z%]{1,12})")
_CORE = re.compile(r"v?(?P<core>\d+(?:\.\d+)*)")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_SCHEDULE = re.compile(r"[\d*,/?LW#-]+")
_RUN = re.compile(r"[^\W\d_]+|\d+")
_UNITS = (
    {"ms": Decimal("0.001"), "s": Decimal(1), "m": Decimal(60), "min": Decimal(60), "h": Decimal(3600),
     "d": Decimal(86_400), "w": Decimal(604_800)},
    {"k": Decimal(1000), "M": Decimal(1000**2), "G": Decimal(1000**3), "T": Decimal(1000**4), "kB": Decimal(1000),
     "MB": Decimal(1000**2), "GB": Decimal(1000**3), "TB": Decimal(1000**4), "Ki": Decimal(1024),
     "Mi": Decimal(1024**2), "Gi": Decimal(1024**3), "Ti": Decimal(1024**4), "KiB": Decimal(1024),
     "MiB": Decimal(1024**2), "GiB": Decimal(1024**3), "TiB": Decimal(1024**4)},
)  # fmt: skip
"""What units are worth, by what they measure: time, and size."""


def contradicts(value: str, literal: str) -> bool:
    """Return whether `literal` stands where `value` should, and says something else.

    What is less exact, or a variant, contradicts nothing; nor does what has another form, such as a variable.

    >>> contradicts("9.2.8", "9.2.1"), contradicts("9.2.8", "9.2"), contradicts("9.2.8", "9.2.8-alpine")
    (True, False, False)
    >>> contradicts("30d", "720h"), contradicts("30d", "35d"), contradicts("eu-central-1", "eu-west-1")
    (False, True, True)
    """
    value, literal = " ".join(value.split()), " ".join(literal.split())
    if value == literal:
        return False
    words, others = value.split(), literal.split()
    if len(words) != len(others):
        return False
    if len(words) > 4 and all(map(_SCHEDULE.fullmatch, words)):
        return all(map(_SCHEDULE.fullmatch, others))
    if len(words) > 1:
        return _skeleton(value) == _skeleton(literal)
    if _starts_with_digit(value) != _starts_with_digit(literal):
        return False
    return _is_other_number(value, literal) if _starts_with_digit(value) else _skeleton(value) == _skeleton(literal)


def _starts_with_digit(text: str) -> bool:
    return text.removeprefix("v")[:1].isdigit()


def _is_other_number(value: str, literal: str) -> bool:
    if _DAY.fullmatch(value) or _DAY.fullmatch(literal):
        return bool(_DAY.fullmatch(value) and _DAY.fullmatch(literal))
    quantities = [_QUANTITY.fullmatch(text) for text in (value, literal)]
    if any(quantities):
        return all(quantities) and _is_other_quantity(*quantities)
    cores = [_CORE.match(text) for text in (value, literal)]
    first, second = (core["core"].split(".") if core else [] for core in cores)
    return any(one != other for one, other in zip(first, second, strict=False))


def _is_other_quantity(value: re.Match[str] | None, literal: re.Match[str] | None) -> bool:
    assert value
    assert literal
    numbers = Decimal(value["number"]), Decimal(literal["number"])
    if value["unit"] == literal["unit"]:
        return numbers[0] != numbers[1]
    for units in _UNITS:
        if value["unit"] in units and literal["unit"] in units:
            return numbers[0] * units[value["unit"]] != numbers[1] * units[literal["unit"]]
    return False


def _skeleton(text: str) -> str:
    """Return the form of a text: what is between its words and its numbers."""
    return _RUN.sub(lambda run: "9" if run[0].isdigit() else "a", text)
