#!/usr/bin/env bash
# mkdocs-techdocs-core 1.7.1 (mkdocs 1.6.1, mkdocs-material 9.7.7, Markdown 3.10.3, pymdown-extensions 11.0.1)
#
# The options that a site sets for `tables`, `abbr` or `footnotes` are lost without a word: the plugin adds
# `pymdownx.extra` at the end of the list, which loads those extensions a second time, and hands on only options that
# stand under the long name. MkDocs' and Material's documentation write the short one.
#
# Expected: `tables` and `markdown.extensions.tables` are one extension, so its options hold under both names.
# Seen:     with `markdown.extensions.` before the three names the options hold; under the short names none does: the
#           table is aligned by style, the abbreviation is no abbreviation, the footnote's way back has the usual sign.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
export NO_MKDOCS_2_WARNING=1
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check mkdocs-techdocs-core==1.7.1 mkdocs==1.6.1 \
    mkdocs-material==9.7.7 Markdown==3.10.3 pymdown-extensions==11.0.1
mkdir "$folder/docs"
cat >"$folder/docs/index.md" <<'MARKDOWN'
# Notes

The SLO of the shop.[^1]

| Errors |
| -----: |
|      1 |

[^1]: Agreed on in spring.
MARKDOWN
kept() {
    cat >"$folder/mkdocs.yml" <<YAML
site_name: Notes
plugins: [techdocs-core]
markdown_extensions:
  - $1tables:
      use_align_attribute: true
  - $1abbr:
      glossary: {SLO: service level objective}
  - $1footnotes:
      BACKLINK_TEXT: back
YAML
    "$folder/venv/bin/mkdocs" build --strict --quiet --config-file "$folder/mkdocs.yml" >&2
    for written in '<td align="right">' '<abbr title="service level objective">' '>back</a>'; do
        grep -qF "$written" "$folder/site/index.html" && printf '%s ' "$written"
    done
    echo
}
long=$(kept markdown.extensions.)
short=$(kept '')
printf 'options that hold under the long names: %s\nunder the short names: %s\n' "${long:-none}" "${short:-none}"
[[ $long == '<td align="right"> <abbr title="service level objective"> >back</a> ' && -z ${short// /} ]]
