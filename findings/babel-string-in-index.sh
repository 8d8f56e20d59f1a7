#!/usr/bin/env bash
# babel 2.18.0
#
# The extractor of Python sources reads tokens, not expressions. A string that is no argument of the call, but stands
# somewhere inside of one, is taken for its message.
#
# Expected: a call whose argument is a value, such as `gettext(row["name"])`, gives no message: nothing is known of its
#           text before the program runs.
# Seen:     it gives the message "name", the key; a catalog gets a word that no page shows, and translators are asked
#           for it. The same with a key beside a real message in one file: both are extracted.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check babel==2.18.0
cat >"$folder/source.py" <<'PYTHON'
from gettext import gettext


def shown(row):
    return gettext("Owner"), gettext(row["name"])
PYTHON
seen=$(cd "$folder" && "$folder/venv/bin/python" -c '
from babel.messages.extract import extract
with open("source.py", "rb") as source:
    print([message for _, message, _, _ in extract("python", source, {"gettext": None})])
')
printf 'messages: %s\n' "$seen"
[[ $seen == "['Owner', 'name']" ]]
