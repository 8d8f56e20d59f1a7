"""The same targets under atheris, which keeps the inputs that reach new lines and goes on from there."""

from __future__ import annotations

import gc
import random
import sys
import tempfile
from pathlib import Path
from types import FunctionType

from fuzz.mutate import mutated
from fuzz.targets import Target


def run_guided(target: Target, seconds: float, *, with_own: bool) -> int:
    """Let libFuzzer lead for `seconds`, by our mutations or `with_own` false by its own.

    It ends the process itself, with its own report, where something fails.
    """
    import atheris

    corpus = Path(tempfile.mkdtemp(prefix="opsbook-corpus-"))
    for number, text in enumerate(target.corpus):
        (corpus / str(number)).write_text(text, "utf-8")

    def mutate(data: bytes, most: int, seed: int) -> bytes:
        text = data.decode("utf-8", "replace")
        return mutated(text, target.corpus, random.Random(seed))[:most]

    options = [sys.argv[0], str(corpus), f"-max_total_time={int(seconds)}", "-timeout=5", "-max_len=65536"]
    options.append("-print_final_stats=1")
    for each in gc.get_objects():
        if isinstance(each, FunctionType) and str(each.__module__).startswith("opsbook."):
            atheris.instrument_func(each)
    atheris.Setup(options, target.answer, **({"custom_mutator": mutate} if with_own else {}))
    atheris.Fuzz()
    return 0
