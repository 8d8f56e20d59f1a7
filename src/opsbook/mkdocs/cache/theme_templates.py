"""Keep the compiled templates of the theme as long as their text and Jinja stay the same."""

from __future__ import annotations

from jinja2 import BytecodeCache
from jinja2.bccache import Bucket

from opsbook.mkdocs.compat.jinja import compiled_version, names_of_extensions
from opsbook.store import Store, key_of
from opsbook.versions import versions


class CompiledTemplates(BytecodeCache):
    """Jinja's bytecode cache in a store, which detects damage: Python crashes when it loads damaged bytecode."""

    def __init__(self, store: Store) -> None:
        self.store = store

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill `bucket` with the bytecode that is kept for its text, if there is one and it is undamaged."""
        if content := self.store.read(bucket.key, _key(bucket)):
            bucket.bytecode_from_string(content)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep the bytecode of `bucket`."""
        self.store.write(bucket.key, _key(bucket), bucket.bytecode_to_string())


def _key(bucket: Bucket) -> str:
    compiler = versions("jinja2"), compiled_version(), *names_of_extensions(bucket.environment)
    return key_of("\n".join(compiler), bucket.checksum)
