"""A volume is full: nothing can be written, and the page shows which volume and which folder it is."""

from __future__ import annotations

import errno
import sys
from pathlib import Path

from drills import kubectl
from drills.record import Record
from drills.stand import Stand, is_root, run
from drills.walk import walk

TITLE = "A volume is full"
PATH = "runbooks/volume-filling-up.md"


def play(root: Path, stand: Stand, record: Record) -> None:
    """Fill a small volume, which only root can make, and walk through step 3."""
    page = walk(TITLE, PATH, root, stand, record)
    if not is_root():
        print("left out: it takes root to make a volume", flush=True)
        page.finish()
        return
    stand.program("kubectl", f'#!/bin/sh\nexec {sys.executable} {kubectl.__file__} {stand.folder} "$@"\n')
    volume = stand.folder / "buffer"
    volume.mkdir()
    run(["mount", "-t", "tmpfs", "-o", "size=8m", "full", volume])
    try:
        (volume / "elasticsearch").mkdir()
        (volume / "position").write_bytes(bytes(64 << 10))
        page.holds("contents", "nothing more can be written", _is_full(volume / "elasticsearch" / "chunk"))
        page.set(MOUNT_PATH=str(volume))
        whole = run(["df", "--output=source", "/"]).split()[-1]
        others = r"^(?!Filesystem).*(?<!/buffer)(?<! /)$"
        page.run("contents", names={"overlay": whole, "/dev/nvme2n1": "full"}, beside=others)
        page.run("contents", nth=1)
    finally:
        run(["umount", volume])
    page.finish()


def _is_full(file: Path) -> bool:
    """Whether writing ends for want of space."""
    try:
        file.write_bytes(bytes(16 << 20))
    except OSError as error:
        return error.errno == errno.ENOSPC
    return False
