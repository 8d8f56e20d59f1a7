"""Feed damaged files to everything that reads a user's file, for as long as one likes.

    make fuzz ARGS="--seconds 3600"             # all targets in turn, other inputs at each start
    make fuzz ARGS="--count 500 --seed 1"       # the same inputs each time, as CI does
    make fuzz ARGS="--target api --guided"      # led by coverage, with atheris
    make fuzz ARGS="--mutator radamsa"          # damaged by somebody else's mutator, or --mutator hypothesis

Each target runs in a process of its own with a limit on processor time for one input and on memory. What ends it is
kept in `.cache/fuzz/`, and told with its traceback.
"""

from __future__ import annotations

import argparse
import faulthandler
import hashlib
import os
import random
import resource
import signal
import sys
import time
import traceback
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from fuzz.mutate import mutated
from fuzz.others import by_hypothesis, by_radamsa
from fuzz.targets import ROOT, Target, targets

CPU_SECONDS = 2
"""Processor seconds for one input. A hang inside of a C library is ended by the signal too."""
MEMORY = 500 << 20
"""Bytes that one target may grow by."""
KEPT = ROOT / ".cache" / "fuzz"


def main() -> int:
    """Run the targets that were asked for. Returns 1 where one of them has failed."""
    parser = argparse.ArgumentParser(description="Feed damaged files to the loaders.")
    parser.add_argument("--seconds", type=float, default=60, help="for all targets together (default: 60)")
    parser.add_argument("--count", type=int, help="as many inputs for each target, however long it takes")
    parser.add_argument("--seed", type=int, default=int(time.time()))
    parser.add_argument("--target", help="only those with this in their name")
    parser.add_argument(
        "--most", type=int, default=1 << 20, help="characters of a text that is damaged; less is faster"
    )
    parser.add_argument("--mutator", choices=sorted(MUTATORS), default="own", help="libfuzzer needs --guided")
    parser.add_argument("--guided", action="store_true", help="let atheris choose by coverage; needs --target")
    options = parser.parse_args()
    if options.mutator == "libfuzzer" and not options.guided:
        parser.error("libfuzzer is led by coverage: add --guided")
    chosen = [each.small(options.most) for each in targets() if (options.target or "") in each.name]
    failed = 0
    for target in chosen:
        seconds = options.seconds / len(chosen)
        done, fault = _in_a_process(target, options, seconds)
        failed += bool(fault)
        print(f"{target.name}: {done} inputs, {fault or 'no fault'}", flush=True)
    return 1 if failed else 0


def _in_a_process(target: Target, options: argparse.Namespace, seconds: float) -> tuple[int, str]:
    """How many inputs `target` has read, and what ended it."""
    KEPT.mkdir(parents=True, exist_ok=True)
    current, counted = KEPT / f".{os.getpid()}.input", KEPT / f".{os.getpid()}.count"
    counted.write_text("0", "ascii")
    child = os.fork()
    if not child:
        try:
            os._exit(_run(target, options, seconds, current, counted))
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(70)
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    done = int(counted.read_text("ascii"))
    fault = ""
    if status:
        data = current.read_bytes() if current.exists() else b""
        kept = KEPT / f"{target.name.replace(':', '-').replace('/', '-')}-{hashlib.sha256(data).hexdigest()[:12]}"
        kept.write_bytes(data)
        how = signal.Signals(-status).name if status < 0 else "an error"
        fault = f"ended by {how}; the input is {kept.relative_to(ROOT)}"
    for file in (current, counted):
        file.unlink(missing_ok=True)
    return done, fault


def _run(target: Target, options: argparse.Namespace, seconds: float, current: Path, counted: Path) -> int:
    faulthandler.enable()
    faulthandler.register(signal.SIGUSR1)
    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    resource.setrlimit(resource.RLIMIT_AS, (used + MEMORY + (1 << 30), resource.RLIM_INFINITY))
    if options.guided:
        from fuzz.guided import run_guided

        return run_guided(target, seconds, with_own=options.mutator != "libfuzzer")
    signal.signal(signal.SIGPROF, signal.SIG_DFL)
    for number, data in enumerate(_inputs(target, options, seconds), start=1):
        current.write_bytes(data)
        signal.setitimer(signal.ITIMER_PROF, CPU_SECONDS)
        try:
            target.answer(data)
        except BaseException:
            signal.setitimer(signal.ITIMER_PROF, 0)
            traceback.print_exc()
            return 1
        signal.setitimer(signal.ITIMER_PROF, 0)
        counted.write_text(str(number), "ascii")
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 - used
    if grown > MEMORY:
        print(f"{target.name}: grew by {grown >> 20} MiB", file=sys.stderr)
        return 1
    return 0


def _inputs(target: Target, options: argparse.Namespace, seconds: float) -> Iterator[bytes]:
    chance = random.Random(f"{options.seed} {target.name}")
    end = time.monotonic() + seconds
    for number, data in enumerate(MUTATORS[options.mutator](target.corpus, chance)):
        if number >= options.count if options.count else time.monotonic() > end:
            return
        yield data


def _by_own(corpus: Sequence[str], chance: random.Random) -> Iterator[bytes]:
    while True:
        yield mutated(chance.choice(corpus), corpus, chance)


MUTATORS: Mapping[str, Callable[[Sequence[str], random.Random], Iterator[bytes]]] = {
    "own": _by_own,
    "libfuzzer": _by_own,  # Which has mutators of its own.
    "radamsa": by_radamsa,
    "hypothesis": by_hypothesis,
}


if __name__ == "__main__":
    sys.exit(main())
