"""Gathers what people write to use the engine, from all rooms, for the macros that document it.

The plugin and the command belong to rooms above this one. They are found as MkDocs and the shell find them, by the
entry points of the installed package.
"""

from __future__ import annotations

import functools
import importlib
from collections.abc import Callable, Mapping
from importlib.metadata import EntryPoint, entry_points

from opsbook.nouns.alert.upstream import Upstream
from opsbook.nouns.checklist.model import Checklist
from opsbook.nouns.macro.interface import CommandHelp, FileFormat, Interface, PluginOption
from opsbook.nouns.page.model import GuideHead, PageHead
from opsbook.nouns.post_mortem.model import Header as PostMortemHeader
from opsbook.nouns.runbook.header import Header as RunbookHeader
from opsbook.nouns.service.model import Catalog
from opsbook.nouns.term.model import Glossary
from opsbook.nouns.track.model import Header as TrackHeader
from opsbook.secrets.model import Exemptions

FILES: Mapping[str, FileFormat] = {
    "checklist": FileFormat("checklist.yml", Checklist),
    "services": FileFormat("services.yml", Catalog),
    "glossary": FileFormat("docs/glossary.yml", Glossary),
    "page": FileFormat("the front matter of a page in docs/", PageHead),
    "guide": FileFormat("the front matter of docs/practices/<area>/<item>.md", GuideHead),
    "runbook": FileFormat("the front matter of runbooks/<id>.md", RunbookHeader),
    "post-mortem": FileFormat("the front matter of post-mortems/<id>.md", PostMortemHeader),
    "track": FileFormat("the front matter of docs/onboarding/<role>.md", TrackHeader),
    "upstream": FileFormat("runbooks/rules/upstream/<name>.yml", Upstream),
    "secrets": FileFormat(".secrets.yml", Exemptions),
}


@functools.cache
def interface() -> Interface:
    """Return the files, the options of the plugin and the commands."""
    module = importlib.import_module(_entry("console_scripts").module)
    commands: Mapping[str, Callable[[], CommandHelp]] = module.described()
    return Interface(FILES, _options, commands)


def _options() -> tuple[PluginOption, ...]:
    described: tuple[PluginOption, ...] = _entry("mkdocs.plugins").load().config_class.described()
    return described


def _entry(group: str) -> EntryPoint:
    (found,) = entry_points(group=group, name="opsbook")
    return found
