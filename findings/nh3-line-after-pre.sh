#!/usr/bin/env bash
# nh3 0.3.8
#
# Cleaning text that is clean already takes a line end away, once at each run: an HTML parser drops the line end that
# follows `<pre>`, and what is written again does not have it back.
#
# Expected: clean(clean(x)) == clean(x), and a block of code that begins with an empty line keeps it.
# Seen:     "<pre>\n\nx</pre>" becomes "<pre>\nx</pre>", and that "<pre>x</pre>". A browser, which drops one line end as
#           well, shows the empty line of the first text, and no longer that of the second.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check nh3==0.3.8
"$folder/venv/bin/python" - <<'PYTHON'
import sys

import nh3

written = "<pre>\n\nx</pre>"
once = nh3.clean(written, tags={"pre"})
twice = nh3.clean(once, tags={"pre"})
print(f"written {written!r}, cleaned {once!r}, cleaned again {twice!r}")
sys.exit(0 if (once, twice) == ("<pre>\nx</pre>", "<pre>x</pre>") else 1)
PYTHON
