"""The names that hand-written pages may call, as mkdocs-macros finds them. Each is a line that calls the engine.

A page asks for them with `render_macros: true` in its front matter. The docstrings become the page of the macros:
what it does, `Args:`, and under `Example:` one call, whose result the page shows.
"""

from __future__ import annotations

from mkdocs_macros.plugin import MacrosPlugin

from opsbook.nouns.macro import macros, manual
from opsbook.nouns.service import slo_tables as promises


def define_env(env: MacrosPlugin) -> None:
    """Give mkdocs-macros the macros."""
    book = env.conf.plugins["opsbook"]

    @env.macro
    def progress(of: str = "overall") -> str:
        """How far something is: its title, its counts and a bar.

        Args:
            of: The id of an area, a group, a phase or an item with parts; the whole checklist when left out.

        Example:
            {{ progress() }}
        """
        return macros.progress(book.here, of)

    @env.macro
    def badge(of: str = "overall") -> str:
        """A progress badge that links to what it stands for.

        Args:
            of: The id of an area or a phase; the whole checklist when left out.

        Example:
            {{ badge() }}
        """
        return macros.badge(book.here, of)

    @env.macro
    def items(
        area: str | None = None,
        group: str | None = None,
        phase: str | None = None,
        status: str | None = None,
        owner: str | None = None,
    ) -> str:
        """The practices that fit every filter, as a list of links, in the order of the checklist.

        Args:
            area: The id of an area.
            group: The id of a group.
            phase: The id of a phase.
            status: todo, doing, done or waived.
            owner: The id of an owner; an item without one has the owner of its area.

        Example:
            {{ items(status="done") }}
        """
        return macros.items(book.here, area=area, group=group, phase=phase, status=status, owner=owner)

    @env.macro
    def diagram(id: str) -> str:
        """A drawing as a picture, with a link to its page.

        Args:
            id: The id of a drawing: the name of its script in `diagrams/` without `.py`.

        Example:
            {{ diagram("cicd-pipeline") }}
        """
        return macros.diagram(book.here, id)

    @env.macro
    def runbooks(
        service: str | None = None, severity: str | None = None, owner: str | None = None, item: str | None = None
    ) -> str:
        """The runbooks that fit every filter, as a list of links.

        Args:
            service: The id of a service; runbooks that name no service are for any of them.
            severity: critical, warning or info.
            owner: The id of an owner.
            item: The id of a practice that the runbook belongs to.

        Example:
            {{ runbooks(severity="critical") }}
        """
        return macros.runbooks(book.here, service=service, severity=severity, owner=owner, item=item)

    @env.macro
    def alert(name: str) -> str:
        """The name of an alert, linked to the permanent address that leads to its runbook.

        Args:
            name: The name of the alert, as it stands in its rule.

        Example:
            {{ alert("KubePodCrashLooping") }}
        """
        return macros.alert(book.here, name)

    @env.macro
    def template(name: str) -> str:
        """A text to start from, ready to copy.

        Args:
            name: `post-mortem`, or the name of a file in `docs/templates/` without `.md`.

        Example:
            {{ template("post-mortem") }}
        """
        return macros.template(book.here, name)

    @env.macro
    def objectives() -> str:
        """The objectives of all services as a table: target, SLI, and the error budget worked out.

        The budget stands there in per cent, as minutes of whole outage per window, and as the number out of a million
        events that may fail. What an event is, mostly a request, is what the SLI says.

        Example:
            {{ objectives() }}
        """
        return promises.objectives(book.here)

    @env.macro
    def recovery() -> str:
        """The services as a table: tier, recovery time objective, recovery point objective, and who is called.

        Example:
            {{ recovery() }}
        """
        return promises.recovery(book.here)

    @env.macro
    def file_keys(kind: str) -> str:
        """The keys of a kind of file: what each takes, whether it is required, what stands for it, what it means.

        Args:
            kind: checklist, services, glossary, page, guide, runbook, post-mortem, track, upstream or secrets.

        Example:
            {{ file_keys("glossary") }}
        """
        return manual.file_keys(book.here, kind)

    @env.macro
    def plugin_options() -> str:
        """The options of the plugin in `mkdocs.yml`: what each takes, its default, and what it does.

        Example:
            {{ plugin_options() }}
        """
        return manual.plugin_options(book.here)

    @env.macro
    def commands(name: str | None = None) -> str:
        """The commands of `opsbook`: how each is called, what it does, and its options.

        Args:
            name: One command, such as `check`; all of them when left out.

        Example:
            {{ commands("diagram") }}
        """
        return manual.commands(book.here, name)
