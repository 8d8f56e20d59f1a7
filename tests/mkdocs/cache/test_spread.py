"""Work that is spread over processes."""

from __future__ import annotations

import os
import subprocess
import sys
import time

from opsbook.mkdocs.cache.spread import spread

JOBS = 5000


def test_each_number_is_worked_on_once_by_some_process() -> None:
    def work(number: int) -> list[int]:
        time.sleep(0.001 if number < 50 else 0)
        return [number * 2, os.getpid()]

    found = list(spread(3, JOBS, work))
    assert sorted((number, double) for number, (double, _) in found) == [(each, each * 2) for each in range(JOBS)]
    assert os.getpid() not in {process for _, (_, process) in found}


def test_what_is_not_made_is_missing_and_so_is_all_that_a_failed_process_would_have_made() -> None:
    def work(number: int) -> str | None:
        if number == 7:
            raise ValueError
        return None if number == 3 else "made"

    found = dict(spread(2, 20, work))
    assert set(found) == set(range(20)) - {3, 7}
    assert dict(spread(1, 20, work)).keys() == {0, 1, 2, 4, 5, 6}


def test_where_no_process_lives_nothing_is_made() -> None:
    def work(_: int) -> None:
        os._exit(3)

    assert dict(spread(2, 100_000, work)) == {}


_COUNT = """
import threading
from opsbook.mkdocs.cache.spread import processes
end = threading.Event()
print(processes(3), processes(0), end=" ")
thread = threading.Thread(target=end.wait)
thread.start()
print(processes(3))
end.set()
"""


def test_a_process_with_threads_does_all_by_itself() -> None:
    done = subprocess.run([sys.executable, "-c", _COUNT], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["3", str(len(os.sched_getaffinity(0))), "1"]
