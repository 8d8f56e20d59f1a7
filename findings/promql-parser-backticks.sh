#!/usr/bin/env bash
# promql-parser 0.12.0 (Python)
#
# PromQL has backticks so that an expression can be written without doubling its backslashes. The parser looks for
# escapes between them all the same and refuses those that it does not know.
#
# Expected: Prometheus' documentation: between backticks no escaping is processed.
# Seen:     `api-\d+` between backticks is an "unknown escape sequence 'd'". Where the letter after the backslash is one
#           that double quotes know, the text is read, and rightly as it stands: `C:\temp` has a backslash.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check promql-parser==0.12.0
"$folder/venv/bin/python" - <<'PYTHON'
import sys

import promql_parser


def read(query):
    try:
        return promql_parser.parse(query).matchers.matchers[0].value
    except ValueError as error:
        return str(error)


queries = ["up{pod=~`api-\\d+`}", 'up{pod=~"api-\\\\d+"}', "up{path=`C:\\temp`}"]
seen = [read(query) for query in queries]
for query, value in zip(queries, seen, strict=True):
    print(f"{query}: {value}")
sys.exit(0 if seen == ["unknown escape sequence 'd'", "api-\\d+", "C:\\temp"] else 1)
PYTHON
