"""Find what a handbook installs: charts, images, add-ons and workloads, by the last part of their names."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from opsbook.content.model import HandbookContent
from opsbook.content.queries import SHELLS
from opsbook.snippets.model import Snippet
from opsbook.snippets.yaml_tree import SnippetDocument

_RUN_HELM = SHELLS | {"groovy"}
WORKLOADS = frozenset({"Deployment", "DaemonSet", "StatefulSet", "HelmRelease", "HelmChart", "Application"})
_CONTINUED = re.compile(r"\\\n\s*")
_HELM = re.compile(r"\bhelm\s+(?P<rest>[^\n;|&]*)")
_REFERENCE = re.compile(r"^(?:oci://)?[\w.${}-]+(?:/[\w.${}-]+)+$")
_VALUES = re.compile(r"(?:--values|-f)[= ](?P<file>[^\s\"']+)")
_BRINGS = re.compile(r"\b(?:apply|create|install|replace)\b")
_ADDRESS = re.compile(r"https?://[^\s\"'/]+/(?P<path>[^\s\"']+)")
_ADDON = re.compile(r"""(?:--addon-name[= ]|addon_name\s*=\s*)["']?(?P<name>[\w-]+)""")
_COMMANDS = re.compile(r"\b(?P<name>istioctl|linkerd|cilium|flux|velero)\s+(?:install|bootstrap)\b")
_PACKAGES = re.compile(r"\b(?:apt-get|apt|dnf|yum|brew|apk)\s+(?:-\S+\s+)*(?:install|add)\s+(?P<names>[^\n;|&]*)")
_CHART_IN_HCL = re.compile(r"""\b(?:chart|image)\s*=\s*["'](?P<name>[^"']+)["']""")
_IMAGE_IN_SHELL = re.compile(r"\bdocker\s+(?:run|pull)\s[^\n]*")
_IMAGE = re.compile(r"[\w.-]+(?:/[\w.-]+)+(?:[:@]\S+)?|[\w-]+:[\w.-]+")
_IN_PROSE = re.compile(r"`(?P<name>[\w-]+(?:\.[\w-]+)+(?:/[\w.-]+)+(?::[\w.-]+)?)`")
"""An image with its registry; other paths in prose are files."""
_FROM = re.compile(r"^FROM\s+(?P<name>\S+)", re.MULTILINE | re.IGNORECASE)


@dataclass(frozen=True)
class Installations:
    """The names of all that a handbook installs, and the charts that each page and each file of values is for."""

    names: frozenset[str]
    charts_of_page: Mapping[str, frozenset[str]]
    charts_of_values: Mapping[str, frozenset[str]]
    set_values: Mapping[str, str]
    """The options after the chart in the commands that install it, by its name."""

    def holds(self, names: Iterable[str]) -> bool:
        """Return whether one of `names` is installed; `*` always is."""
        return any(name == "*" or name.lower() in self.names for name in names)


def installations(content: HandbookContent) -> Installations:
    """Return what the commands, manifests and modules of `content` install."""
    names: set[str] = set()
    pages: dict[str, set[str]] = defaultdict(set)
    values: dict[str, set[str]] = defaultdict(set)
    options: dict[str, str] = defaultdict(str)
    for block in content.blocks:
        names.update(_names_in(block))
        for chart, rest in _charts(block) if block.language in _RUN_HELM else ():
            names.add(chart)
            pages[block.path].add(chart)
            options[chart] += f" {rest.lower()}"
            for file in _VALUES.finditer(rest):
                values[file["file"]].add(chart)
    names.update(last_part(name) for _, name in images_in_prose(content))
    for document in content.documents:
        names.update(_names_in_yaml(document))
    return Installations(
        frozenset(name.lower() for name in names if name),
        {path: frozenset(charts) for path, charts in pages.items()},
        {path: frozenset(charts) for path, charts in values.items()},
        options,
    )


def images_in_prose(content: HandbookContent) -> Iterator[tuple[str, str]]:
    """Yield each line of prose that names an image with its registry, and the image: so a page says "the same with"."""
    for page in content.pages:
        for number in range(page.body_line, len(page.lines) + 1):
            line = page.lines[number - 1]
            if "`" in line and number not in page.hidden:
                yield from ((line, found["name"]) for found in _IN_PROSE.finditer(line))


def last_part(name: str) -> str:
    """Return the name of a chart or an image without its registry, tag and digest.

    >>> last_part("quay.io/prometheuscommunity/postgres-exporter:v0.20.1"), last_part("oci://ghcr.io/traefik/helm/traefik")
    ('postgres-exporter', 'traefik')
    """
    return name.partition("@")[0].rstrip("/").rpartition("/")[2].partition(":")[0]


def _charts(block: Snippet) -> Iterator[tuple[str, str]]:
    """Yield each chart that `helm` installs in a block, with the rest of the command."""
    for found in _HELM.finditer(_CONTINUED.sub(" ", block.code)):
        words = [word.strip("\"'") for word in found["rest"].split()]
        verb = next((at for at, word in enumerate(words) if word in ("upgrade", "install")), None)
        if verb is None:
            continue
        after = words[verb + 1 :]
        reference = next((word for word in after if _REFERENCE.match(word)), "")
        chart = last_part(reference) if reference else next((word for word in after if not word.startswith("-")), "")
        yield chart.lower(), " ".join(after)


def _names_in(block: Snippet) -> Iterator[str]:
    code = _CONTINUED.sub(" ", block.code)
    if block.language in _RUN_HELM:
        for line in filter(_BRINGS.search, code.split("\n")):
            yield from (part for found in _ADDRESS.finditer(line) for part in found["path"].split("/"))
        yield from (found["name"] for found in _COMMANDS.finditer(code))
        yield from (name for found in _PACKAGES.finditer(code) for name in found["names"].split())
        words = (word for found in _IMAGE_IN_SHELL.finditer(code) for word in found.group().split())
        yield from (last_part(word) for word in words if _IMAGE.fullmatch(word))
    if block.language in _RUN_HELM or block.language in ("hcl", "terraform", "tf"):
        yield from (found["name"] for found in _ADDON.finditer(code))
        yield from (last_part(found["name"]) for found in _CHART_IN_HCL.finditer(code))
    if block.language in ("dockerfile", "docker"):
        yield from (last_part(found["name"]) for found in _FROM.finditer(code))
    if block.language == "helm":
        yield from (last_part(name) for name in re.findall(r"^\s*(?:- )?image:\s*[\"']?([\w./-]+)", code, re.MULTILINE))


def _names_in_yaml(document: SnippetDocument) -> Iterator[str]:
    top = document.value
    if isinstance(top, dict) and str(top.get("kind")) in WORKLOADS and isinstance(top.get("metadata"), dict):
        yield str(top["metadata"].get("name", ""))
    for path, value in document.walk():
        for key in ("image", "chart", "repository"):
            if isinstance(text := value.get(key), str):
                yield last_part(text)
        if path[-2:-1] in (("addons",), ("dependencies",)):
            yield str(value.get("name", ""))
