"""Make the link by which a reader reports what is wrong on a page: a new issue with the page and its source in it.

The link only opens a form, or a letter: nothing is sent until the reader sends it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote

from mkdocs.config.base import ValidationError
from mkdocs.config.config_options import Type
from mkdocs.config.defaults import MkDocsConfig

from opsbook.problems import did_you_mean
from opsbook.site.language import SiteLanguage
from opsbook.source.web_address import split_address

PLACES = ("title", "body", "page", "source", "version")
"""What stands in braces in the option, each time in the form that an address takes."""
_PLACE = re.compile(r"\{([^{}]*)\}")
_MOST = 200
"""As many characters of a title are told: hosts refuse long addresses."""

_BY_HOST: Mapping[str, str] = {
    "github": "{repo}/issues/new?title={title}&body={body}",
    "gitlab": "{repo}/-/issues/new?issue[title]={title}&issue[description]={body}",
    "gitea": "{repo}/issues/new?title={title}&body={body}",
    "bitbucket": "{repo}/issues/new?title={title}&content={body}",
}
_HOSTS = {"codeberg.org": "gitea", "bitbucket.org": "bitbucket"}


class IssueUrlOption(Type[str]):
    """The address of a new issue, with places for what is known of a page; empty for no link."""

    def __init__(self) -> None:
        super().__init__(str)

    def run_validation(self, value: object) -> str:
        """Return `value`, "" for `false`. Raises ValidationError if it is no address or has a place of another name."""
        if value is False or value == "":
            return ""
        text = super().run_validation(value)
        for name in _PLACE.findall(text):
            if name not in PLACES:
                raise ValidationError(f"unknown place `{{{name}}}`; {did_you_mean(name, PLACES)}")
        bare = _PLACE.sub("x", text)
        parts = split_address(bare)
        is_letter = parts is not None and parts.scheme == "mailto" and "@" in parts.path
        if parts is None or not (is_letter or (parts.scheme in ("http", "https") and parts.hostname)):
            raise ValidationError(f"`{text}` is no address; allowed: one with https://, http:// or mailto:")
        if re.search(r"[\s<>\"'`\\^|{}]", bare):
            raise ValidationError(f"`{text}` holds a sign that no address holds; write it as %20 and the like")
        return text


@dataclass(frozen=True)
class Reported:
    """What a report says of a page."""

    title: str
    page: str
    """The address of the page; its path on the site where that has no address."""
    source: str
    """The file and line that it is made of; empty where there is none."""


@dataclass(frozen=True)
class ReportLinks:
    """Makes the links of a build. `form` is the option, or the form that is known of the host of the repository."""

    form: str
    version: str
    language: SiteLanguage

    def link(self, said: Reported) -> str:
        """Return the address at which a reader reports what is wrong on the page `said`."""
        title = said.title[:_MOST]
        lines = [
            self.language.gettext("Page: %(said)s", said=title),
            self.language.gettext("Address: %(said)s", said=said.page),
            self.language.gettext("Source: %(said)s", said=said.source) if said.source else "",
            self.language.gettext("Version: %(said)s", said=self.version) if self.version else "",
        ]
        question = self.language.gettext("What is wrong, and what is right?")
        values = {
            "title": title,
            "body": "\n".join([*filter(None, lines), "", question, ""]),
            "page": said.page,
            "source": said.source,
            "version": self.version,
        }
        return _PLACE.sub(lambda place: quote(values[place[1]], safe=""), self.form)


def report_form(option: str | None, config: MkDocsConfig) -> str:
    """Return the address of a new issue with its places: the option or, without one, that of the repository's host.

    An empty text where neither is known.
    """
    if option is not None:
        return option
    parts = split_address(config.repo_url or "")
    if parts is None or parts.scheme not in ("http", "https") or not parts.hostname:
        return ""
    form = _BY_HOST.get(_software(parts.hostname, config.edit_uri or ""), "")
    repo = (config.repo_url or "").partition("#")[0].partition("?")[0].rstrip("/").removesuffix(".git")
    return form.replace("{repo}", quote(repo, safe=":/@%~+,;=!$&*()-._"))


def _software(host: str, edit_uri: str) -> str:
    """Return which software runs on `host`, as far as its name or the address of its editor tells.

    >>> _software("gitlab.example.org", ""), _software("git.example.org", "_edit/main/docs/")
    ('gitlab', 'gitea')
    """
    if host in _HOSTS:
        return _HOSTS[host]
    if found := next((name for name in ("github", "gitlab", "gitea", "forgejo") if name in host.split(".")), ""):
        return "gitea" if found == "forgejo" else found
    if edit_uri.startswith("-/"):
        return "gitlab"
    return "gitea" if edit_uri.startswith(("_edit/", "src/branch/")) else ""
