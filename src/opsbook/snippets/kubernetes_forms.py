"""Judge one value of a Kubernetes object: a name, a label, a quantity, a port, a schedule.

Each function returns what is wrong with the value and what is allowed, or None. The forms are those of
https://kubernetes.io/docs/concepts/overview/working-with-objects/names/ and of the API reference.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from opsbook.problems import did_you_mean
from opsbook.snippets.kubernetes_fields import MOST_NUMBER, PORTS
from opsbook.source.tree import short

_LABEL = re.compile(r"[a-z0-9](?:[a-z0-9-]*[a-z0-9])?")
_SUBDOMAIN = re.compile(r"[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*")
_VALUE = re.compile(r"(?:[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?)?")
_QUANTITY = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+|[numkMGTPE]|[KMGTPE]i)?")
_PORT_NAME = re.compile(r"(?=.*[a-z])(?!.*--)[a-z0-9](?:[a-z0-9-]*[a-z0-9])?")
_FILE = re.compile(r"[-._a-zA-Z0-9]+")
_PERCENT = re.compile(r"\d+%")
_EVERY = re.compile(r"@every (?:\d+(?:\.\d+)?(?:ns|us|ms|s|m|h))+")
_CRON = (
    (0, 59, ""),
    (0, 23, ""),
    (1, 31, ""),
    (1, 12, "jan feb mar apr may jun jul aug sep oct nov dec"),
    (0, 6, "sun mon tue wed thu fri sat"),
)
_TIMES = ("@yearly", "@annually", "@monthly", "@weekly", "@daily", "@midnight", "@hourly")


def _form(pattern: re.Pattern[str], most: int, means: str) -> Callable[[object], str | None]:
    def judge(value: object) -> str | None:
        fits = isinstance(value, str) and len(value) <= most and pattern.fullmatch(value)
        return None if fits else f"`{short(str(value), 70)}` is {means}"

    return judge


dns_label = _form(_LABEL, 63, "no name here; allowed: up to 63 lower-case letters, digits and `-`, none at an end")
dns_subdomain = _form(
    _SUBDOMAIN,
    253,
    "no name here; allowed: lower-case letters, digits, `-` and `.`, none of the signs at an end",
)
label_value = _form(
    _VALUE,
    63,
    "no value of a label; allowed: up to 63 letters, digits, `-`, `_` and `.`, none of the signs at an end",
)
port_name = _form(
    _PORT_NAME, 15, "no name of a port; allowed: up to 15 lower-case letters, digits and `-`, at least one letter"
)
data_key = _form(_FILE, 253, "no key of data; allowed: letters, digits, `-`, `_` and `.`")


def qualified_name(key: str) -> str | None:
    """Return what is wrong with the key of a label or an annotation: a name, with a domain and `/` before it or not."""
    prefix, slash, name = key.rpartition("/")
    fits = bool(name) and label_value(name) is None and (not slash or dns_subdomain(prefix) is None)
    return (
        None
        if fits
        else f"`{short(key, 70)}` is no key of a label; allowed: a name such as `app`, or `example.org/app`"
    )


def quantity(value: object) -> str | None:
    """Return what is wrong with a quantity such as `500m`, `1.5` or `2Gi`."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return None
    if isinstance(value, str) and _QUANTITY.fullmatch(value):
        return None
    return f"`{short(str(value), 40)}` is no quantity; allowed: a number, alone or with m, k, M, G, T, Ki, Mi, Gi or Ti"


def port(value: object) -> str | None:
    """Return what is wrong with a port that is a number or a name."""
    return in_range(value, *PORTS) if isinstance(value, int) else port_name(value)


def in_range(value: object, least: int, most: int) -> str | None:
    """Return what is wrong with a number."""
    if not isinstance(value, int | float) or least <= value <= most:
        return None
    allowed = f"{least} or more" if most == MOST_NUMBER else f"{least} to {most}"
    return f"{value} is not allowed here; allowed: {allowed}"


def share(value: object) -> str | None:
    """Return what is wrong with a number of things or a share of them in per cent."""
    fits = value >= 0 if isinstance(value, int) else isinstance(value, str) and _PERCENT.fullmatch(value)
    return (
        None if fits else f"`{short(str(value), 40)}` is not allowed here; allowed: a number, or per cent such as `25%`"
    )


def choice(value: object, allowed: str) -> str | None:
    """Return what is wrong with one of several words."""
    if not isinstance(value, str) or value in allowed.split():
        return None
    return f"`{short(value, 40)}` is not allowed here; {did_you_mean(value, allowed.split())}"


def schedule(value: object) -> str | None:
    """Return what is wrong with the schedule of a CronJob: https://pkg.go.dev/github.com/robfig/cron/v3"""
    text = str(value)
    fields = text.split()
    if text in _TIMES or _EVERY.fullmatch(text):
        return None
    if len(fields) == 5 and all(_is_of_cron(field, *limits) for field, limits in zip(fields, _CRON, strict=True)):
        return None
    return (
        f"`{short(text, 40)}` is no schedule; allowed: five fields such as `*/15 2 * * 1-5`, or `@daily` and the like"
    )


def _is_of_cron(field: str, least: int, most: int, names: str) -> bool:
    return all(_is_of_range(part, least, most, names.split()) for part in field.split(","))


def _is_of_range(part: str, least: int, most: int, names: list[str]) -> bool:
    found = re.fullmatch(r"(?:[*?]|(?P<low>\w+)(?:-(?P<high>\w+))?)(?:/(?P<step>\d+))?", part)
    if not found or (found["step"] and int(found["step"]) == 0):
        return False
    ends = [_number(each, names, least) for each in (found["low"], found["high"]) if each]
    return all(each is not None and least <= each <= most for each in ends) and ends == sorted(
        ends, key=lambda each: each or 0
    )


def _number(text: str, names: list[str], least: int) -> int | None:
    if text.lower() in names:
        return names.index(text.lower()) + least
    return int(text) if text.isdecimal() else None
