"""Add the copies that work without a network to a site that is built and not yet shown."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files

from opsbook import web
from opsbook.mkdocs.options import OpsbookConfig
from opsbook.offline.archive import bundled_site, may_be_replaced
from opsbook.offline.footer import with_bundle_link, without_note
from opsbook.offline.moment import moment_of
from opsbook.offline.project import project_source
from opsbook.offline.worker import WORKER, kept_site

log = logging.getLogger("mkdocs.plugins.opsbook")
_NOWHERE = "404.html"
"""The page that stands at no address of its own, so that no relative link in it leads anywhere."""


@dataclass(frozen=True)
class OfflineCopies:
    """The copies that a site offers, which is built from the folder `root`."""

    root: Path
    cache: Path
    has_bundle: bool
    worker: str
    """The path of the service worker that keeps a copy in the browser; empty where there is none."""
    writes_worker: bool
    """Whether there is a file at that path: without a copy, one that removes what an earlier one has kept."""

    @classmethod
    def of(cls, options: OpsbookConfig, root: Path, files: Files, *, is_served: bool) -> OfflineCopies:
        """Return the copies that `options` ask for; none while somebody writes, under `mkdocs serve`."""
        is_free = files.get_file_from_path(WORKER) is None
        if not is_free:
            log.info("The site has a file %s of its own, so browsers keep no copy by Opsbook", WORKER)
        worker = WORKER if options.service_worker and is_free and not is_served else ""
        return cls(root, root / options.cache_dir, options.bundle and not is_served, worker, is_free)

    def add(self, config: MkDocsConfig, site: Path) -> None:
        """Add the copies to the built site in the folder `site`."""
        if self.has_bundle:
            self._add_bundle(site, Path(config.docs_dir))
        if self.worker:
            kept = kept_site(site)
            (site / WORKER).write_text(kept.worker, "utf-8")
            message = "Browsers keep a copy of %d files: %.1f MB, %.1f MB as they are sent"
            log.info(message, len(kept.files), kept.size / 1e6, kept.sent / 1e6)
        elif self.writes_worker:
            (site / WORKER).write_text(web.service_worker(None), "utf-8")

    def _add_bundle(self, site: Path, docs: Path) -> None:
        """Write the site into it as one file, and link that in the footer of each page."""
        source = project_source(self.root, docs, self.cache / "source")
        moment = moment_of(self.root)
        bundle = bundled_site(site, source, moment)
        file = site / bundle.name
        if not may_be_replaced(file):
            log.warning("The site has a file %s of its own, so that no offline copy of it is linked", bundle.name)
            return
        file.write_bytes(bundle.content)
        for page in site.rglob("*.html"):
            name = page.relative_to(site).as_posix()
            text = page.read_text("utf-8", "surrogateescape")
            linked = with_bundle_link(without_note(text), name, bundle.name, len(bundle.content), moment)
            if linked != text and name != _NOWHERE:
                page.write_text(linked, "utf-8", "surrogateescape", newline="")
        for line in source.notes():
            log.info("%s: %s", bundle.name, line)
        log.info("The offline copy %s has %.1f MB", bundle.name, len(bundle.content) / 1e6)
