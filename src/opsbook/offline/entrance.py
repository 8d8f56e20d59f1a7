"""Write what stands at the top of a bundle: the page that leads to the site, and the text that says what is in it."""

from __future__ import annotations

import html
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from opsbook.convert.ids import slug
from opsbook.offline.addresses import attributes, tags
from opsbook.offline.project import ProjectSource
from opsbook.site.language import SiteLanguage
from opsbook.site.render import whole_file

_LONGEST = 60
_OF_PROPERDOCS = ("properdocs.yml", "properdocs.yaml")


@dataclass(frozen=True)
class ShownSite:
    """What a site says of itself on its home page, and the moment that it is of."""

    name: str
    address: str
    language: SiteLanguage
    moment: datetime

    @classmethod
    def of(cls, home: str, moment: datetime) -> ShownSite:
        """Return what the HTML `home` of a home page says."""
        title = next((tag for tag in tags(home) if tag[1].lower() == "title"), None)
        name = html.unescape(home[title.end() : home.find("</", title.end())]).strip() if title else ""
        return cls(name or "site", canonical(home), page_language(home), moment)

    @property
    def file_name(self) -> str:
        """Return the name of the file that the site is put into: its own, with what a path may hold."""
        return f"{slug(self.name, most=_LONGEST) or 'site'}.zip"

    def entrance(self) -> bytes:
        """Return the page at the top, which leads to the home page of the site."""
        return whole_file("bundle.html", self.language, name=self.name).encode()

    def readme(self, source: ProjectSource) -> bytes:
        """Return the text that says what is in the file, of when it is, and how the site is built from its source."""
        parts = [self.name, "=" * len(self.name), "", *self._inside(source), *self._source(source)]
        return ("\n".join(parts) + "\n").encode()

    def _say(self, message: str, **values: Any) -> str:
        return self.language.gettext(message, **values)

    def _inside(self, source: ProjectSource) -> list[str]:
        _ = self._say
        lines = [
            _("Open index.html in a browser. The whole site works from there, without a network."),
            "",
            _("State of %(date)s.", date=self.language.date(self.moment.date())),
        ]
        if self.address:
            lines.append(_("The newest state: %(address)s", address=self.address))
        if source.commit:
            lines.append(_("Commit: %(commit)s", commit=source.commit))
        return lines

    def _source(self, source: ProjectSource) -> list[str]:
        _ = self._say
        if not source.files:
            return ["", _("The source of the site is not in this file: it was not built from a commit of git.")]
        folder = f"source/{source.folder}".rstrip("/")
        top = f"{source.folder}/".lstrip("/")
        needs = "requirements.txt" if f"{top}requirements.txt" in source.files else ""
        engine = "properdocs" if {f"{top}{name}" for name in _OF_PROPERDOCS} & source.files.keys() else "mkdocs"
        lines = [
            "",
            _("The folder source holds the files that the site is built from:"),
            "",
            f"    cd {folder}",
            f"    python -m pip install {f'-r {needs}' if needs else 'opsbook'}",
            f"    SOURCE_DATE_EPOCH={int(self.moment.timestamp())} python -m {engine} build",
        ]
        if source.changed:
            said = _("The site was built with changes that the commit does not have. They are not in the source:")
            lines += ["", said, "", *(f"    {name}" for name in source.changed)]
        if source.left_out:
            said = _("These files of the project are left out:")
            lines += ["", said, "", *(f"    {line}" for line in source.left_out)]
        return lines


def page_language(page: str) -> SiteLanguage:
    """Return the language of the HTML `page`."""
    first = next((attributes(tag) for tag in tags(page) if tag[1].lower() == "html"), {})
    return SiteLanguage(first.get("lang") or SiteLanguage().code)


def canonical(page: str) -> str:
    """Return the address at which the HTML `page` is served; an empty text where it does not say a whole one."""
    links = (attributes(tag) for tag in tags(page) if tag[1].lower() == "link")
    found = next((each.get("href", "") for each in links if each.get("rel", "").lower() == "canonical"), "")
    return found if found.startswith(("https://", "http://")) else ""
