#!/usr/bin/env bash
# mkdocs-macros-plugin 1.5.0, mkdocs 1.6.1
#
# A site that has no macros of its own and sets no `module_name` cannot have a folder `main` beside mkdocs.yml: the
# plugin takes any folder of that name for its module, imports it as a namespace package, and ends the build because
# none of its functions is there.
#
# Expected: the default module is optional, so a folder without Python files is left alone, as a missing one is.
# Seen:     with `main/notes.txt` beside mkdocs.yml the build ends in a NameError; without the folder it is built.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check mkdocs==1.6.1 mkdocs-macros-plugin==1.5.0
mkdir -p "$folder/site/docs"
printf 'site_name: Notes\nplugins: [macros]\n' >"$folder/site/mkdocs.yml"
printf '# Notes\n\nNothing is called here.\n' >"$folder/site/docs/index.md"
cd "$folder/site"
"$folder/venv/bin/mkdocs" build --strict >"$folder/without.log" 2>&1 || { cat "$folder/without.log"; exit 1; }
echo "without a folder main: built"
mkdir main
printf 'Plans of the main building.\n' >main/notes.txt
if "$folder/venv/bin/mkdocs" build --strict >"$folder/with.log" 2>&1; then
    echo "with a folder main: built"
    exit 1
fi
tail -n 2 "$folder/with.log"
grep -q "^NameError: None of the standard functions was found in module 'main'" "$folder/with.log"
