"""Define the plugin's options in `mkdocs.yml`."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping

from mkdocs.config import config_options
from mkdocs.config.base import BaseConfigOption, Config, ValidationError
from mkdocs.config.defaults import MkDocsConfig

from opsbook.assembly.names import WORDS, name_faults
from opsbook.assembly.parts import PARTS
from opsbook.markup.settings import form_fault
from opsbook.mkdocs.defaults import FEATURES
from opsbook.mkdocs.policy import DIRECTIVES, Policy
from opsbook.mkdocs.report_links import IssueUrlOption
from opsbook.nouns.macro.model import PluginOption
from opsbook.problems import did_you_mean
from opsbook.source.web_address import split_address

MOST_PROCESSES = 64
FIXED = frozenset({"default-src"})
_SOURCE = re.compile(
    r"'(?:self|unsafe-inline|unsafe-eval|wasm-unsafe-eval)'"
    r"|'sha(?:256|384|512)-[A-Za-z0-9+/_-]+={0,2}'"
    r"|[a-z][a-z0-9+.-]*:"
    r"|(?:[a-z][a-z0-9+.-]*://)?(?:\*\.)?[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*(?::(?:\d+|\*))?(?:/[^\s;,'\"<>?#]*)?"
)


class PolicyOption(BaseConfigOption[Mapping[str, tuple[str, ...]] | None]):
    """Sources that a site adds to its Content-Security-Policy, by directive; None if it has no policy."""

    def __init__(self) -> None:
        super().__init__()
        self.default = {}

    def run_validation(self, value: object) -> Mapping[str, tuple[str, ...]] | None:
        """Return the sources by directive, or None for `false`. Raises ValidationError for anything else."""
        if value is False:
            return None
        if value is True:
            return {}
        if not isinstance(value, Mapping):
            raise ValidationError("Expected false, or lists of sources by directive, such as `img-src: [https://…]`.")
        return {str(name): _sources(str(name), sources) for name, sources in value.items()}


class NamesOption(BaseConfigOption[Mapping[str, Mapping[str, str]]]):
    """What the site calls sections, severities, statuses and tiers."""

    def __init__(self) -> None:
        super().__init__()
        self.default = {}

    def run_validation(self, value: object) -> Mapping[str, Mapping[str, str]]:
        """Return `value`. Raises ValidationError with all that is wrong with it."""
        if faults := list(name_faults(value)):
            raise ValidationError("; ".join(faults))
        return value  # type: ignore[return-value] # It has no faults.


class RawPath(config_options.Type[str]):
    """A folder or file below the hand-written pages whose pages may contain raw HTML."""

    def __init__(self) -> None:
        super().__init__(str)

    def run_validation(self, value: object) -> str:
        """Return `value`. Raises ValidationError if it is not a relative path that stays below the pages."""
        if fault := form_fault(value):
            raise ValidationError(fault)
        return super().run_validation(value)


class Processes(config_options.Type[int]):
    """How many processes work at once; 0 for as many as there are processors."""

    def __init__(self) -> None:
        super().__init__(int, default=0)

    def run_validation(self, value: object) -> int:
        """Return `value`. Raises ValidationError if it is not a whole number from 0 to MOST_PROCESSES."""
        if type(value) is not int or not 0 <= value <= MOST_PROCESSES:
            raise ValidationError(f"Expected a whole number from 0 to {MOST_PROCESSES}, and not {value!r}.")
        return value


class OpsbookConfig(Config):
    """The options of the plugin, with which a site says what differs from the defaults."""

    bundle = config_options.Type(bool, default=False)
    cache_dir = config_options.Type(str, default=".cache/opsbook")
    change_over = config_options.Choice(("folder", "files"), default="folder")
    issue_url = config_options.Optional(IssueUrlOption())
    last_change = config_options.Type(bool, default=False)
    machine_readable = config_options.Type(bool, default=True)
    names = NamesOption()
    policy = PolicyOption()
    raw_html = config_options.ListOfItems(RawPath(), default=[])
    reuse_pages = config_options.Type(bool, default=True)
    service_worker = config_options.Type(bool, default=True)
    without = config_options.ListOfItems(config_options.Choice(PARTS), default=[])
    without_features = config_options.ListOfItems(config_options.Choice(FEATURES), default=[])
    workers = Processes()

    @classmethod
    def described(cls) -> tuple[PluginOption, ...]:
        """Return every option with its documentation."""
        defaults = {name: option.default for name, option in cls._schema}
        return tuple(PluginOption(name, *DESCRIBED[name], json.dumps(default)) for name, default in defaults.items())


DESCRIBED: Mapping[str, tuple[str, str]] = {
    "bundle": (
        "`true` or `false`",
        "Whether the footer links a zip file with the whole site, which works from a disk, and with the source as git"
        " has it: see [Without a network](offline.md#bundle).",
    ),
    "cache_dir": (
        "a path, from the folder of `mkdocs.yml`",
        "The folder that keeps from one build to the next what is slow to make. It can be deleted at any time.",
    ),
    "change_over": (
        "`folder` or `files`",
        "How a finished build takes the place of the site before it: by renaming its folder, or file by file, for a"
        " folder that a container mounts.",
    ),
    "issue_url": (
        "an address with places in braces, or `false`",
        "Where a reader reports what is wrong on a page; without it, the issues of the `repo_url` where its host is"
        " known: see [Something is wrong here](health.md#report).",
    ),
    "last_change": (
        "`true` or `false`",
        "Whether each page says when its source was last changed, and by whom: see [Last change](#last-change).",
    ),
    "machine_readable": (
        "`true` or `false`",
        "Whether the site has files for programs: `runbooks.json`, `llms.txt`, and the Markdown of each runbook beside"
        " its page, such as `runbooks/cart-down/index.md`.",
    ),
    "names": (
        "names by " + ", ".join(f"`{kind}`" for kind in WORDS),
        "What the site calls sections of runbooks and post-mortems, severities, statuses and tiers, each with the word"
        " that it stands for, such as `severities: {P1: critical, P2: critical, P3: warning}`: see"
        " [Names of your own](language.md#names-of-your-own).",
    ),
    "policy": (
        "`false`, or lists of sources by directive",
        "Sources that are added to the Content-Security-Policy of every page, such as `img-src:"
        " [https://img.example.org]`; `false` leaves the policy out.",
    ),
    "raw_html": (
        "a list of paths below the folder of the pages",
        "Folders and files whose pages may hold any HTML, such as `[howto, status/widget.md]`.",
    ),
    "reuse_pages": (
        "`true` or `false`",
        "Whether a page whose inputs have not changed since the last build is taken whole from `cache_dir`, see"
        " [What is kept between builds](decisions/cache.md).",
    ),
    "service_worker": (
        "`true` or `false`",
        "Whether browsers keep a copy of runbooks, alerts, services, drawings and the search, for when the server does"
        " not answer; `false` removes it from every browser that has one: see"
        " [Without a network](offline.md#service-worker).",
    ),
    "without": (
        "a list of parts: " + ", ".join(f"`{part}`" for part in PARTS),
        "Parts that the site does without: no page, no tab, and no link that leads there.",
    ),
    "without_features": (
        "a list of features that Opsbook turns on: " + ", ".join(f"`{feature}`" for feature in FEATURES),
        "Features of the theme that the site does without.",
    ),
    "workers": (
        "a number of processes; 0 for one on each processor",
        "How many processes make pages at the same time, on Linux. The site is the same bytes with any number.",
    ),
}
"""What each option takes, and what it does. A test checks that none is missing."""


def policy_of(added: Mapping[str, tuple[str, ...]], config: MkDocsConfig) -> Policy:
    """Return the policy of a site: the strict one, the sources in `added`, and the hosts that `config` loads from."""
    policy = Policy.strict()
    for directive, sources in added.items():
        policy = policy.allowing(directive, sources)
    policy = policy.allowing("script-src", _hosts(map(str, config.extra_javascript)))
    policy = policy.allowing("style-src", _hosts(map(str, config.extra_css)))
    return policy.allowing("img-src", _hosts(str(config.theme.get(name) or "") for name in ("logo", "favicon")))


def _sources(directive: str, sources: object) -> tuple[str, ...]:
    allowed = [name for name in DIRECTIVES if name not in FIXED]
    if directive not in allowed:
        raise ValidationError(f"unknown directive `{directive}`; {did_you_mean(directive, allowed)}")
    if not isinstance(sources, list) or not all(isinstance(each, str) for each in sources):
        raise ValidationError(f"`{directive}` wants a list of sources, such as [https://example.org]")
    for source in sources:
        if not _SOURCE.fullmatch(source):
            raise ValidationError(f"`{directive}`: `{source}` is no source; allowed: a host, a scheme, or a hash")
        if directive == "script-src" and source == "'unsafe-inline'":
            raise ValidationError("`script-src`: 'unsafe-inline' does nothing beside hashes; name the script's hash")
    return tuple(sources)


def _hosts(addresses: Iterable[str]) -> list[str]:
    """Return the hosts in `addresses` as sources of a policy; paths within the site have none."""
    return [host for address in addresses if (host := _host(address)) and _SOURCE.fullmatch(host)]


def _host(address: str) -> str:
    parts = split_address(address)
    if parts is None:  # Half a bracket, say: no browser can load it either.
        return ""
    port = f":{parts.port}" if parts.port else ""
    named = f"{parts.hostname or ''}{port}"
    return f"{parts.scheme}://{named}" if named and parts.scheme else named
