"""A folder of releases: readers meet the old site or the new one whole, whatever happens to the one who publishes."""

from __future__ import annotations

import multiprocessing
import os
import random
import resource
import signal
import threading
import time
from collections.abc import Mapping
from functools import partial
from pathlib import Path

import pytest

from commands import run_command
from opsbook.problems import ProblemsError
from opsbook.publish.durable import copy_site
from opsbook.publish.release import Switched, publish, roll_back
from opsbook.publish.target import Target
from small_site import ENVIRONMENT, write

FORK = multiprocessing.get_context("fork")
FILES = 40


def site(folder: Path, text: str, files: int = FILES) -> Path:
    """A built site whose pages all say `text`."""
    folder.mkdir()
    for number in range(files):
        page = folder / ("index.html" if not number else f"{number}/index.html")
        page.parent.mkdir(exist_ok=True)
        page.write_text(f"<!doctype html><html><title>{text}</title><body>{text}</body></html>\n", "utf-8")
    return folder


def content(folder: Path) -> Mapping[str, str]:
    return {path.relative_to(folder).as_posix(): path.read_text("utf-8") for path in folder.rglob("*.html")}


def published(target: Path, site: Path, keep: int = 5) -> Switched:
    return publish(Target(target), partial(copy_site, site), keep=keep)


def refusal(target: Path, site: Path) -> list[str]:
    with pytest.raises(ProblemsError) as caught:
        published(target, site)
    return [str(problem) for problem in caught.value.problems]


def left_over(target: Path) -> list[str]:
    return [path.name for path in target.rglob("*.part")]


def test_the_same_bytes_have_the_same_name_and_other_bytes_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1767225600")
    one, other = site(tmp_path / "one", "one"), site(tmp_path / "other", "other")
    names = [published(tmp_path / target, from_).release for target in "ab" for from_ in (one, other, one)]
    assert names[:3] == names[3:]
    assert names[0] == names[2] != names[1]
    assert all(name.startswith("20260101T000000Z-") for name in names)
    assert sorted(path.name for path in (tmp_path / "a/releases").iterdir()) == sorted(set(names))


def test_a_time_that_is_no_number_is_refused_with_what_is_allowed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = site(tmp_path / "one", "one")
    for wrong in ("yesterday", "-1", "1767225600.5", "9" * 30, "²"):
        monkeypatch.setenv("SOURCE_DATE_EPOCH", wrong)
        message = (
            f"SOURCE_DATE_EPOCH: `{wrong}` is no number of seconds since 1970; allowed: a number such as 1767225600"
        )
        assert refusal(tmp_path / "target", one) == [message]


def test_a_rollback_goes_back_one_release_after_the_other_and_to_any_by_name(tmp_path: Path) -> None:
    target = tmp_path / "target"
    a, b, c, d = (published(target, site(tmp_path / text, text)).release for text in "abcd")
    steps = [roll_back(Target(target)) for _ in range(2)]
    assert steps == [Switched(c, d), Switched(b, c)]
    assert set(content(target / "current").values()) == set(content(tmp_path / "b").values())
    assert roll_back(Target(target), d) == Switched(d, b)
    assert roll_back(Target(target), a) == Switched(a, d)
    with pytest.raises(ProblemsError, match="holds no release before the current one"):
        roll_back(Target(target))
    with pytest.raises(ProblemsError, match=f"no release is called `{a[:-1]}`; did you mean `{a}`"):
        roll_back(Target(target), a[:-1])


def test_the_release_before_a_new_one_is_the_one_that_readers_saw(tmp_path: Path) -> None:
    target = tmp_path / "target"
    a, bad = (published(target, site(tmp_path / text, text)).release for text in ("a", "bad"))
    assert roll_back(Target(target)).release == a
    new = published(target, site(tmp_path / "new", "new")).release
    assert Target(target).names == [bad, a, new]
    assert roll_back(Target(target)).release == a


def test_the_last_releases_stay_and_older_ones_go(tmp_path: Path) -> None:
    target = tmp_path / "target"
    names = [published(target, site(tmp_path / text, text), keep=3).release for text in "abcdef"]
    assert Target(target).names == names[-3:]
    assert {path.name for path in (target / "releases").iterdir()} == set(names[-3:])


def test_a_release_that_was_changed_by_hand_is_made_whole_by_publishing_it_again(tmp_path: Path) -> None:
    one, target = site(tmp_path / "one", "one"), tmp_path / "target"
    name = published(target, one).release
    (target / "current/index.html").write_text("changed by hand", "utf-8")
    assert published(target, one) == Switched(name, name)
    assert content(target / "current") == content(one)


