"""What a page adds to the search index, beside what the theme alone would add."""

from __future__ import annotations

from pathlib import Path

import pytest
from material.plugins.search.plugin import SearchIndex
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

from opsbook.mkdocs.search import Index
from opsbook.store import Store

SETTINGS = {"lang": ["en"], "separator": " ", "pipeline": [], "fields": {}}
CODE = """# Title

Before.

```python title="a.py"
def one(two: int) -> str:
    return "three" if two else ""
```

## Section

<pre><code>kubectl get pods <span class="ob-var" data-ob-var="NAMESPACE">"$NAMESPACE"</span> # <b>x</b></code></pre>

<pre>shown <span data-search-exclude>hidden</span> shown</pre>

<pre>shown <span title="a > b">too</span></pre>
"""
PICTURE = """# Title

Before.

<figure class="ob-drawing" data-search-exclude><svg><text>hidden</text></svg></figure>

After.

<figure><svg><text>shown</text></svg></figure>
"""


@pytest.mark.parametrize("markdown", [CODE, PICTURE])
def test_a_page_is_indexed_as_the_theme_would_index_it(markdown: str, tmp_path: Path) -> None:
    docs = tmp_path / "docs"
    docs.mkdir()
    extensions = ["pymdownx.superfences", "pymdownx.highlight"]
    config = MkDocsConfig()
    config.load_dict({"site_name": "x", "docs_dir": str(docs), "markdown_extensions": extensions})
    config.validate()
    (docs / "a.md").write_text(markdown, encoding="utf-8")
    file = File("a.md", str(docs), str(tmp_path / "site"), use_directory_urls=True)
    page = Page(None, file, config)
    page.read_source(config)
    page.render(config, Files([file]))
    content = page.content
    theirs = SearchIndex(**SETTINGS)  # type: ignore[no-untyped-call]
    theirs.add_entry_from_context(page)  # type: ignore[no-untyped-call]
    ours = Index(Store(tmp_path / "kept"), **SETTINGS)
    ours.add_entry_from_context(page)
    assert [entry["text"] for entry in ours.entries] == [entry["text"] for entry in theirs.entries]
    assert "hidden" not in str(ours.entries)
    assert page.content == content
