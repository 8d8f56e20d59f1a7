"""`portability` and `tools-checked`: the commands of a handbook against the laptops of those who type them."""

from __future__ import annotations

from pathlib import Path

import pytest

from checked_content import found_by
from opsbook.content import portability, tools_checked
from plain_runbook import PLAIN_RUNBOOK


def page(code: str, rest: str = "") -> str:
    return f"# Guide\n\n```bash{rest}\n{code}\n```\n"


def found(root: Path, code: str, settings: str = "", rest: str = "") -> list[str]:
    files = {"docs/a.md": page(code, rest)} | ({".content.yml": settings} if settings else {})
    return [line.removeprefix("docs/a.md:") for line in found_by(portability.CHECK, root, files)]


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("date -d yesterday", "4:1: `date -d` is GNU's, and macOS does not know it; write seconds"),
        ("date -ud '1 hour ago' +%FT%TZ", "4:1: `date -d` is GNU's"),
        ("since=$(date --date '-1 hour' +%s)", "4:9: `date --date` is GNU's"),
        ("date --utc +%F", "4:1: `date --utc` is GNU's, and macOS does not know it; write `-u`"),
        ("date -v -1H", "4:1: `date -v` is that of macOS, and Linux does not know it"),
        ("date -r 1700000000", "4:1: `date -r` is that of macOS"),
        (
            "sed -i 's/a/b/' file",
            "4:1: `sed -i` has its ending right behind it on Linux, and as the next word on macOS",
        ),
        ("sed -i '' 's/a/b/' file", "4:1: `sed -i` has its ending right behind it"),
        ("sed -Ei 's/a/b/' file", "4:1: `sed -i` has its ending right behind it"),
        ("sed --in-place=.bak s/a/b/ file", "4:1: `sed --in-place` is GNU's"),
        (
            "kubectl get pods | grep -oP 'a(?=b)'",
            "4:20: `grep -P` is GNU's, and macOS does not know it; write `grep -E`",
        ),
        ("readlink -f a", "4:1: warning: `readlink -f` is GNU's, and macOS before 12.3 does not know it"),
        ("base64 -w0 file", "4:1: `base64 -w` is GNU's, and macOS does not know it; write `base64 | tr -d '\\n'`"),
        ("base64 -w 0 file", "4:1: `base64 -w` is GNU's"),
        ("stat -c %s file", "4:1: `stat -c` is GNU's"),
        ("stat -f %z file", "4:1: `stat -f` is that of macOS"),
        ("cat a | xargs -d '\\n' rm", "4:23: `xargs -d` is GNU's"),
        ("cat a | xargs -r rm", "4:18: warning: `xargs -r` is GNU's, and macOS before 13"),
        (
            "cat a | xargs --max-args 1 rm",
            "4:28: `xargs --max-args` is GNU's, and macOS does not know it; write the",
        ),
        ("mktemp --suffix .json", "4:1: `mktemp --suffix` is GNU's"),
        ("tac log", "4:1: `tac` is GNU's"),
        ("timeout 5 curl example.com", "4:11: `timeout` is GNU's"),
        ("head -n -1 file", "4:1: `head -n` is GNU's"),
        ("ps aux --sort=-%cpu", "4:1: `ps --sort` is GNU's"),
        ("find . -printf '%p'", "4:1: `find -printf` is GNU's"),
        ("du -sb .", "4:1: `du -b` is GNU's"),
        (
            "cut --delimiter=, --fields=1 a",
            "4:1: `cut --delimiter` is GNU's, and macOS does not know it; write the short",
        ),
        ("nproc", "4:1: `nproc` is GNU's"),
        ("list='a b'\nfor each in $list; do echo \"$each\"; done", "5:1: zsh takes `$list` for one word"),
        ('for each in ${PODS}; do echo "$each"; done', "4:1: zsh takes `${PODS}` for one word"),
        ('list=(a b)\necho "${list[0]}"', "5:7: arrays begin with 0 in bash and with 1 in zsh"),
        ("read -p 'Sure? ' answer", "4:1: `read -p` reads from a coprocess in zsh"),
        ("read -rp 'Sure? ' answer", "4:1: `read -p` reads from a coprocess in zsh"),
        ("read -r -a words", "4:1: `read -a` is bash's"),
        ('if [ "$a" == b ]; then echo; fi', "4:4: zsh takes `==` for the path of a program and ends; write `=`"),
        ("mapfile -t lines <a", "4:1: `mapfile` is bash's, from version 4 on"),
        ("curl https://example.com/?a=b", "4:1: zsh looks for files of the name `https://example.com/?a=b`"),
        ("kubectl get pods -o jsonpath={.items[*].metadata.name}", "4:1: zsh looks for files of the name `jsonpath="),
        ("aws ec2 describe-vpcs --query Vpcs[].VpcId", "4:1: zsh looks for files of the name `Vpcs[].VpcId`"),
        ("status=$(curl example.com)", "4:1: `status` is a variable that zsh itself has"),
        ('for path in a b; do echo "$path"; done', "4:1: `path` is a variable that zsh itself has"),
        ("kubectl get pods  # all of them", "4:19: zsh has no comments at its prompt"),
        ("# don't stop\nkubectl get pods", "4:1: zsh has no comments at its prompt"),
        ('echo "${name^^}"', "4:7: `${name^^}` is bash's"),
    ],
)
def test_what_laptops_read_in_different_ways_is_told(tmp_path: Path, code: str, said: str) -> None:
    (line,) = found(tmp_path, code)
    assert line.startswith(said)


