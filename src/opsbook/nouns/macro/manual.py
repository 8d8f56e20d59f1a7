"""Define the macros that document the engine from its own source: keys of files, plugin options, commands."""

from __future__ import annotations

import re

from markupsafe import Markup

from opsbook.nouns.macro.calls import CallSite, check_word
from opsbook.nouns.macro.model import Interface
from opsbook.source.keys import key_sections


def file_keys(here: CallSite, kind: str) -> Markup:
    """Show the keys of a kind of file: what each takes, whether it is required, what stands for it, what it means.

    Args:
        kind: What `opsbook schema` calls it, such as `services` or `runbook`.

    Example:
        {{ file_keys("glossary") }}
    """
    files = here.graph.one(Interface).files
    check_word(str(kind), files, "kind of file")
    file = files[str(kind)]
    sections = key_sections(file.model)
    anchors = {section.name: f"{kind}-{_words(section.name, '-')}" for section in sections[1:]}
    anchors[sections[0].name] = kind
    titles = {section.name: _words(section.name, " ").capitalize() for section in sections[1:]}
    values = {"place": file.place, "sections": sections, "anchors": anchors, "titles": titles}
    return here.show("file_keys", **values)


def plugin_options(here: CallSite) -> Markup:
    """Show the options of the plugin in `mkdocs.yml`: what each takes, its default, and what it does.

    Example:
        {{ plugin_options() }}
    """
    options = here.graph.one(Interface).options()
    return here.show("plugin_options", options=options)


def commands(here: CallSite, name: str | None = None) -> Markup:
    """Show the commands of `opsbook`: how each is called, what it does, and its options.

    Args:
        name: One command, such as `check`; all of them when left out.

    Example:
        {{ commands("diagram") }}
    """
    known = here.graph.one(Interface).commands
    check_word(name, filter(None, known), "command")
    helps = [known[each]() for each in (known if name is None else [name])]
    return here.show("commands", commands=helps)


def content_checks(here: CallSite) -> Markup:
    """Show the checks of `opsbook check --content`: what each looks at, and why.

    Example:
        {{ content_checks() }}
    """
    return here.show("content_checks", checks=here.graph.one(Interface).checks)


def _words(name: str, between: str) -> str:
    """Return the words of a class name in lower case, with `between` between them.

    >>> _words("EscalationLevel", "-")
    'escalation-level'
    """
    return re.sub(r"(?<=[a-z])(?=[A-Z])", between, name).lower()
