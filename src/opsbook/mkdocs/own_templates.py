"""Find what the policy forbids in a site's own templates, so that it is told with its place and not missing in silence.

Inline scripts are not judged here: the hash of one that is the same on all pages is in the policy, and any other is
told with the page that has it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig

from opsbook.mkdocs.policy import Policy
from opsbook.problems import Problem, Severity
from opsbook.source.text import end_position
from opsbook.source.web_address import split_address

_TAG = re.compile(r"<(?P<name>[a-z][a-z0-9]*)\b(?P<rest>(?:[^<>\"']|\"[^\"]*\"|'[^']*')*)>", re.IGNORECASE)
_ATTRIBUTE = re.compile(
    r"""(?<![\w-])(?P<name>style|on[a-z]+|src|href|data|action|rel)\s*=\s*["']?(?P<value>[^"'>]*)"""
)
_LOADS = {
    "script": ("src", "script-src"),
    "link": ("href", "style-src"),
    "img": ("src", "img-src"),
    "iframe": ("src", "frame-src"),
    "video": ("src", "media-src"),
    "audio": ("src", "media-src"),
    "source": ("src", "media-src"),
    "object": ("data", "object-src"),
    "embed": ("src", "object-src"),
    "form": ("action", "form-action"),
}
"""The attribute by which an element loads something, and the directive that allows it."""
_LINKS = {"stylesheet": "style-src", "icon": "img-src", "preload": "font-src", "manifest": "manifest-src"}
_ANALYTICS = {"google": "https://www.googletagmanager.com"}
"""The hosts that the theme's own integrations load from, by the provider."""
_COMMENT = re.compile(r"\{#(?:[^#]|#(?!\}))*+(?:#\}|\Z)|<!--(?:[^-]|-(?!->))*+(?:-->|\Z)")
_FORBIDS = "the policy of this site forbids the attribute"


def forbidden_in_templates(config: MkDocsConfig, policy: Policy) -> Iterator[Problem]:
    """Yield a warning for everything in the site's `custom_dir` and `extra.analytics` that `policy` forbids."""
    root = Path(config.config_file_path or ".").parent.resolve()
    if config.theme.custom_dir:
        folder = Path(config.theme.custom_dir).resolve()
        for file in sorted(folder.rglob("*.html")):
            name = file.relative_to(root).as_posix() if file.is_relative_to(root) else file.as_posix()
            yield from _forbidden(file.read_text("utf-8", errors="replace"), name, policy)
    analytics = config.extra.get("analytics")
    host = _ANALYTICS.get(str(analytics.get("provider"))) if isinstance(analytics, dict) else None
    if host and (fault := _foreign(host, "script-src", policy)):
        name = Path(config.config_file_path or "mkdocs.yml").name
        yield Problem(name, 0, 0, f"`extra.analytics`: {fault}", Severity.WARNING)


def _forbidden(text: str, name: str, policy: Policy) -> Iterator[Problem]:
    # What Jinja and the browser leave out is blanked, so that places stay.
    text = _COMMENT.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), text)
    for tag in _TAG.finditer(text):
        said = {each["name"].lower(): each for each in _ATTRIBUTE.finditer(tag["rest"])}
        values = {key: each["value"] for key, each in said.items()}
        for key, each in said.items():
            if fault := _fault(tag["name"].lower(), key, values, policy):
                before = text[: tag.start("rest") + each.start()]
                yield Problem(name, *end_position(before), fault, Severity.WARNING)


def _fault(element: str, key: str, values: Mapping[str, str], policy: Policy) -> str:
    """Return what the policy has against the attribute `key` of an element with `values`; an empty text for nothing."""
    if key == "style":
        allowed = policy.allows("style-src", "'unsafe-inline'")
        return "" if allowed else f"{_FORBIDS} `style`; give the element a class, and write its rule in `extra_css`"
    if key.startswith("on"):
        return f"{_FORBIDS} `{key}`; add the listener in a script of `extra_javascript`"
    attribute, directive = _LOADS.get(element, ("", ""))
    if element == "link":
        words = values.get("rel", "").lower().split()
        directive = next((_LINKS[word] for word in words if word in _LINKS), "")
    is_foreign = values[key].startswith(("http://", "https://", "//"))
    return _foreign(values[key], directive, policy) if key == attribute and directive and is_foreign else ""


def _foreign(address: str, directive: str, policy: Policy) -> str:
    """Return why nothing is loaded from `address`; an empty text where the policy allows it."""
    parts = split_address(address if "://" in address else f"https:{address}")
    if parts is None:
        return f"`{address}` is not an address"
    origin = f"{parts.scheme}://{parts.netloc}"
    named = {f"{parts.scheme}:", parts.netloc, origin}
    if any(source in named or source.startswith(f"{origin}/") for source in policy.sources[directive]):
        return ""
    return (
        f"the policy of this site forbids to load from {parts.netloc}; keep a copy in the folder of the pages, or name"
        f" `{origin}` under `policy: {{{directive}: […]}}` of the plugin `opsbook`"
    )
