"""List the phrases by which runbooks name values, each with what it means."""

from __future__ import annotations

import re

_NUMBER = r"(?P<number>[-+]?\d+(?:[.,]\d+)*|zero)"
_UNIT = r"(?:\s*(?:%|percent|ms|s|[KMGT]i?B|(?:a |per )?[a-z]+s?))?"
_BELOW = r"below|less than|under|fewer than|lower than|smaller than|<"
_ABOVE = r"above|more than|over|greater than|higher than|larger than|>"
_NOTHING = (
    r"nothing|empty|an? empty (?:result|answer)|empty query result|none|no (?:result|value|data|series|answer)s?"
    r"|not listed|nothing (?:is )?(?:there|listed|comes?|shown)|none (?:is|are) listed"
    r"|no (?:[\w-]+ ){1,3}(?:(?:is|are) )?listed|not there|absent|missing"
)
_SOMETHING = (
    r"not empty|listed|others?|there|an? (?:number|value)|(?:an?|the|another|other|the same|some|several|many)?\s*"
    r"[\w-]+(?: or [\w-]+)?(?: [\w-]+)? (?:is|are) (?:still )?(?:listed|there|shown)"
)
_THING = r"[\w-]+(?: [\w-]+)?(?: (?:again|too|alike|only))?"
_TIMES = r"(?:an?|a few|some|several|many|few|about an?)?\s*(?:seconds?|minutes?|hours?|days?|weeks?|months?)"
_MOVES = r"falls?|rises?|climbs?|grows?|shrinks?|drops?|unchanged"

PHRASES: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(pattern))
    for kind, pattern in (
        ("empty", _NOTHING),
        ("empty", rf"(?:nothing|none) (?:is )?(?:above|below|over|under) {_NUMBER}{_UNIT}"),
        ("listed", _SOMETHING),
        ("nan", r"nan|not a number|no number"),
        ("inf", r"(?:\+\s?)?inf(?:inite|inity)?|plus infinity"),
        ("-inf", r"-\s?inf(?:inite|inity)?|minus infinity"),
        ("negative", r"(?:an? )?negative(?: (?:number|value|one))?|below zero"),
        ("positive", r"(?:an? )?positive(?: (?:number|value|one))?"),
        ("between", rf"(?:between |from )?{_NUMBER}{_UNIT}\s*(?:and|to|-|–)\s*(?P<other>\d+(?:\.\d+)?){_UNIT}"),
        ("<=", rf"(?:at most|up to|not above|not more than|no more than|<=|≤) {_NUMBER}{_UNIT}"),
        ("<=", rf"{_NUMBER}{_UNIT} or (?:less|fewer|below|lower|under)"),
        (">=", rf"(?:at least|not below|not less than|no less than|>=|≥|from) {_NUMBER}{_UNIT}"),
        (">=", rf"{_NUMBER}{_UNIT} (?:or|and) (?:more|above|over|higher)"),
        ("<", rf"(?:{_BELOW}) {_NUMBER}{_UNIT}"),
        (">", rf"(?:{_ABOVE}) {_NUMBER}{_UNIT}"),
        ("near", rf"(?:about|near|nearly|around|roughly|close to|almost) {_NUMBER}{_UNIT}"),
        ("far", rf"(?:about|near|close to) {_NUMBER}{_UNIT} or (?:below|less|above|more|lower|higher)"),
        ("far", rf"(?:well|far|much) (?:{_BELOW}|{_ABOVE}) {_NUMBER}{_UNIT}"),
        ("=", rf"{_NUMBER}{_UNIT}"),
        ("less", r"less|below|lower|fewer|smaller|under it"),
        ("more", r"more|above|higher|greater|larger|over it"),
        (
            "else",
            r"(?:(?:do|does|is|are|has|have) )?not(?: so| better)?|otherwise|(?:anything )?else|(?:any|every) other .*"
            r"|neither|no",
        ),
        ("finite", rf"{_TIMES}(?: at most)?"),
    )
)
"""Each phrase, and its kind; the first that fits is meant."""

LOOSE: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("finite", re.compile(rf"(?:{_BELOW}|{_ABOVE}|at least|at most) {_NUMBER} .*")),
    ("finite", re.compile(rf"(?:\b\w{{1,30}} ){{0,3}}(?:{_MOVES})(?: [\w ]+)?")),
    ("listed", re.compile(rf"(?:only )?(?:the same|another|other|one|several|most|this) {_THING}")),
)
"""What is tried where no phrase fits: a comparison of something else, such as `less than 3 % is left`, a way that
numbers go, or which series they are. Some number is meant, and no more is known."""

LEAD = re.compile(
    r"^(?:(?:still|again|only|now|they|it|all|both|each|are|is|stays?|remains?|gives?|shows?|a value|the value|values?"
    r"|the result|result|one or more|of them|at)\s+)+"
)
"""What may stand before a phrase and changes nothing."""

TAIL = re.compile(
    r"(?<!\s)\s+(?:(?:for|within|after|since|as|because|though|although|until|while|when|in place of|once|twice)\b.*"
    r"|again|here|now|at all|everywhere|in \w+|of (?:it|them))$"
)
"""What may stand behind it."""