def test_what_is_no_folder_of_releases_is_left_alone(tmp_path: Path) -> None:
    one = site(tmp_path / "one", "one")
    full, real = site(tmp_path / "full", "of somebody"), tmp_path / "real"
    (real / "current").mkdir(parents=True)
    (real / "releases").mkdir()
    message = "holds something else than releases; name a new folder, an empty one, or one of an earlier run"
    assert refusal(full, one) == [f"{full}: {message}"]
    assert refusal(real, one) == [f"{real / 'current'}: is no link to a release; name another folder"]
    (one / "secret").symlink_to("/etc/passwd")
    message = "is a symbolic link or a device; allowed: files and folders"
    assert refusal(tmp_path / "target", one) == [f"{one / 'secret'}: {message}"]


def test_a_second_run_at_the_same_time_is_refused_in_words(tmp_path: Path) -> None:
    one, target = site(tmp_path / "one", "one"), tmp_path / "target"
    published(target, one)
    with Target(target).locked():
        for command in (["publish", f"{target}", "--site", f"{one}"], ["rollback", f"{target}"]):
            done = run_command("opsbook", *command, folder=tmp_path)
            message = "another `opsbook publish` or `opsbook rollback` is at work here; wait until it ends"
            assert (done.returncode, done.stderr) == (1, f"{target}: {message}\n1 problem found\n")
    assert run_command("opsbook", "publish", target, "--site", one, folder=tmp_path).returncode == 0


def test_a_folder_without_a_site_is_refused_and_a_build_that_fails_publishes_nothing(tmp_path: Path) -> None:
    (tmp_path / "source").mkdir()
    done = run_command("opsbook", "publish", tmp_path / "target", folder=tmp_path / "source")
    assert done.returncode == 1
    assert done.stderr.startswith("mkdocs.yml: is not here; go to the folder of the site")
    write(tmp_path / "source", {"docs/page.md": "[nowhere](nowhere.md)\n"})
    done = run_command("opsbook", "publish", tmp_path / "target", folder=tmp_path / "source", environment=ENVIRONMENT)
    assert done.returncode == 1
    assert "mkdocs.yml: `mkdocs build` failed with the code 1; nothing was written" in done.stderr.splitlines()
    assert Target(tmp_path / "target").names == []
    assert not left_over(tmp_path / "target")


def limited(target: Path, from_: Path) -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (4_000, 4_000))
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    try:
        published(target, from_)
    except ProblemsError as error:
        (target / "said").write_text(str(error), "utf-8")


def test_a_disk_without_room_leaves_the_old_site_and_is_one_sentence(tmp_path: Path) -> None:
    target = tmp_path / "target"
    published(target, site(tmp_path / "small", "small"))
    process = FORK.Process(target=limited, args=(target, site(tmp_path / "large", "large" * 1000)))
    process.start()
    process.join()
    said = (target / "said").read_text("utf-8")
    assert said == f"{target}: cannot be written: File too large; the site that was there stays"
    assert content(target / "current") == content(tmp_path / "small")
    assert not left_over(target)


class Reader(threading.Thread):
    """Opens the site that `current` leads to again and again, and keeps each mix of pages that it met."""

    def __init__(self, target: Path) -> None:
        super().__init__()
        self.current = target / "current"
        self.seen: set[frozenset[str]] = set()
        self.is_over = threading.Event()
        self.is_well = False

    def run(self) -> None:
        while not self.is_over.is_set():
            folder = os.open(self.current, os.O_RDONLY)  # A reader who has begun stays in the release.
            try:
                self.seen.add(frozenset(self.page(folder, number) for number in range(FILES)))
            finally:
                os.close(folder)
        self.is_well = True

    def page(self, folder: int, number: int) -> str:
        name = "index.html" if not number else f"{number}/index.html"
        with os.fdopen(os.open(name, os.O_RDONLY, dir_fd=folder), encoding="utf-8") as stream:
            return stream.read()


def test_a_hundred_kills_leave_readers_the_old_site_or_the_new_one_whole(tmp_path: Path) -> None:
    target, chance = tmp_path / "target", random.Random(1)
    sites = [site(tmp_path / text, text) for text in ("one", "two", "three", "four", "five")]
    started = time.monotonic()
    for each in sites:
        published(target, each, keep=3)
    long = (time.monotonic() - started) / len(sites)
    reader = Reader(target)
    reader.start()
    killed = turn = 0
    while killed < 100:
        turn += 1
        assert turn < 2000
        process = FORK.Process(target=published, args=(target, sites[turn % 5], 3))
        process.start()
        if turn % 8:  # The others come to their end, so that the reader sees the site change.
            process.join(chance.uniform(0, 1.2 * long))
            process.kill()
        process.join()
        killed += process.exitcode == -signal.SIGKILL
        found = content(target / "current")
        assert len(found) == FILES
        assert set(found.values()) in [set(content(each).values()) for each in sites]
    reader.is_over.set()
    reader.join()
    assert reader.is_well
    assert reader.seen <= {frozenset(content(each).values()) for each in sites}
    assert len(reader.seen) > 1
    published(target, sites[0], keep=2)
    assert not left_over(target)
    assert len(Target(target).names) == 2