@pytest.mark.parametrize(
    "code",
    [
        "date -u +%Y-%m-%dT%H:%M:%SZ",
        "date +%s",
        "sed -i.bak 's/a/b/' file",
        "sed -n -e 's/-i/b/p' file",
        "sed -E 's/a/b/'",
        "grep -E 'a|b' file",
        "grep --color=auto a",
        "grep -e -P file",
        "base64 --decode <file",
        "cat a | xargs -n 1 kubectl delete pod",
        "cat a | xargs -0 -n 1 echo -d",
        "mktemp -d",
        "sort -h -k 2 file",
        "head -n 1 file",
        "find . -name '*.log' -exec ls -l {} +",
        "kubectl exec cart-1 -- date -d yesterday",
        "kubectl exec cart-1 -- sh -c 'for each in $list; do timeout 5 tac; done'",
        "ssh host 'sed -i s/a/b/ file'",
        "if command -v timeout >/dev/null; then timeout 5 a; fi",
        "sudo apt-get install jq\nsed -i s/a/b/ file",
        'for each in a b; do echo "$each"; done',
        'for each in $(kubectl get pods -o name); do echo "$each"; done',
        'list=(a b)\nfor each in "${list[@]}"; do echo "$each"; done',
        'for each in "$one" "$two"; do echo "$each"; done',
        "read -r line",
        'while IFS= read -r line; do echo "$line"; done <a',
        "[[ $a == b ]]",
        '[ "$a" = b ]',
        "rm *.log",
        "ls [a-z]*.log",
        "curl 'https://example.com/?a=b'",
        "kubectl get pods -o jsonpath='{.items[*].metadata.name}'",
        "aws ec2 describe-vpcs --query 'Vpcs[].VpcId'",
        'echo "$(aws rds describe-db-instances --query "DBInstances[?a==\'$b\'] | [0]")"',
        "# all of them\nkubectl get pods",
        "kubectl apply -f - <<'EOF'\n# a comment (of YAML), isn't it\nkind: Job\nEOF",
        "echo a#b '# no comment'",
        "answer=$(curl example.com)",
    ],
)
def test_what_all_laptops_read_alike_is_right(tmp_path: Path, code: str) -> None:
    assert found(tmp_path, code) == []


def test_the_settings_say_which_laptops_there_are(tmp_path: Path) -> None:
    code = "date -d yesterday\nread -p a answer"
    assert len(found(tmp_path, code)) == 2
    assert [line[:3] for line in found(tmp_path, code, "laptops: [linux]\n")] == ["5:1"]
    assert [line[:3] for line in found(tmp_path, code, "shells: [bash]\n")] == ["4:1"]
    assert found(tmp_path, code, "laptops: [macos]\nshells: [zsh]\n") == []


def test_a_file_that_the_block_shows_and_a_script_of_bash_are_for_other_shells(tmp_path: Path) -> None:
    assert found(tmp_path, "date -d yesterday", rest=' title="report.sh"') == []
    assert found(tmp_path, "#!/usr/bin/env bash\nread -p a answer") == []


def runbook(code: str) -> str:
    return PLAIN_RUNBOOK.replace("kubectl get pods", code)


@pytest.mark.parametrize(
    ("code", "named"),
    [
        ("vault status", ["vault"]),
        ("openssl x509 -in a | jq . | amtool alert", ["openssl", "amtool"]),
        ('echo "$(istioctl version)"', ["istioctl"]),
        ("kubectl get pods | xargs -n 1 cmctl renew", ["cmctl"]),
        ("kubectl get pods | jq . | grep a | sort | awk 1 | sed s/a/b/", []),
        ("ask() { jq .; }\nask a", []),
        ('./own-script\n"$EDITOR" a', []),
        ("kubectl exec a -- redis-cli ping", []),
        ("aws s3 ls; dig example.com", []),
    ],
)
def test_a_program_that_the_check_before_a_shift_forgets_is_told(tmp_path: Path, code: str, named: list[str]) -> None:
    shift = '# Shift\n\n```bash\nfor tool in jq aws; do command -v "$tool"; done\ncommand -v kubectl && dig -v\n```\n'
    files = {"docs/shift.md": shift, "runbooks/cart-down.md": runbook(code)}
    said = found_by(tools_checked.CHECK, tmp_path, files)
    assert said == []
    said = found_by(tools_checked.CHECK, tmp_path, {**files, ".content.yml": "tools_page: docs/shift.md\n"})
    assert [line.split("`")[1] for line in said] == named
    assert all(line.endswith("is needed here, and docs/shift.md does not look for it; add it there") for line in said)


def test_a_tool_that_the_check_finds_is_on_every_laptop(tmp_path: Path) -> None:
    files = {"docs/a.md": page("timeout 5 a"), "docs/shift.md": page("command -v timeout")}
    assert len(found_by(portability.CHECK, tmp_path, files)) == 1
    settings = {".content.yml": "tools_page: docs/shift.md\n"}
    assert found_by(portability.CHECK, tmp_path, {**files, **settings}) == []


def test_the_page_of_the_check_has_to_be_there(tmp_path: Path) -> None:
    (said,) = found_by(tools_checked.CHECK, tmp_path, {".content.yml": "tools_page: docs/gone.md\n"})
    assert said.startswith(".content.yml:1:13: there is no page `docs/gone.md`; name the one with the check before")
