#!/usr/bin/env bash
# mkdocs-macros-plugin 1.5.0, mkdocs 1.6.1
#
# MkDocs reads its configuration from standard input (`--config-file -`), and then everything in it starts at the
# current folder. The plugin takes that folder's parent for the project's folder, and runs the module it finds there.
#
# Expected: one configuration gives one page, read by name or from standard input: `main.py` beside mkdocs.yml is the
#           module of the site.
# Seen:     from standard input the page shows what a `main.py` one folder higher says, which is no part of the site;
#           exit code 0 with --strict. The files of `include_yaml` are looked for one folder too high as well.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check mkdocs==1.6.1 mkdocs-macros-plugin==1.5.0
mkdir -p "$folder/other/site/docs"
for name in other other/site; do
    cat >"$folder/$name/main.py" <<PYTHON
def define_env(env):
    @env.macro
    def owner():
        return "the module in $name"
PYTHON
done
cd "$folder/other/site"
printf 'site_name: Notes\nplugins: [macros]\n' >mkdocs.yml
printf '# Notes\n\nFrom {{ owner() }}.\n' >docs/index.md
shown() { grep -o 'From the module in [a-z/]*' site/index.html; }
"$folder/venv/bin/mkdocs" build --strict --quiet
named=$(shown)
"$folder/venv/bin/mkdocs" build --strict --quiet --config-file - <mkdocs.yml
streamed=$(shown)
printf 'configuration by name: %s\nfrom standard input: %s\n' "$named" "$streamed"
[[ $named == 'From the module in other/site' && $streamed == 'From the module in other' ]]
