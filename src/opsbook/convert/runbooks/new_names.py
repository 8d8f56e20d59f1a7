"""Give each imported page a file with an id of its own, and keep which ids, addresses and alerts are taken."""

from __future__ import annotations

import itertools
import posixpath
import re
from dataclasses import dataclass

from opsbook.convert.runbooks.known_site import KnownSite
from opsbook.source.slugs import slug

MOST_ID = 80
_ALIAS = re.compile(r"[^\W_]+(?:[-_.][^\W_]+)*(?:/[^\W_]+(?:[-_.][^\W_]+)*)*")
_INDEXES = ("readme", "index", "_index")


@dataclass
class NewNames:
    """The ids, with the addresses that lead to them, and the alerts that are taken; both in small letters."""

    ids: set[str]
    alerts: set[str]

    @classmethod
    def beside(cls, known: KnownSite) -> NewNames:
        """Return the names that are taken by what is there already."""
        return cls(set(known.ids), {each.lower() for each in known.alerts})

    def file(self, path: str, plain: str, known: KnownSite) -> str:
        """Return the new file of the page `path`: where an earlier import has put it, else one with a new id."""
        if path in known.places:
            return known.places[path]
        folder, name = posixpath.split(plain)
        above = folder.split("/") if folder else []
        stem = name.rpartition(".")[0]
        words = above.pop() if stem.lower() in _INDEXES and above else stem
        own = slug(words, most=MOST_ID) or "runbook"
        own = own if own not in _INDEXES else "overview"  # A README is about its folder, and `index` is the list.
        deeper = (slug(" ".join((*above[at:], own)), most=MOST_ID) for at in range(len(above) - 1, -1, -1))
        numbered = (f"{own[: MOST_ID - 5].rstrip('-')}-{number}" for number in itertools.count(2))
        found = next(each for each in itertools.chain((own,), deeper, numbered) if each and each not in self.ids)
        self.ids.add(found)
        return posixpath.join(folder, f"{found}.md")

    def aliases(self, plain: str, id: str) -> tuple[str, ...]:
        """Return the address below `/runbooks/` that the page had elsewhere, its path in small letters, and take it.

        Return nothing where the path is no address, or leads to a page already.
        """
        bare = plain.rpartition(".")[0]
        folder, _, name = bare.rpartition("/")
        alias = (folder if name.lower() in _INDEXES else bare).lower()
        if alias in (id, "index") or not _ALIAS.fullmatch(alias) or alias.casefold() in self.ids:
            return ()
        self.ids.add(alias.casefold())
        return (alias,)

    def takes_alert(self, name: str) -> bool:
        """Return whether the alert `name` leads to no runbook yet, and take it."""
        is_free = name.lower() not in self.alerts
        self.alerts.add(name.lower())
        return is_free
