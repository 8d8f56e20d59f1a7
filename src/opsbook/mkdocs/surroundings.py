"""Give the template of a page what stands around its text: the link to report a mistake."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.pages import Page

from opsbook.mkdocs.history import commit_of
from opsbook.mkdocs.origins import Origins
from opsbook.mkdocs.report_links import Reported, ReportLinks, report_form
from opsbook.mkdocs.titles import title_text
from opsbook.site.language import SiteLanguage


@dataclass(frozen=True)
class PageSurroundings:
    """What the pages of one build have around them. `report` makes the links to report a mistake; None for none."""

    origins: Origins
    report: ReportLinks | None

    @classmethod
    def of(
        cls, config: MkDocsConfig, issue_url: str | None, origins: Origins, language: SiteLanguage
    ) -> PageSurroundings:
        """Return those of a build with `config`, whose option `issue_url` says where mistakes are reported."""
        form = report_form(issue_url, config)
        return cls(origins, ReportLinks(form, commit_of(origins.root), language) if form else None)

    def context(self, page: Page) -> Mapping[str, str]:
        """Return the values of the templates for `page`."""
        if self.report is None:
            return {}
        address = page.canonical_url or page.url
        said = Reported(title_text(page.title or ""), address, self.origins.said(page))
        return {"opsbook_report": self.report.link(said)}
