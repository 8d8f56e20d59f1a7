"""Read `mkdocs.yml` for `opsbook check`, which runs no plugin, no hook and no Python object that the file names.

In a build, MkDocs provides all of this instead. What the file leaves open is assumed to be allowed.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import yaml
from mkdocs.config.base import ValidationError
from mkdocs.config.config_options import PathSpec
from mkdocs.utils import get_theme_dir, get_theme_names

from opsbook.assembly.names import name_faults, names_from
from opsbook.markup.settings import OPTION, PLUGIN, form_fault, missing_entry_fault
from opsbook.mkdocs.compat.config import left_out
from opsbook.mkdocs.site_settings import (
    SiteSettings,
    SiteValue,
    keys_of,
    setting_problem,
    site_file,
    site_settings,
)
from opsbook.mkdocs.wrapping import OVERRIDES
from opsbook.problems import Problem, ProblemsError
from opsbook.source.files import shown_path
from opsbook.source.names import SiteNames
from opsbook.source.sitefile import MacroSettings, Patterns, SiteFile, VersionedSite, draws_mermaid, pluglet

MACROS = "macros"
DOCS = "docs"
DOCS_DIR = "docs_dir"
_MACRO_OPTIONS = ("module_name", "modules", "render_by_default", "force_render_paths")


def read_site_file(root: Path, docs: Path | None = None, file: Path | None = None) -> SiteFile:
    """Return the settings of the site in the folder `root`, in its `mkdocs.yml` or in the `file` that is named.

    Without a file, everything has its default. The pages are in `docs`, else in the `docs_dir` of the settings. Raises
    ProblemsError if the file is not YAML, if there is no such folder, and with every entry of `raw_html` that a build
    refuses.
    """
    file = file or site_file(root)
    settings = site_settings(file) if file else SiteSettings(())
    folder = docs or _docs(root, settings)
    if not folder.is_dir():
        raise ProblemsError([_missing_folder(folder, root, settings, None if docs else file)])
    excluded = _patterns(settings.value("exclude_docs"))
    return SiteFile(
        file=file,
        docs=folder,
        folders=_folders(root, settings) if file else None,
        excluded=left_out(excluded),
        own_excluded=excluded,
        drafts=_patterns(settings.value("draft_docs")),
        raw=_raw(settings.option(PLUGIN, OPTION), folder),
        hooks=_texts(settings.value("hooks")),
        macros=_macros(settings) if file else MacroSettings(),
        in_folders=settings.value("use_directory_urls") is not False,
        draws_mermaid=draws_mermaid(_fences(settings), _scripts(settings)),
        without=_texts(SiteSettings.plain(settings.option(PLUGIN, "without"))),
        names=_names(settings.option(PLUGIN, "names")),
        custom_dir=next(iter(_texts([settings.value("theme", "custom_dir")])), ""),
        language=_language(settings),
    )


def read_versions(root: Path) -> VersionedSite | None:
    """Return how the site of the repository `root` is published by mike; None where it is not, as far as is known.

    Raises ProblemsError if `mkdocs.yml` is not YAML.
    """
    file = site_file(root)
    settings = site_settings(file) if file else SiteSettings(())
    # mike works without its plugin too; then the theme's list of versions names it.
    if not (settings.has_plugin("mike") or settings.value("extra", "version", "provider") == "mike"):
        return None
    said = (settings.value("site_url"), settings.plain(settings.option("mike", "deploy_prefix")))
    address, prefix = (each.strip("/") if isinstance(each, str) else "" for each in said)
    alias = settings.plain(settings.option("mike", "canonical_version"))
    base = f"{address}/{prefix}".rstrip("/") if address else ""
    return VersionedSite(base, alias) if isinstance(alias, str) and alias else VersionedSite(base)


def language_of_site(root: Path) -> str:
    """Return the language of the site in the folder `root`. Raises ProblemsError if `mkdocs.yml` is not YAML."""
    file = site_file(root)
    return _language(site_settings(file)) if file else SiteFile.language


def _language(settings: SiteSettings) -> str:
    return next(iter(_texts([settings.value("theme", "language")])), SiteFile.language)


def pages_folder_of(root: Path) -> Path:
    """Return the folder of the pages of the site in the folder `root`, whether it is there or not."""
    file = site_file(root)
    return pages_folder_by(file) if file else root / DOCS


def pages_folder_by(file: Path) -> Path:
    """Return the folder of the pages of the site with the configuration `file`, whether it is there or not."""
    return _docs(file.parent, site_settings(file))


def _folders(root: Path, settings: SiteSettings) -> tuple[Path, ...] | None:
    """Return the folders of the templates; None if only running code would tell."""
    whole, custom = settings.value("theme"), settings.find("theme", "custom_dir")
    name = whole if isinstance(whole, str) else settings.value("theme", "name")
    own = settings.plain(custom)
    if not isinstance(name, str) or name not in get_theme_names() or (custom and not isinstance(own, str)):
        return None
    return (*((root / str(own),) if own else ()), OVERRIDES, Path(get_theme_dir(name)))


def _docs(root: Path, settings: SiteSettings) -> Path:
    """Return the folder of the pages that the settings name, from the folder of the first file, as MkDocs does."""
    said = settings.value(DOCS_DIR)
    return root / said if isinstance(said, str) and said else root / DOCS


def _missing_folder(docs: Path, root: Path, settings: SiteSettings, file: Path | None) -> Problem:
    """Return the problem that there is no folder `docs`, at the place that names it."""
    name = shown_path(docs, root)
    message = f"the folder of the pages, `{name}`, is not there; make it, or name the right one as `{DOCS_DIR}`"
    said = settings.find(DOCS_DIR)
    if said and isinstance(value := settings.plain(said), str) and root / value == docs:
        return setting_problem(said.file, said.node, message)
    return Problem(file.name if file else name, 0, 0, message)


def _patterns(text: object) -> Patterns | None:
    try:
        return PathSpec().validate(text) if isinstance(text, str) else None
    except ValidationError:  # MkDocs tells of it.
        return None


def _raw(found: SiteValue | None, docs: Path) -> tuple[str, ...]:
    """Return the entries of `raw_html`. Raises ProblemsError with each that a build refuses."""
    entries = SiteSettings.plain(found)
    if found is None or entries is None:
        return ()
    if not isinstance(entries, list):
        message = f"`{OPTION}` is a list of folders and files, such as `[howto, howto/widget.md]`"
        raise ProblemsError([setting_problem(found.file, found.node, message)])
    is_list = isinstance(found.node, yaml.SequenceNode) and len(found.node.value) == len(entries)
    nodes = found.node.value if is_list else [found.node] * len(entries)
    problems = [
        setting_problem(found.file, node, f"`{OPTION}`: {fault}")
        for node, entry in zip(nodes, entries, strict=True)
        if (fault := form_fault(entry) or missing_entry_fault(entry, docs))
    ]
    if problems:
        raise ProblemsError(problems)
    return tuple(entries)


def _names(found: SiteValue | None) -> SiteNames:
    """Return the option `names`. Raises ProblemsError with each that a build refuses."""
    given = SiteSettings.plain(found)
    if found is None or given is None:
        return SiteNames()
    if faults := list(name_faults(given)):
        raise ProblemsError([setting_problem(found.file, found.node, f"`names`: {fault}") for fault in faults])
    return names_from(given)


def _macros(settings: SiteSettings) -> MacroSettings | None:
    """Return the settings of mkdocs-macros, with its defaults; None if the plugin is not set up."""
    if not settings.has_plugin(MACROS):
        return None
    said = {name: settings.plain(settings.option(MACROS, name)) for name in _MACRO_OPTIONS}
    is_opt_in = said["render_by_default"] is False and not said["force_render_paths"]
    module = next(iter(_texts([said["module_name"]])), "main")
    return MacroSettings(module, tuple(map(pluglet, _texts(said["modules"]))), not is_opt_in)


def _fences(settings: SiteSettings) -> Iterator[object]:
    """Yield the names of the custom fences. The extensions may be a list or a mapping."""
    found = settings.find("markdown_extensions")
    node = found.node if found else None
    entries: list[yaml.Node | None] = node.value if isinstance(node, yaml.SequenceNode) else [node]
    for entry in entries:
        fences = keys_of(keys_of(entry).get("pymdownx.superfences")).get("custom_fences")
        for fence in fences.value if isinstance(fences, yaml.SequenceNode) else ():
            if (name := keys_of(fence).get("name")) is not None:
                yield name.value


def _scripts(settings: SiteSettings) -> Iterator[object]:
    """Yield the addresses of the scripts of the site."""
    found = settings.find("extra_javascript")
    for entry in found.node.value if found and isinstance(found.node, yaml.SequenceNode) else ():
        path = keys_of(entry).get("path", entry)
        if isinstance(path, yaml.ScalarNode):
            yield path.value


def _texts(value: object) -> tuple[str, ...]:
    return tuple(each for each in value if isinstance(each, str) and each) if isinstance(value, list) else ()
