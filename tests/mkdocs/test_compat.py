"""Each reach into an undocumented part of somebody else's code, held against the code that is installed.

A test that fails here after an upgrade says which function of `opsbook.mkdocs.compat` to look at, and the address there
leads to the code that it was written for.
"""

from __future__ import annotations

import inspect
import logging
import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jinja2
import pytest
import yaml
from jinja2 import nodes
from jinja2.bccache import Bucket
from jinja2.exceptions import TemplateSyntaxError
from jinja2.runtime import Undefined
from jinja2.sandbox import SandboxedEnvironment
from material.plugins.search.plugin import SearchIndex, SearchPlugin
from mkdocs import livereload
from mkdocs.commands import build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.contrib.search import SearchPlugin as PlainSearch
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.structure.files import File, Files, InclusionLevel, set_exclusions
from mkdocs.structure.pages import Page
from mkdocs.utils import CountHandler, clean_directory, get_theme_dir
from mkdocs.utils.templates import script_tag_filter
from mkdocs_macros.plugin import MacrosPlugin
from mkdocs_static_i18n.plugin import I18n

from opsbook.mkdocs.compat import building, jinja, logs, macros, offline, pages, search, serving, theme, translations
from opsbook.mkdocs.compat import config as settings

MARKDOWN = "# First\n\n## Second {#two}\n\n[there](b.md#x)\n"
THEME = Path(get_theme_dir("material"))


def a_config(**more: Any) -> MkDocsConfig:
    config = MkDocsConfig()
    config.load_dict({"site_name": "x", "theme": {"name": "material"}, "docs_dir": str(Path(__file__).parent), **more})
    assert config.validate() == ([], [])
    config.plugins._current_plugin = "opsbook"  # As in an event.
    return config


def two_pages(config: MkDocsConfig) -> tuple[Page, Page, Files]:
    files = [File.generated(config, "a.md", content=MARKDOWN), File.generated(config, "b.md", content="# B\n")]
    first, second = (Page(None, file, config) for file in files)
    for page in (first, second):
        page.read_source(config)
    return first, second, Files(files)


def test_the_folder_of_a_configuration_is_absolute_however_it_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "mkdocs.yml").write_text("site_name: x\n", "utf-8")
    monkeypatch.chdir(tmp_path)
    for said in ("mkdocs.yml", "docs/../mkdocs.yml", str(tmp_path / "mkdocs.yml"), ""):
        config = MkDocsConfig(config_file_path=said)
        config.load_dict({"site_name": "x"})
        assert config.validate() == ([], [])
        assert settings.root_of(config) == tmp_path
        assert Path(config.docs_dir) == tmp_path / "docs"


def test_what_is_left_out_is_what_mkdocs_leaves_out() -> None:
    config = a_config(exclude_docs="!/.kept.md\n/old/\n", draft_docs="/new/\n")
    paths = (".kept.md", ".x/a.md", "templates/a.md", "old/a.md", "a.md", "b/templates/a.md")
    files = [File.generated(config, path, content="") for path in paths]
    set_exclusions(files, config)
    excluded = settings.left_out(config.exclude_docs)
    assert [bool(excluded.match_file(file.src_uri)) for file in files] == [
        file.inclusion is InclusionLevel.EXCLUDED for file in files
    ]
    assert settings.left_out(None).match_file("templates/a.md")


def test_a_server_builds_when_it_is_asked_to_and_tells_what_changes_in_a_folder(tmp_path: Path) -> None:
    server = LiveReloadServer(lambda: None, "127.0.0.1", 0, str(tmp_path), polling_interval=0.05)
    serving.request_build(server)
    assert server._want_rebuild
    assert "self._want_rebuild or self._shutdown" in inspect.getsource(LiveReloadServer._build_loop)
    seen: list[Path] = []
    serving.observe(server, tmp_path, seen.append)
    server.observer.start()
    try:
        end = time.monotonic() + 20
        while tmp_path / "new" not in seen and time.monotonic() < end:
            (tmp_path / "new").mkdir(exist_ok=True)
            time.sleep(0.1)
            (tmp_path / "new").rmdir()
            time.sleep(0.1)
    finally:
        server.observer.stop()
        server.server_close()
    assert tmp_path / "new" in seen


def test_a_request_for_what_is_not_there_is_no_warning_of_the_build_that_runs(tmp_path: Path) -> None:
    server = LiveReloadServer(lambda: None, "127.0.0.1", 0, str(tmp_path))
    counter = CountHandler()
    counter.setLevel(logging.WARNING)
    logging.getLogger("mkdocs").addHandler(counter)
    try:
        with serving.open_to_readers(server):
            livereload.log.warning("not there")
        assert counter.get_counts() == []
        livereload.log.warning("not there")
        assert [name for name, _ in counter.get_counts()] == ["WARNING"]
    finally:
        logging.getLogger("mkdocs").removeHandler(counter)
        server.server_close()


