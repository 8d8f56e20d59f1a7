"""The macros that document the engine itself, from what it reads: keys of files, options of the plugin, commands."""

from __future__ import annotations

import re

from markupsafe import Markup

from opsbook.nouns.macro.calls import Here, check_word
from opsbook.source.keys import key_sections


def file_keys(here: Here, kind: str) -> Markup:
    """The keys of a kind of file: what each takes, whether it is required, what stands for it, what it means.

    Args:
        kind: checklist, services, glossary, page, guide, runbook, post-mortem, track, upstream or secrets.

    Example:
        {{ file_keys("glossary") }}
    """
    check_word(str(kind), here.interface.files, "kind of file")
    file = here.interface.files[str(kind)]
    sections = key_sections(file.model)
    anchors = {section.name: f"{kind}-{_words(section.name, '-')}" for section in sections[1:]}
    anchors[sections[0].name] = kind
    titles = {section.name: _words(section.name, " ").capitalize() for section in sections[1:]}
    values = {"place": file.place, "sections": sections, "anchors": anchors, "titles": titles}
    return here.show("file_keys", **values)


def plugin_options(here: Here) -> Markup:
    """The options of the plugin in `mkdocs.yml`: what each takes, its default, and what it does.

    Example:
        {{ plugin_options() }}
    """
    options = here.interface.options()
    return here.show("plugin_options", options=options)


def commands(here: Here, name: str | None = None) -> Markup:
    """The commands of `opsbook`: how each is called, what it does, and its options.

    Args:
        name: One command, such as `check`; all of them when left out.

    Example:
        {{ commands("diagram") }}
    """
    known = here.interface.commands
    check_word(name, filter(None, known), "command")
    helps = [known[each]() for each in (known if name is None else [name])]
    return here.show("commands", commands=helps)


def _words(name: str, between: str) -> str:
    """Return the words of the name of a class.

    >>> _words("EscalationLevel", "-")
    'escalation-level'
    """
    return re.sub(r"(?<=[a-z])(?=[A-Z])", between, name).lower()
