"""Put the texts of pymdownx.snippets into a page before Markdown is made of it."""

from __future__ import annotations

from markdown import Markdown
from mkdocs.config.defaults import MkDocsConfig

from opsbook.mkdocs.compat.config import extension_options

NAME = "pymdownx.snippets"


def with_snippets(config: MkDocsConfig, markdown: str) -> str:
    """Return the Markdown of a page with the texts that it names, as the extension of the site of `config` finds them.

    Raises what the extension raises, such as for a file that is missing where `check_paths` is set.
    """
    # https://github.com/facelessuser/pymdown-extensions/blob/12.3/pymdownx/snippets.py#L464
    # The extension has no function for it; its preprocessor is registered under this name.
    if NAME not in config.markdown_extensions:
        return markdown
    reader = Markdown(extensions=[NAME], extension_configs={NAME: extension_options(config, NAME)})
    return "\n".join(reader.preprocessors["snippet"].run(markdown.split("\n")))
