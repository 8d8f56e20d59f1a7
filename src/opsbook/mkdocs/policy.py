"""Build the Content-Security-Policy of the site, which limits what a page may load and run.

It is the second line of defence after the escaping and cleaning of text. It allows the site itself and the hashes of
the theme's few inline scripts, so that no script that came in with a text runs, and no other host is asked.
"""

from __future__ import annotations

import base64
import hashlib
import html
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

DIRECTIVES: Mapping[str, tuple[str, ...]] = {
    "default-src": ("'none'",),
    "script-src": ("'self'",),
    "style-src": ("'self'",),
    "img-src": ("'self'", "data:"),
    "connect-src": ("'self'",),
    "worker-src": ("'self'",),
    "font-src": ("'self'",),
    "manifest-src": ("'self'",),
    "media-src": (),
    "frame-src": (),
    "object-src": (),
    "base-uri": ("'none'",),
    "form-action": ("'none'",),
}
"""Every directive of the policy, with its sources. One without sources is left out, and `default-src` stands for it."""

OTHER_HEADERS = {"X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer"}
META = '<meta http-equiv="Content-Security-Policy" content="'

_GAP = r"(?:\s|<!--(?:[^-]|-(?!->))*-->)*"
_START = re.compile(
    rf"{_GAP}(?:<!doctype\b[^<>]*>{_GAP})?(?:<html\b[^<>]*>{_GAP})?(?:<head\b[^<>]*>(?:\s*<meta charset[^<>]*>)?)?",
    re.IGNORECASE,
)
_SCRIPT = re.compile(r"<script\b([^<>]*)>", re.IGNORECASE)
_DATA = re.compile(r"""\btype\s*=\s*["']?(?:application|text)/(?:[\w.-]+\+)?(?:json|template|plain)\b""", re.IGNORECASE)
_SRC = re.compile(r"""(?:^|[\s"'])src\s*=""", re.IGNORECASE)


def inline_scripts(page: str) -> Iterable[str]:
    """Yield the text of each inline script of the HTML `page`. Blocks of data are not scripts."""
    at = 0
    lowered = page.lower()
    while tag := _SCRIPT.search(page, at):
        end = lowered.find("</script", tag.end())
        at = len(page) if end < 0 else end
        if not _SRC.search(tag[1]) and not _DATA.search(tag[1]):
            yield page[tag.end() : at]


def inline_styles(page: str) -> list[str]:
    """Return the text of each `<style>` of the HTML `page`, which a template made."""
    return re.findall(r"<style\b[^<>]*>([^<]*)</style>", page, re.IGNORECASE)


def hash_of(text: str) -> str:
    """Return the source that allows the inline script or style `text`.

    >>> hash_of("")
    "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='"
    """
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


@dataclass(frozen=True)
class Policy:
    """The sources of each directive."""

    sources: Mapping[str, tuple[str, ...]]

    @classmethod
    def strict(cls) -> Policy:
        """Return the policy of a site that loads nothing from elsewhere."""
        return cls(dict(DIRECTIVES))

    def allowing(self, directive: str, sources: Iterable[str]) -> Policy:
        """Return this policy with `sources` added to `directive`, each once, in a fixed order."""
        before = tuple(each for each in self.sources[directive] if each != "'none'")
        new = tuple(sorted(set(sources) - set(before)))
        return replace(self, sources={**self.sources, directive: (*before, *new)}) if new else self

    def allows(self, directive: str, source: str) -> bool:
        """Return whether `directive` names `source`."""
        return source in self.sources[directive]

    def __str__(self) -> str:
        """Return the policy in the form of a header."""
        return "; ".join(" ".join((name, *sources)) for name, sources in self.sources.items() if sources)

    def meta(self) -> str:
        """Return the policy as an element of a page."""
        return f'{META}{html.escape(str(self), quote=False)}">'

    def on(self, page: str) -> str:
        """Return the HTML `page` with the policy at the top of its head.

        Only the charset comes before it, since browsers look for that in the first 1,024 bytes only. A policy in a
        page governs what follows it.
        """
        start = _START.match(page)
        at = start.end() if start else 0
        return f"{page[:at]}{self.meta()}{page[at:]}"

    def headers(self) -> str:
        """Return the text of the file `_headers` that Netlify, Cloudflare Pages and others read, for all pages.

        `frame-ancestors` is only in this file, since browsers ignore it in a page.
        """
        said = {"Content-Security-Policy": f"{self}; frame-ancestors 'none'", **OTHER_HEADERS}
        return "/*\n" + "".join(f"  {name}: {value}\n" for name, value in said.items())


def with_script(page: bytes, script: str) -> bytes:
    """Return `page` for the server, with a policy that also allows the inline `script` of the server."""
    start = page.find(META.encode())
    end = page.find(b'">', start)
    if start < 0 or end < 0:
        return page
    said = page[start:end].replace(b"script-src ", f"script-src {hash_of(script)} ".encode(), 1)
    return page[:start] + said + page[end:]
