#!/usr/bin/env bash
# zensical 0.0.73, beside mkdocs 1.6.1 with mkdocs-material 9.8.1 (Jinja2 3.1.6)
#
# A template that is included from inside a macro sees what the page's template set only if the body of that macro, or
# of one defined before it, names the variable, be it in a condition that prints nothing. Otherwise it is empty there.
#
# Expected: as the template language's documentation says, an included template has the variables of the active context:
#           `word` is set for the macro, so it is for what the macro includes.
# Seen:     included outside a macro "hello"; inside a macro nothing; inside one that also says
#           `{% if word %}{% endif %}` "hello". "No issues found", exit code 0 with --strict. MkDocs prints "hello" in
#           all three places.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
export NO_MKDOCS_2_WARNING=1
for tool in zensical==0.0.73 'mkdocs==1.6.1 mkdocs-material==9.8.1 Jinja2==3.1.6'; do
    python3 -m venv "$folder/${tool%%=*}"
    # shellcheck disable=SC2086 # more than one package
    "$folder/${tool%%=*}/bin/pip" install --quiet --disable-pip-version-check $tool
done
mkdir -p "$folder/site/docs" "$folder/site/overrides"
cd "$folder/site"
printf 'site_name: Notes\ntheme: {name: material, custom_dir: overrides}\n' >mkdocs.yml
printf '# Notes\n' >docs/index.md
printf '{{ word }}' >overrides/word.html
cat >overrides/main.html <<'HTML'
{% extends "base.html" %}
{% block content %}
{% set word = "hello" %}
{% macro included() %}{% include "word.html" %}{% endmacro %}
{% macro named() %}{% if word %}{% endif %}{% include "word.html" %}{% endmacro %}
<p>seen: outside [{% include "word.html" %}] included [{{ included() }}] named [{{ named() }}]</p>
{% endblock %}
HTML
for tool in zensical mkdocs; do
    "$folder/$tool/bin/$tool" build --strict --clean --config-file mkdocs.yml >"$folder/$tool.log" 2>&1
    grep -o 'seen: .*' site/index.html | sed "s/seen:/$tool:/; s:</p>::" | tee "$folder/$tool.seen"
    rm -r site
done
grep -q 'No issues found' "$folder/zensical.log"
grep -qx 'zensical: outside \[hello\] included \[\] named \[hello\]' "$folder/zensical.seen"
grep -qx 'mkdocs: outside \[hello\] included \[hello\] named \[hello\]' "$folder/mkdocs.seen"