def test_a_build_renders_a_page_by_a_method_that_can_be_replaced() -> None:
    assert "page.render(config, files)" in inspect.getsource(build._populate_page)
    config = a_config()
    page, _, files = two_pages(config)
    pages.replace_render(page, lambda _config, _files: None)
    page.render(config, files)
    assert page.content is None


def test_rendering_leaves_on_a_page_what_is_kept_and_nothing_else() -> None:
    config = a_config(markdown_extensions=["attr_list"])
    page, other, files = two_pages(config)
    before = dict(vars(page))
    page.render(config, files)
    changed = {name for name, value in vars(page).items() if name not in before or before[name] is not value}
    assert changed == {"content", "toc", "_title_from_render", "present_anchor_ids", "links_to_anchors"}
    parts = pages.rendered_parts(page)
    again, _, _ = two_pages(config)
    pages.restore_parts(again, parts, files)
    assert pages.rendered_parts(again) == parts
    assert {name: str(vars(page)[name]) for name in changed} == {name: str(vars(again)[name]) for name in changed}
    assert list(page.links_to_anchors or {}) == [other.file]


def test_an_anchor_that_is_told_of_is_no_broken_link(caplog: pytest.LogCaptureFixture) -> None:
    config = a_config()
    page, other, files = two_pages(config)
    for each in (page, other):
        each.render(config, files)
    page.validate_anchor_links(files=files, log_level=logging.WARNING)
    assert "does not contain an anchor '#x'" in caplog.text
    caplog.clear()
    pages.add_anchors(other, ["x"])
    page.validate_anchor_links(files=files, log_level=logging.WARNING)
    assert caplog.text == ""


def test_a_build_reads_and_writes_a_page_by_functions_that_can_be_replaced(tmp_path: Path) -> None:
    source = inspect.getsource(build.build)
    assert "_populate_page(file.page, config, files, dirty)" in source
    assert "_build_page(\n                file.page, config, doc_files, nav, env, dirty, excluded=" in source
    original = building.original_steps()
    assert original == (build._populate_page, build._build_page)
    called: list[str] = []

    def read(page: Page, *_: object) -> None:
        called.append(f"read {page.file.src_uri}")

    def write(page: Page, *_: object, excluded: bool) -> None:
        called.append(f"write {page.file.src_uri} {excluded}")

    building.replace_steps(lambda *_: None, lambda *_: None)
    building.replace_steps(read, write)
    try:
        assert building.original_steps() == original
        (tmp_path / "docs").mkdir()
        (tmp_path / "docs" / "index.md").write_text("# First\n", "utf-8")
        build.build(a_config(docs_dir=str(tmp_path / "docs"), site_dir=str(tmp_path / "site"), plugins=[]))
    finally:
        building.restore_steps()
    assert called == ["read index.md", "write index.md False"]
    assert (build._populate_page, build._build_page) == original


def test_what_a_step_sets_on_a_page_is_among_its_attributes() -> None:
    page, _, _ = two_pages(a_config())
    before = building.page_state(page)
    pages.set_title(page, "Third")
    assert {name: value for name, value in building.page_state(page).items() if name not in before} == {
        "title": "Third"
    }


def test_a_page_that_is_restored_in_two_parts_is_as_it_was() -> None:
    config = a_config(markdown_extensions=["attr_list"])
    page, _, files = two_pages(config)
    page.render(config, files)
    page.meta = {"tags": ["a"]}
    pages.set_title(page, "Third <b>")
    body, outline = pages.rendered_parts(page), pages.outline_parts(page)
    again, _, _ = two_pages(config)
    pages.restore_outline(again, outline, files)
    assert again.content is None
    pages.restore_body(again, body)
    assert (pages.rendered_parts(again), pages.outline_parts(again)) == (body, outline)
    assert pages.toc_tokens(again) == body["toc"]
    assert again.title == "Third <b>"


def test_a_title_that_is_set_goes_before_the_others() -> None:
    page, _, _ = two_pages(a_config())
    assert page.title == "First"
    pages.set_title(page, "Third")
    assert page.title == "Third"


