"""Name the keys of Prometheus files that an older promtool does not know, and judge their values.

The versions are those of https://github.com/prometheus/prometheus/blob/main/CHANGELOG.md; the operator has keys of its
own: https://prometheus-operator.dev/docs/api-reference/api/#monitoring.coreos.com/v1.RuleGroup
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from opsbook.problems import Problem
from opsbook.snippets.yaml_tree import Path, SnippetDocument

_DURATION = re.compile(r"0|(?:\d+y)?(?:\d+w)?(?:\d+d)?(?:\d+h)?(?:\d+m)?(?:\d+s)?(?:\d+ms)?")
_KINDS: Mapping[str, str] = {
    "duration": "a duration such as `1m`",
    "labels": "names with texts",
    "response": "`warn` or `abort`",
    "boolean": "`true` or `false`",
    "number": "a whole number",
    "list": "a list",
    "mapping": "a mapping",
    "text": "a text",
}

YOUNGER: Mapping[str, tuple[str, str]] = {
    # Groups and rules.
    "query_offset": ("Prometheus 2.53", "duration"),
    "labels": ("Prometheus 3.0", "labels"),
    "partial_response_strategy": ("Thanos and the operator", "response"),
    # Configurations.
    "scrape_config_files": ("Prometheus 2.43", "list"),
    "http_headers": ("Prometheus 2.54", "mapping"),
    "keep_dropped_targets": ("Prometheus 2.47", "number"),
    "scrape_protocols": ("Prometheus 2.49", "list"),
    "enable_compression": ("Prometheus 2.50", "boolean"),
    "track_timestamps_staleness": ("Prometheus 2.48", "boolean"),
    "native_histogram_bucket_limit": ("Prometheus 2.45", "number"),
    "native_histogram_min_bucket_factor": ("Prometheus 2.50", "number"),
    "scrape_classic_histograms": ("Prometheus 2.45", "boolean"),
    "always_scrape_classic_histograms": ("Prometheus 3.0", "boolean"),
    "scrape_native_histograms": ("Prometheus 3.8", "boolean"),
    "convert_classic_histograms_to_nhcb": ("Prometheus 3.4", "boolean"),
    "scrape_failure_log_file": ("Prometheus 2.55", "text"),
    "fallback_scrape_protocol": ("Prometheus 3.0", "text"),
    "metric_name_validation_scheme": ("Prometheus 3.0", "text"),
    "metric_name_escaping_scheme": ("Prometheus 3.4", "text"),
    "rule_query_offset": ("Prometheus 2.53", "duration"),
    "extra_scrape_metrics": ("Prometheus 3.9", "boolean"),
    "runtime": ("Prometheus 2.53", "mapping"),
    "otlp": ("Prometheus 2.54", "mapping"),
    "protobuf_message": ("Prometheus 2.54", "text"),
    "azuread": ("Prometheus 2.45", "mapping"),
    "proxy_from_environment": ("Prometheus 2.43", "boolean"),
    "no_proxy": ("Prometheus 2.43", "text"),
    "proxy_connect_header": ("Prometheus 2.43", "mapping"),
    "max_version": ("Prometheus 2.44", "text"),
}
"""Who knows a key, and what its value is, by the key. What promtool itself knows, it judges."""


def value_problems(document: SnippetDocument, paths: Sequence[Path]) -> Iterator[Problem]:
    """Yield the keys at `paths` whose value is of the wrong kind."""
    for path in paths:
        known, kind = YOUNGER[str(path[-1])]
        if not _fits(document.at(path), kind):
            yield document.problem(path, f"`{path[-1]}` ({known}) takes {_KINDS[kind]}")


def _fits(value: object, kind: str) -> bool:
    if kind == "duration":
        return isinstance(value, str | int) and bool(str(value)) and _DURATION.fullmatch(str(value)) is not None
    if kind == "labels":
        names = value if isinstance(value, dict) else {"-": 1}
        return all(
            re.fullmatch(r"[A-Za-z_]\w*", name) and not isinstance(text, dict | list) for name, text in names.items()
        )
    if kind == "response":
        return str(value).lower() in ("warn", "abort", "")
    types = {"boolean": bool, "list": list, "mapping": dict, "number": (int, float), "text": str}
    return isinstance(value, types[kind])  # type: ignore[arg-type]
