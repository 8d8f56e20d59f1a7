#!/usr/bin/env bash
# mkdocs-ezlinks-plugin 0.1.14, with MkDocs 1.6.1
#
# The plugin asks every file of a site whether the folder of the pages is in its path. A file that another plugin or a
# hook has generated before, by `File.generated` of MkDocs 1.6, has no path on the disk.
#
# Expected: a site with one generated page builds, and the plugin looks for its links as in any other page.
# Seen:     the build ends in a TypeError of the plugin, whatever the page holds, and names no file.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check mkdocs==1.6.1 mkdocs-ezlinks-plugin==0.1.14
mkdir "$folder/docs"
printf '# Home\n\nText.\n' >"$folder/docs/index.md"
cat >"$folder/hook.py" <<'PYTHON'
from mkdocs.plugins import event_priority
from mkdocs.structure.files import File


@event_priority(100)
def on_files(files, config):
    files.append(File.generated(config, "made.md", content="# Made\n\nText.\n"))
    return files
PYTHON
built() {
  printf 'site_name: Elsewhere\nhooks: [hook.py]\nplugins: [%s]\n' "$1" >"$folder/mkdocs.yml"
  (cd "$folder" && venv/bin/mkdocs build --quiet 2>&1 || true) | grep -o "^TypeError: .*" || echo "it builds"
}
without=$(built search)
with=$(built search,ezlinks)
printf 'without the plugin: %s\nwith it: %s\n' "$without" "$with"
[[ $without == "it builds" && $with == "TypeError: "* ]]
