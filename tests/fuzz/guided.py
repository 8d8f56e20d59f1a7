"""The same targets under atheris, which keeps the inputs that reach new lines and goes on from there."""

from __future__ import annotations

import random
import sys
import tempfile
from pathlib import Path

from fuzz.mutate import mutated
from fuzz.targets import Target


def run_guided(target: Target, seconds: float) -> int:
    """Let libFuzzer lead for `seconds`. It ends the process itself, with its own report, where something fails."""
    import atheris

    corpus = Path(tempfile.mkdtemp(prefix="opsbook-corpus-"))
    for number, text in enumerate(target.corpus):
        (corpus / str(number)).write_text(text, "utf-8")

    def mutate(data: bytes, most: int, seed: int) -> bytes:
        text = data.decode("utf-8", "replace")
        return mutated(text, target.corpus, random.Random(seed))[:most]

    options = [sys.argv[0], str(corpus), f"-max_total_time={int(seconds)}", "-timeout=5", "-max_len=65536"]
    atheris.instrument_all()
    atheris.Setup(options, target.answer, custom_mutator=mutate)
    atheris.Fuzz()
    return 0
