#!/usr/bin/env bash
# mkdocs 1.6.1, Markdown 3.10.3, Python 3.11.4 or later
#
# A link whose host stands in brackets, as people write a placeholder, is a link to CommonMark and to Python-Markdown.
# MkDocs takes each address apart to find a page behind it, with a function of Python that raises where brackets hold
# no IPv6 address.
#
# Expected: the link is left alone as one to elsewhere, or a warning names the page and the link.
# Seen:     the build ends in a ValueError that speaks of IPv4 and IPv6, with a traceback and without the link; a page
#           with the same text in backquotes builds.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check mkdocs==1.6.1 markdown==3.10.3
mkdir "$folder/docs"
cd "$folder"
printf 'site_name: Notes\n' >mkdocs.yml
# shellcheck disable=SC2016 # backquotes of Markdown
printf '# Notes\n\nOpen `https://[your host]/admin`.\n' >docs/index.md
"$folder/venv/bin/mkdocs" build --strict --quiet
printf '# Notes\n\nOpen [the page](https://[your-host]/admin).\n' >docs/index.md
set +e
said=$("$folder/venv/bin/mkdocs" build --quiet 2>&1)
code=$?
set -e
printf '%s\n' "$said" | tail -1
[[ $code -ne 0 && $said == *Traceback* && $said == *"'your-host' does not appear to be an IPv4 or IPv6 address"* ]]