def test_a_file_with_other_content_keeps_its_path_and_is_read_as_given(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("on the disk", encoding="utf-8")
    file = File("a.md", str(tmp_path), str(tmp_path / "site"), True)
    pages.set_content(file, "given")
    assert (file.content_string, file.content_bytes, file.is_modified()) == ("given", b"given", True)
    assert file.abs_src_path == str(tmp_path / "a.md")
    file.copy_file()
    assert Path(file.abs_dest_path).read_text("utf-8") == "given"


def test_watched_files_are_the_same_collection() -> None:
    assert set(vars(Files([]))) == {"_src_uris"}
    config = a_config()
    page, other, files = two_pages(config)
    watched = pages.WatchedFiles(files)
    files.append(later := File.generated(config, "later.md", content=""))
    assert watched.get_file_from_path("later.md") is later
    page.render(config, watched)
    assert watched.seen["b.md"] == [other.file.url, str(other.file.inclusion)]


def test_watched_files_are_found_as_the_collection_of_a_plugin_finds_them() -> None:
    class Translated(Files):
        def get_file_from_path(self, path: str) -> File | None:
            return super().get_file_from_path(path.replace("b.md", "a.md"))

    config = a_config()
    _, other, files = two_pages(config)
    watched = pages.WatchedFiles(Translated(files))
    other.render(config, watched)
    assert watched.get_file_from_path("b.md") is files.get_file_from_path("a.md")
    assert watched.seen["b.md"] == pages.link_target(files, "a.md")


def test_the_plugin_for_translations_takes_files_below_the_pages_alone(tmp_path: Path) -> None:
    plugin = translated(tmp_path, "suffix").plugins["i18n"]
    assert isinstance(plugin, I18n)
    priority = plugin.on_files.mkdocs_priority
    assert translations.BEFORE > priority > translations.AFTER
    source = inspect.getsource(type(plugin).reconfigure_files)
    assert "if is_relative_to(file.abs_src_path, mkdocs_config.docs_dir):" in source
    assert "Unhandled file case" in source


def test_the_plugin_for_translations_says_which_language_it_builds(tmp_path: Path) -> None:
    config = translated(tmp_path, "suffix")
    assert translations.built_languages(config) == ("en", "pt-BR")
    assert translations.built_language(config) == "en"
    plugin = config.plugins["i18n"]
    assert isinstance(plugin, I18n)
    plugin.current_language = "pt-BR"
    assert translations.built_language(config) == "pt-BR"
    assert (translations.built_languages(a_config()), translations.built_language(a_config())) == ((), None)
    source = inspect.getsource(I18n.on_post_build)
    assert source.index("self.current_language = locale") < source.index("build(config, dirty=dirty)")


def translated(root: Path, structure: str) -> MkDocsConfig:
    languages = [{"locale": "en", "default": True, "name": "English"}, {"locale": "pt-BR", "name": "Português"}]
    plugins = [{"i18n": {"docs_structure": structure, "languages": languages}}]
    (root / "docs").mkdir(exist_ok=True)
    return a_config(plugins=plugins, docs_dir=str(root / "docs"))


def test_a_navigation_names_the_pages_of_all_languages_at_once(tmp_path: Path) -> None:
    paths = ["a.md", "b.en.md", "c/d.pt-BR.md", "c.fr.md", "en/e.md", "pt-BR/f/g.md", "pt-BR.md"]
    assert list(translations.without_language(a_config(), paths)) == paths
    suffix = ["a.md", "b.md", "c/d.md", "c.fr.md", "en/e.md", "pt-BR/f/g.md", "pt-BR.md"]
    assert list(translations.without_language(translated(tmp_path, "suffix"), paths)) == suffix
    folder = ["a.md", "b.en.md", "c/d.pt-BR.md", "c.fr.md", "e.md", "f/g.md", "pt-BR.md"]
    assert list(translations.without_language(translated(tmp_path, "folder"), paths)) == folder


def test_the_templates_of_the_theme_render_with_an_empty_page() -> None:
    config = a_config()
    page = config.theme.get_env().get_template("main.html").render(pages.empty_page_context(config, ".."))
    assert "__md_scope" in page
    assert 'data-md-component="content"' in page


def test_a_node_of_yaml_is_read_without_running_what_it_names(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PROBE", "probe")
    for text, value in (
        ("[a, true]", ["a", True]),
        ("!ENV PROBE", "probe"),
        ("!!python/name:os.getcwd", None),
        ("!!python/object/apply:os.getcwd []", None),
    ):
        node = yaml.compose(text, yaml.SafeLoader)
        assert node
        assert settings.node_value(node) == value


def test_an_extension_can_be_added_after_the_configuration_was_checked() -> None:
    config = a_config(markdown_extensions=[{"toc": {"permalink": "#"}}])
    settings.add_extension(config, "abbr", {"glossary": {"there": "a probe"}})
    settings.add_extension(config, "toc", {"permalink": True, "baselevel": 2})
    assert settings.extension_options(config, "toc") == {"permalink": "#", "baselevel": 2}
    page, _, files = two_pages(config)
    page.render(config, files)
    assert '<abbr title="a probe">there</abbr>' in str(page.content)
    assert '<h2 id="first">' in str(page.content)


def test_a_bundle_of_extensions_gives_way_to_those_that_are_named() -> None:
    config = a_config(markdown_extensions=[{"tables": {"use_align_attribute": True}}, "pymdownx.extra"])
    config.markdown_extensions.append("pymdownx.superfences")
    settings.extension_options(config, "pymdownx.extra")["pymdownx.superfences"] = {
        "disable_indented_code_blocks": True
    }
    settings.put_bundle_first(config, "pymdownx.extra")
    page = Page(None, File.generated(config, "a.md", content="|a|\n|-:|\n|1|\n\n    indented\n"), config)
    page.read_source(config)
    page.render(config, Files([page.file]))
    assert 'align="right"' in str(page.content)
    assert "<pre" not in str(page.content)


def test_an_extension_of_markdown_has_one_name_however_it_is_written() -> None:
    config = a_config(markdown_extensions=[{"markdown.extensions.abbr": {"glossary": {"there": "a probe"}}}])
    settings.add_extension(config, "abbr", {"glossary": {"there": "another"}})
    assert "abbr" not in config.markdown_extensions
    page, _, files = two_pages(config)
    page.render(config, files)
    assert '<abbr title="a probe">there</abbr>' in str(page.content)


def test_what_the_file_says_is_told_from_what_is_filled_in() -> None:
    config = a_config(theme={"name": "material", "font": {"text": "Roboto"}})
    assert settings.said_in_file(config, "theme", "font") == {"text": "Roboto"}
    assert settings.said_in_file(a_config(), "theme", "font") is None
    assert a_config().theme["font"]


def test_a_folder_of_templates_goes_before_the_theme_and_after_that_of_the_site(tmp_path: Path) -> None:
    for folder, names in (("own", ["404.html"]), ("ours", ["404.html", "main.html"])):
        (tmp_path / folder).mkdir()
        for name in names:
            (tmp_path / folder / name).write_text(folder, encoding="utf-8")
    for name, custom, shown in (
        ("main.html", {}, "ours"),
        ("404.html", {}, "ours"),
        ("main.html", {"custom_dir": str(tmp_path / "own")}, "ours"),
        ("404.html", {"custom_dir": str(tmp_path / "own")}, "own"),
    ):
        config = a_config(theme={"name": "material", **custom})
        settings.add_theme_folder(config, tmp_path / "ours")
        assert config.theme.get_env().get_template(name).render() == shown


def test_a_template_that_asks_for_another_can_be_given_one_around_it() -> None:
    texts = {
        "page": "{% extends 'base' %}{% block a %}page{{ super() }}{% endblock %}",
        "base": "{% block a %}base{% endblock %}{% include 'part' %}",
        "around/base": "{% extends 'base' %}{% block a %}around{{ super() }}{% endblock %}",
        "part": "part",
        "around/part": "({% include 'part' %})",
    }
    environment = jinja2.Environment(loader=jinja2.DictLoader(texts))
    jinja.replace_lookups(environment, {"base": "around/base", "part": "around/part"})
    assert environment.get_template("page").render() == "pagearoundbase(part)"


def test_a_script_is_loaded_when_the_page_has_been_read() -> None:
    context: Any = jinja2.Environment().from_string("").new_context({"page": None, "base_url": "."})
    assert script_tag_filter(context, settings.deferred_script("a.js")) == '<script src="./a.js" defer></script>'


SHIM = "assets/iframe-worker.js"
THEIR_SHIM = "https://unpkg.com/iframe-worker/shim"


def polyfills(*, shim: str = "", **more: Any) -> list[str]:
    """The polyfills of a site after the plugin `offline` has added its own, and `shim` before it, if any is given."""
    config = a_config(**more)
    if shim:
        offline.provide_shim(config, shim)
    return list(config.plugins.on_config(config).extra.get("polyfills", []))


def test_the_offline_plugin_takes_a_script_of_the_site_in_place_of_its_own() -> None:
    assert polyfills(plugins=["offline"]) == [THEIR_SHIM]
    assert polyfills(plugins=["offline"], shim=SHIM) == [SHIM]
    own = {"polyfills": ["js/iframe-worker.js", "js/other.js"]}
    assert polyfills(plugins=["offline"], extra=own, shim=SHIM) == own["polyfills"]
    assert polyfills(plugins=[{"offline": {"enabled": False}}], shim=SHIM) == []
    assert polyfills(plugins=["search"], shim=SHIM) == []


def test_a_copy_of_the_configuration_has_settings_of_its_own() -> None:
    config = a_config()
    other = settings.copied(config)
    other["site_name"] = other.site_description = "y"
    assert (config.site_name, config.site_description, other.site_name) == ("x", None, "y")
    assert other.theme is config.theme


def test_messages_are_heard_at_the_loggers_that_hand_nothing_on() -> None:
    closed = logging.getLogger("opsbook.probe.closed")
    closed.propagate = False
    found = list(logs.last_loggers())
    assert found[0] is logging.getLogger()
    assert closed in found
    assert logging.getLogger("opsbook.probe.open") not in found


def test_a_strict_build_that_warned_is_known_before_its_end() -> None:
    source = inspect.getsource(build.build)
    assert source.index("plugins.on_post_build(") < source.index("warning_counter.get_counts()")
    assert "logging.getLogger('mkdocs').addHandler(warning_counter)" in source
    counter = CountHandler()
    counter.setLevel(logging.WARNING)
    (logger,) = logs.build_loggers()
    logger.addHandler(counter)
    try:
        assert not logs.is_about_to_fail(a_config(strict=True))
        counter.handle(logging.LogRecord("probe", logging.WARNING, "", 0, "", None, None))
        assert logs.is_about_to_fail(a_config(strict=True))
        assert not logs.is_about_to_fail(a_config())
    finally:
        logger.removeHandler(counter)


def test_a_build_leaves_what_begins_with_a_point(tmp_path: Path) -> None:
    for name in (".git", "page"):
        (tmp_path / name).mkdir()
    clean_directory(str(tmp_path))
    assert [path.name for path in tmp_path.iterdir()] == [".git"]


@pytest.fixture
def server(tmp_path: Path) -> Iterator[LiveReloadServer]:
    made = LiveReloadServer(lambda: None, "127.0.0.1", 0, str(tmp_path))
    yield made
    made.server_close()


def test_readers_do_not_wait_for_a_build(server: LiveReloadServer) -> None:
    assert "self._visible_epoch == self._wanted_epoch" in inspect.getsource(LiveReloadServer._serve_request)
    assert f'"{serving.LIVE_RELOAD}"' in inspect.getsource(LiveReloadServer._serve_request)
    wanted = server._wanted_epoch = server._visible_epoch + 1
    with serving.open_to_readers(server):
        assert server._wanted_epoch == server._visible_epoch
    assert server._wanted_epoch == wanted


def test_the_server_builds_by_what_is_put_in_its_place(server: LiveReloadServer) -> None:
    assert "self.builder()" in inspect.getsource(LiveReloadServer._build_loop)
    built: list[str] = []
    serving.replace_builder(server, lambda _builder: lambda: built.append("ours"))
    server.builder()
    assert built == ["ours"]


def test_the_script_that_reloads_a_page_is_told_as_it_is_sent(server: LiveReloadServer) -> None:
    assert "self._inject_js_into_html(content, epoch)" in inspect.getsource(LiveReloadServer._serve_request)
    serving.around_live_reload(server, lambda page, script: page.replace(script.encode(), b"%d" % len(script)))
    for page in (b"<body>a</body></html>", b"no body"):
        sent = server._inject_js_into_html(page, 7)
        script = sent.partition(b"<script>")[2].partition(b"</script>")[0]
        assert script.isdigit()
        assert int(script) > 100
        assert sent.replace(b"<script>%b</script>" % script, b"") == page


def test_the_search_plugin_asks_its_index_for_each_page() -> None:
    assert "self.search_index.add_entry_from_context(page)" in inspect.getsource(SearchPlugin.on_page_context)
    assert "self.search_index = SearchIndex(" in inspect.getsource(SearchPlugin.on_config)
    assert "self.search_index.generate_search_index(" in inspect.getsource(SearchPlugin.on_post_build)


def test_the_theme_and_its_search_worker_speak_in_the_messages_that_the_worker_of_the_engine_knows() -> None:
    (bundle,) = (THEME / "assets" / "javascripts").glob("bundle.*.min.js")
    script = bundle.read_text("utf-8")
    assert re.search(r'\{type:0,data:\{config:\w+,docs:\w+,options:\{suggest:\w+\("search\.suggest"\)\}\}\}', script)
    assert re.search(r"\breturn \w+\.type===1\}function \w+\(\w+\)\{return \w+\.type===3\}", script)
    assert re.search(r"\.next\(\{type:2,data:\w+\}\)", script)
    assert all(name in script for name in ("search/search_index.json", "search/search_index.js", "__index"))
    assert all(re.search(rf"\.{key}\b", script) for key in ("location", "title", "text", "terms", "score", "tags"))
    assert "{items:" in script
    lunr = THEME / "assets" / "javascripts" / "lunr" / "min"
    for language in ("de", "fr", "es", "ja"):
        text = (lunr / f"lunr.{language}.min.js").read_text("utf-8")
        assert f"{language}.stopWordFilter=" in text
        assert f"{language}.stemmer=function(" in text


def test_the_entries_of_a_page_are_those_that_the_theme_would_add() -> None:
    config = a_config()
    page, _, files = two_pages(config)
    page.render(config, files)
    options: dict[str, Any] = {"lang": ["en"], "separator": " ", "pipeline": [], "fields": {}}
    theirs = SearchIndex(**options)  # type: ignore[no-untyped-call]
    theirs.add_entry_from_context(page)  # type: ignore[no-untyped-call]
    ours, content = search.ThemeIndex(**options), page.content
    ours.add_entry_from_context(page)
    assert ours.entries == theirs.entries
    assert [entry["text"] for entry in ours.theme_entries(page, "<p>probe</p>")] == ["<p>probe</p>"]
    assert (ours.entries, page.content) == (theirs.entries, content)
    assert ours.generate_search_index(None) == theirs.generate_search_index(None)  # type: ignore[no-untyped-call]


def test_the_search_plugin_is_found_under_any_name() -> None:
    assert search.search_plugin(a_config(plugins=[])) is None
    plugin, index = search.search_plugin(a_config(plugins=["search"])), search.ThemeIndex()
    assert isinstance(plugin, SearchPlugin)
    search.set_index(plugin, index)
    assert plugin.search_index is index


def test_the_index_of_a_build_is_the_one_that_was_set() -> None:
    config, index = a_config(plugins=["search"]), search.ThemeIndex()
    plugin = search.search_plugin(config)
    assert plugin
    assert search.theme_index(a_config(plugins=[])) is None
    search.set_index(plugin, index)
    assert search.theme_index(config) is index


def test_a_second_search_that_a_plugin_adds_can_be_told_to_do_nothing() -> None:
    config = a_config(plugins=["search"])
    first, second = search.search_plugin(config), PlainSearch()
    config.plugins["search"] = second
    search.silence_second_search(config)
    owners = [getattr(method, "__self__", None) for methods in config.plugins.events.values() for method in methods]
    assert first in owners
    assert second not in owners


def test_the_events_of_a_hook_are_told_by_its_name(tmp_path: Path) -> None:
    (tmp_path / "hook.py").write_text("on_env = 1\n\ndef on_page_content(html, **_):\n    return html\n", "utf-8")
    (tmp_path / "mkdocs.yml").write_text("site_name: x\nhooks: [hook.py]\n", "utf-8")
    (tmp_path / "docs").mkdir()
    config = load_config(str(tmp_path / "mkdocs.yml"))
    assert settings.hook_events(config) == {"hook.py": {"on_page_content"}}
    assert settings.hook_events(a_config()) == {}


def test_macros_render_in_the_environment_that_is_put_in_their_place() -> None:
    plugin, ours = MacrosPlugin(), jinja2.Environment()
    macros.set_environment(plugin, ours)
    assert macros.environment(plugin) is ours
    assert "self.env.from_string(" in inspect.getsource(MacrosPlugin.render)
    assert "self._env = Environment(" in inspect.getsource(MacrosPlugin.on_config)


def test_macros_and_variables_of_a_site_are_told_by_the_plugin(tmp_path: Path) -> None:
    config = a_config(plugins=["macros"])
    config.config_file_path = str(tmp_path / "mkdocs.yml")  # Macros looks for its module beside this file.
    plugin = macros.macros_plugin(config)
    assert plugin
    plugin.on_config(config)  # type: ignore[no-untyped-call]
    plugin.macros["probe"] = len
    plugin.variables["shop"] = "x"
    page, _, _ = two_pages(config)
    page.meta = {"shop": "y"}
    assert macros.functions(plugin)["probe"] is len
    assert macros.variables(plugin, page)["shop"] == "y"
    assert macros.variables(plugin, page)["page"] is page
    assert "page_variables.update(meta_variables)" in inspect.getsource(MacrosPlugin.render)


def test_a_page_is_rendered_as_macros_would_decide(tmp_path: Path) -> None:
    source = inspect.getsource(MacrosPlugin.render)
    for said in (
        "meta_variables.get('render_macros')",
        "if render_macros == False:",
        "if self.config['render_by_default'] == False:",
        "if force_rendering or render_macros == True:",
    ):
        assert said in source
    config = a_config(plugins=[{"macros": {"render_by_default": False, "force_render_paths": "forced/*"}}])
    config.config_file_path = str(tmp_path / "mkdocs.yml")  # Macros looks for its module beside this file.
    plugin = macros.macros_plugin(config)
    assert plugin
    plugin.on_config(config)  # type: ignore[no-untyped-call]
    page, _, _ = two_pages(config)
    assert not macros.is_rendered(plugin, page)
    page.file.src_path = "forced/a.md"
    assert macros.is_rendered(plugin, page)
    macros.let_render(page, wanted=False)
    assert not macros.is_rendered(plugin, page)
    assert macros.macros_plugin(a_config()) is None


@pytest.mark.parametrize(
    ("options", "text", "may"),
    [
        ({}, "# Text\n", False),
        ({}, "---\nrender_macros: true\n---\n# Text\n", True),
        ({}, "---\n'render_macros': true\n---\n# Text\n", True),
        ({}, "---\nrender_macros: false\nrender_macros: true\n---\n", True),
        ({}, "---\ntitle: x\n---\n\nrender_macros: true\n", False),
        ({}, "---\ntitle: x\nrender_macros: false\n---\n# Text\n", False),
        ({"render_by_default": True}, "# Text\n", True),
        ({"render_by_default": True}, "# Text\n\nrender_macros: false\n", True),
        ({"render_by_default": True}, "---\ntitle: x\n---\n\nrender_macros: false\n\n---\n", True),
        ({"render_by_default": True}, "---\ntitle: x\nrender_macros: false\n---\n# Text\n", False),
        ({"force_render_paths": "a.md"}, "# Text\n", True),
        ({"force_render_paths": "b.md"}, "# Text\n", False),
    ],
)
def test_a_page_that_macros_may_render_is_told_by_its_text(
    tmp_path: Path, options: dict[str, Any], text: str, may: bool
) -> None:
    config = a_config(plugins=[{"macros": {"render_by_default": False, **options}}])
    config.config_file_path = str(tmp_path / "mkdocs.yml")
    plugin = macros.macros_plugin(config)
    assert plugin
    plugin.on_config(config)  # type: ignore[no-untyped-call]
    assert macros.may_render(plugin, "a.md", text) is may
    page = Page(None, File.generated(config, "a.md", content=text), config)
    page.read_source(config)
    assert may or not macros.is_rendered(plugin, page)


def test_macros_knows_which_functions_run_for_each_page(tmp_path: Path) -> None:
    config = a_config(plugins=["macros"])
    config.config_file_path = str(tmp_path / "mkdocs.yml")
    found: list[bool] = []
    for more in ("", "def on_post_page_macros(env):\n    pass\n"):
        (tmp_path / "main.py").write_text(f"def define_env(env):\n    pass\n{more}", "utf-8")
        plugin = macros.macros_plugin(config)
        assert plugin
        plugin.on_config(config)  # type: ignore[no-untyped-call]
        found.append(macros.has_functions_for_each_page(plugin))
    assert found == [False, True]


def test_a_compiled_template_begins_with_the_version_of_its_form() -> None:
    environment = jinja2.Environment(extensions=["jinja2.ext.do"])
    bucket = Bucket(environment, "key", "checksum")
    bucket.code = compile("1", "", "eval")
    assert bucket.bytecode_to_string().hex().startswith(jinja.compiled_version())
    assert jinja.names_of_extensions(environment) == ["jinja2.ext.ExprStmtExtension"]


def test_a_frame_knows_the_template_that_it_runs_and_its_line() -> None:
    found: list[tuple[jinja2.Template | None, int]] = []

    def probe() -> str:
        frame = inspect.currentframe()
        assert frame
        assert jinja.template_of(frame) is None
        while frame and not jinja.template_of(frame):
            frame = frame.f_back
        assert frame
        running = jinja.template_of(frame)
        assert running
        found.append((running, jinja.template_line(running, frame)))
        return ""

    template = jinja2.Environment().from_string("a\n\n{{ probe() }}")
    jinja.run_template(template, {"probe": probe})
    assert found == [(template, 3)]


def test_what_is_undefined_tells_its_name_and_its_owner() -> None:
    environment = jinja2.Environment()
    assert jinja.undefined_name(environment.undefined(name="probe")) == ("probe", None)
    name, message = jinja.undefined_name(environment.undefined(obj={}, name="probe"))
    assert (name, message) == ("probe", "'dict object' has no attribute 'probe'")
    assert issubclass(environment.undefined, Undefined)


@pytest.mark.parametrize(
    ("text", "helper", "words"),
    [
        ("{{ 1 | probe }}", ("filter", "probe"), ["probe"]),
        ("{{ 1 is probe }}", ("test", "probe"), ["probe"]),
        ("{% for a in b }}", None, ["}"]),
        ("{{ a b }}", None, ["}}", "b"]),
        ("{% if a b %}", None, ["%}", "b"]),
    ],
)
def test_an_error_of_syntax_quotes_what_it_is_about(
    text: str, helper: tuple[str, str] | None, words: list[str]
) -> None:
    with pytest.raises(TemplateSyntaxError) as raised:
        jinja2.Environment().from_string(text)
    assert jinja.unknown_helper(raised.value) == helper
    assert jinja.quoted_words(raised.value) == words


def test_a_filter_that_wants_its_environment_is_marked() -> None:
    assert jinja.wants_context(jinja2.pass_environment(lambda _environment, value: value))
    assert not jinja.wants_context(len)
    assert jinja.PASS_MARK in vars(jinja2.pass_context(lambda _context: ""))


class Shouting(jinja.RewritingEnvironment):
    """Makes `probe` of every text."""

    def rewritten(self, template: nodes.Template) -> nodes.Template:
        """Return the template with other texts in it."""
        for data in template.find_all(nodes.TemplateData):
            data.data = "probe"
        return template


def test_each_template_is_rewritten_before_it_is_compiled() -> None:
    assert "self._parse(" in inspect.getsource(jinja2.Environment.compile)
    loader = jinja2.DictLoader({"part": "text"})
    original = jinja2.Environment(loader=loader, trim_blocks=True)
    assert original.get_template("part").render() == "text"
    made = jinja.sandbox_like(original, Shouting)
    assert made.from_string("text{% include 'part' %}").render() == "probeprobe"
    assert made.trim_blocks
    assert made.from_string("{{ 1 + 2 }}{{ -1 }}").render() == "3-1"
    assert made.from_string("{{ '{}'.format }}").render() != "", "the sandbox still decides on attributes"


def test_an_environment_that_is_made_like_another_has_all_that_a_new_one_has() -> None:
    made = jinja.sandbox_like(jinja2.Environment(), Shouting)
    assert set(vars(made)) == set(vars(SandboxedEnvironment()))


def test_a_filter_of_jinja_is_told_from_one_of_the_same_name() -> None:
    environment = jinja2.Environment()
    environment.filters["upper"] = environment.filters["probe"] = len
    found = set(jinja.jinja_filters(environment))
    assert "lower" in found
    assert not found & {"upper", "probe"}


def test_the_theme_says_what_is_replaced_in_it() -> None:
    for part, text in (
        ("partials/search.html", 'role="dialog"'),
        ("partials/path.html", 'class="md-path" aria-label="{{ lang.t(\'nav\') }}"'),
        ("base.html", '"search": "assets/javascripts/workers/'),
    ):
        assert text in (THEME / part).read_text("utf-8")


def test_the_theme_shows_the_day_that_the_front_matter_says() -> None:
    partial = (THEME / "partials" / "source-file.html").read_text("utf-8")
    assert f"{{% elif page.meta.{theme.LAST_CHANGE} %}}" in partial


def test_a_text_that_is_missing_in_the_theme_is_refused_and_one_in_a_template_of_the_site_is_not(
    tmp_path: Path,
) -> None:
    own, theirs = tmp_path / "own", tmp_path / "theirs"
    for folder, name in ((own, "a.html"), (theirs, "a.html"), (theirs, "b.html")):
        folder.mkdir(exist_ok=True)
        (folder / name).write_text("", encoding="utf-8")
    environment = jinja2.Environment(loader=jinja2.FileSystemLoader([own, theirs]))
    assert theme.refuse_theme(environment, theirs, "text", "a.html") == ""
    with pytest.raises(PluginError, match=r"^Material for MkDocs [0-9.]+ does not say `text` in `b.html`"):
        theme.refuse_theme(environment, theirs, "text", "b.html")


def test_what_stands_in_place_of_a_template_of_the_theme_has_no_class_that_the_theme_has_not() -> None:
    overrides = Path(inspect.getfile(settings)).parents[2] / "web" / "overrides" / "partials"
    for name in ("nav-item.html", "progress.html", "source.html", "tags.html"):
        ours, theirs = ((folder / name).read_text("utf-8") for folder in (overrides, THEME / "partials"))
        missing = {word for word in re.findall(r"md-[a-z_-]+", ours) if word.rstrip("-") not in theirs}
        assert missing == set(), name


def test_the_button_of_the_theme_copies_what_a_block_says_and_stands_on_no_block_that_has_none() -> None:
    (bundle,) = (THEME / "assets" / "javascripts").glob("bundle.*.min.js")
    script = bundle.read_text("utf-8")
    assert re.search(
        r'=(\w+)\.closest\("\[data-copy\]"\),\w+=\w+\?\w+\.getAttribute\("data-copy"\):\1\.innerText', script
    )
    assert '.closest(".no-copy")' in script
