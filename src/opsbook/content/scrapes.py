"""Find what makes Prometheus read a component: monitors, scrape jobs, and the switches of charts."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from opsbook.content.installations import Installations, images_in_prose
from opsbook.content.model import HandbookContent
from opsbook.content.settings import Component
from opsbook.snippets.yaml_tree import SnippetDocument

MONITORS = frozenset(
    {
        "ServiceMonitor",
        "PodMonitor",
        "Probe",
        "ScrapeConfig",
        "VMServiceScrape",
        "VMPodScrape",
        "VMProbe",
        "PodMonitoring",
    }
)
_SWITCH = re.compile(r"(?:service|pod|prometheus|stats)_?-?monitor(?:ing)?|podmonitor|servicemonitor", re.IGNORECASE)
_IN_PODS_OF_OTHERS = frozenset({"istio-proxy", "linkerd"})
"""Proxies are read in the pods of the programs, by one monitor for both."""
_MONITOR_KIND = re.compile(rf"^kind: (?:{'|'.join(sorted(MONITORS))})\b", re.MULTILINE)
_READ_IN_PROSE = re.compile(r"`job`|monitor", re.IGNORECASE)
_SET = re.compile(r"(?:service|pod)monitor[\w.]*=true", re.IGNORECASE)


@dataclass(frozen=True)
class Scrape:
    """Something that Prometheus reads: all that is said of it, in lower case."""

    text: str

    def is_of(self, words: Sequence[str]) -> bool:
        """Return whether it names one of `words`."""
        return any(word.lower() in self.text for word in words)


@dataclass(frozen=True)
class Scrapes:
    """Every monitor, scrape job and switch of a handbook, and the text of all its configuration."""

    found: tuple[Scrape, ...]
    configuration: str

    def reads(self, component: Component, installed: Installations) -> bool:
        """Return whether something reads `component`, or a chart that is installed does so by itself."""
        words = (*component.monitored_as, *component.installed_by) if component.monitored_as else (component.id,)
        names = [word for word in words if word != "*"]
        return installed.holds(component.scraped_by) or any(scrape.is_of(names) for scrape in self.found)

    def reads_own(self, components: Sequence[Component]) -> bool:
        """Return whether a monitor or a scrape job is for a program that is none of `components`."""
        others = [each for each in components if not each.scraped_by and each.id not in _IN_PODS_OF_OTHERS]
        words = [word for each in others for word in (*each.monitored_as, each.id)]
        return any(not scrape.is_of(words) for scrape in self.found)

    def asks(self, target: str) -> bool:
        """Return whether a monitor or a scrape job names `target`."""
        return any(target.lower() in scrape.text for scrape in self.found)

    def says(self, texts: Sequence[str]) -> bool:
        """Return whether a block or a file holds one of `texts`."""
        return any(text.lower() in self.configuration for text in texts)


def scrapes(content: HandbookContent, installed: Installations) -> Scrapes:
    """Return what makes Prometheus read something in `content`."""
    found = [Scrape(text.lower()) for document in content.documents for text in _in_document(document, installed)]
    found += [Scrape(f"{chart} {rest}") for chart, rest in installed.set_values.items() if _SET.search(rest)]
    templates = (block.code for block in content.blocks if block.language == "helm")
    found += [Scrape(code.lower()) for code in templates if _MONITOR_KIND.search(code)]
    if installed.holds(("prometheus",)) and not installed.holds(("kube-prometheus-stack", "prometheus-operator")):
        found += [Scrape("annotations of pods") for block in content.blocks if "prometheus.io/scrape" in block.code]
    found += [Scrape(line.lower()) for line, _ in images_in_prose(content) if _READ_IN_PROSE.search(line)]
    blocks = (block.code for block in content.blocks if block.language not in ("promql", "output", "text"))
    return Scrapes(tuple(found), "\n".join(blocks).lower())


def _in_document(document: SnippetDocument, installed: Installations) -> Iterator[str]:
    top = document.value
    if isinstance(top, dict) and str(top.get("kind")) in MONITORS:
        yield json.dumps(top)
        return
    snippet = document.snippet
    charts = installed.charts_of_values.get(snippet.title) or installed.charts_of_page.get(snippet.path, frozenset())
    around = " ".join([snippet.title, *sorted(charts)])
    for _, value in document.walk():
        for key, inside in value.items():
            if key in ("scrape_configs", "additionalScrapeConfigs") and isinstance(inside, list):
                yield from (json.dumps(job) for job in inside)
            elif key in ("additionalServiceMonitors", "additionalPodMonitors") and isinstance(inside, list):
                yield from (json.dumps(monitor) for monitor in inside)
            elif _SWITCH.search(str(key)) and not _is_off(inside):
                yield around


def _is_off(value: object) -> bool:
    if isinstance(value, dict):
        return value.get("enabled") is False or value.get("create") is False
    return value is False or value is None or value == {} or value == []
