#!/usr/bin/env bash
# promql-parser 0.12.0 (Python)
#
# Written back with `str()`, an expression with a backslash in a label's value is another expression: the backslash is
# written single, so that what is read again has an escape there. `prettify()` doubles it.
#
# Expected: parse(str(parse(query))) says what parse(query) says, as it does with prettify().
# Seen:     the value C:\temp comes back with a tab in it, without an error; x\.y comes back as one that is refused.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check promql-parser==0.12.0
"$folder/venv/bin/python" - <<'PYTHON'
import sys

import promql_parser


def value(query):
    try:
        return promql_parser.parse(query).matchers.matchers[0].value
    except ValueError as error:
        return str(error)


seen = []
for query in ('up{path="C:\\\\temp"}', 'up{path=~"x\\\\.y"}'):
    tree = promql_parser.parse(query)
    read, prettified, written = value(query), value(tree.prettify()), value(str(tree))
    seen.append((read, prettified, written))
    print(f"{query}: read {read!r}, after prettify() {prettified!r}, after str(), {tree}: {written!r}")
right, wrong = ("C:\\temp", "C:\\temp", "C:\temp"), ("x\\.y", "x\\.y", "unknown escape sequence '.'")
sys.exit(0 if seen == [right, wrong] else 1)
PYTHON
