"""What stands in for kubectl on a stand: it runs `exec` here, shows the logs of the servers of the stand, and passes
`get --raw` of a pod's proxy on. There is no cluster; whatever else it is asked ends with an error.

Pods have their files below `/etc/prometheus/` and `/etc/alertmanager/`; here they are in the folder of the stand.
"""

from __future__ import annotations

import re
import subprocess
import sys
import urllib.request
from pathlib import Path

FILES = {
    "/etc/alertmanager/config_out/alertmanager.env.yaml": "alertmanager.yml",
    "/etc/prometheus/config_out/prometheus.env.yaml": "prometheus.yml",
    "/etc/prometheus/rules": "rules",
}

OF_DEBIAN = "Warning: --config.file flag overrides the --alertmanager.url.\n"
"""Debian's amtool has an address of Alertmanager by default, and warns where a file is named."""


def main(folder: Path, arguments: list[str]) -> int:
    """Answer one call."""
    here = {there: str(folder / name) for there, name in FILES.items()}
    options, separator, inside = (
        (arguments[: arguments.index("--")], "--", arguments[arguments.index("--") + 1 :])
        if "--" in arguments
        else (arguments, "", [])
    )
    if "exec" in options and separator:
        command = [_replaced(each, here) for each in inside]
        done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        said = "".join(line for line in done.stdout.splitlines(keepends=True) if line != OF_DEBIAN)
        sys.stdout.write(_replaced(said, {there: name for name, there in here.items()}))
        if done.returncode:
            print(f"command terminated with exit code {done.returncode}")
        return done.returncode
    if "logs" in options and "--container" in options:
        container = options[options.index("--container") + 1]
        text = (folder / f"{container}.log").read_text("utf-8")
        sys.stdout.write(_replaced(text, {name: there for there, name in here.items()}))
        return 0
    proxy = re.search(r"/pods/[^/]+:([0-9]+)/proxy(/.*)", arguments[-1])
    if "--raw" in options and proxy:
        with urllib.request.urlopen(f"http://127.0.0.1:{proxy[1]}{proxy[2]}", timeout=10) as answer:
            sys.stdout.write(_replaced(answer.read().decode(), {name: there for there, name in here.items()}))
        return 0
    print(f"no cluster on this stand: kubectl {' '.join(arguments)}", file=sys.stderr)
    return 1


def _replaced(text: str, pairs: dict[str, str]) -> str:
    for old, new in pairs.items():
        text = text.replace(old, new)
    return text


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), sys.argv[2:]))
