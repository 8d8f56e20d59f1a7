#!/usr/bin/env bash
# mkdocs-git-revision-date-localized-plugin 1.6.3, mkdocs 1.6.1; needs git
#
# The plugin's warnings are printed and not counted: with `enable_parallel_processing`, which is on unless a site says
# otherwise, they are logged in the processes that ask git, and MkDocs counts those of its own process.
#
# Expected: the plugin's documentation of its option `strict`: who wants an error when a warning is logged builds with
#           `mkdocs build --strict`.
# Seen:     "has no git logs, using current timestamp" for a page that is not committed, then exit code 0. The same site
#           with parallel processing off: the same warning, "Aborted with 1 warnings in strict mode!", exit code 1.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check mkdocs==1.6.1 \
    mkdocs-git-revision-date-localized-plugin==1.6.3
mkdir -p "$folder/site/docs"
cd "$folder/site"
printf '# Notes\n' >docs/index.md
git init --quiet
git add .
git -c user.name=Ada -c user.email=ada@example.org -c commit.gpgsign=false commit --quiet --message 'Begin'
printf '# New\n' >docs/new.md
built() {
    cat >mkdocs.yml <<YAML
site_name: Notes
plugins:
  - git-revision-date-localized:
      strict: true
      enable_parallel_processing: $1
YAML
    "$folder/venv/bin/mkdocs" build --strict >"$folder/log" 2>&1 && status=0 || status=$?
    printf 'parallel processing %s: %s warning, exit code %s\n' \
        "$1" "$(grep -c 'has no git logs' "$folder/log")" "$status"
}
seen=$(built true; built false)
echo "$seen"
[[ $seen == 'parallel processing true: 1 warning, exit code 0
parallel processing false: 1 warning, exit code 1' ]]
