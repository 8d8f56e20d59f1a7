"""Put the index of the search in pieces, with what the worker has to know of the site to rank its pages.

It is done when all plugins have had the index. What stays at its place is what the theme loads with each page.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig

from opsbook.mkdocs.compat.search import search_plugin
from opsbook.mkdocs.search import TECHDOCS
from opsbook.mkdocs.search_pieces import pieces
from opsbook.nouns.term.model import Term
from opsbook.site.language import SiteLanguage
from opsbook.site.words import N_

PIECES = "assets/opsbook/search"
TROUBLE = N_(
    "answer answering broken bug cannot can't dead doesn't down fail failed failing fails failure fix hang hanging"
    " hangs hung incident issue outage problem repair respond responding stop stopped stops stuck troubleshoot unable"
    " unresponsive won't work working works wrong"
)
"""The words, with blanks between them, that people type of anything that is wrong."""
SIGNS = N_(
    "abnormal blocked corrupt crash crashed crashes crashing degraded denied disconnected drops dropped empty exceeded"
    " exhausted expired expires firing forbidden full gone high killed lag lagging leaked locked lost missing"
    " overloaded paged panic refused rejected restarting restarts slow throttled timeout unavailable unhealthy"
    " unreachable"
)
"""The words, with blanks between them, that say what is wrong."""
LEARNING = N_(
    "concept define definition difference explain explained guide guideline how introduction learn mean meaning"
    " overview policy principles procedure should tutorial understand what when where which who why"
)
"""The words, with blanks between them, that people type when they want to learn."""
MANNERS = {"trouble": TROUBLE, "signs": SIGNS, "learning": LEARNING}


def divide_index(config: MkDocsConfig, terms: Iterable[Term], languages: Iterable[SiteLanguage]) -> None:
    """Divide the index that the search plugin has written, and that other plugins may have changed, into pieces.

    It stays whole for Backstage, which reads it by itself, and where a site searches by another plugin.
    """
    index = Path(config.site_dir, "search", "search_index.json")
    plugin = search_plugin(config)
    if not (plugin and plugin.config.enabled and index.exists()) or TECHDOCS in config.theme.static_templates:
        return
    whole = json.loads(index.read_text("utf-8"))
    files, plan = pieces(whole["docs"], _synonyms(terms))
    said = tuple(languages)
    plan |= {name: _in_all(said, words) for name, words in MANNERS.items()}
    rest = json.dumps({"config": {**whole["config"], "opsbook": plan}, "docs": []}, ensure_ascii=False)
    index.write_text(rest, "utf-8")
    script = index.with_suffix(".js")  # The theme's plugin `offline` makes it of the index.
    if script.exists():
        script.write_text(f"var __index = {rest}", "utf-8")
    folder = Path(config.site_dir, PIECES)
    shutil.rmtree(folder, ignore_errors=True)  # A plugin that builds several languages comes here once for each.
    folder.mkdir(parents=True)
    for name, text in files.items():
        (folder / f"{name}.{plan['version']}.js").write_text(text, "utf-8")


def _in_all(languages: Iterable[SiteLanguage], words: str) -> str:
    """Return `words`, which are English, and what they are in all `languages`."""
    return " ".join(dict.fromkeys([words, *(language.gettext(words) for language in languages)]))


def _synonyms(terms: Iterable[Term]) -> Mapping[str, list[str]]:
    """Return the other names of each term by those of its names that are one word."""
    return {
        name: [other for other in term.names if other != name]
        for term in terms
        for name in term.names
        if name.isalnum() and len(term.names) > 1
    }
