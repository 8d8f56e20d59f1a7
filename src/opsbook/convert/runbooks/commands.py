"""Turn a block of shell, as runbooks elsewhere have it, into commands and the output of each.

A prompt tells a command from what it prints. Where there is none, the language of the block or the program on its
first line says what it is. A command says `{.read}` only where every program in it is known to look and change nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from opsbook.convert.runbooks.pieces import CodeBlock
from opsbook.convert.runbooks.word_lists import words_in
from opsbook.source.promql import promql_error

_SHELLS = frozenset({"bash", "sh", "shell", "zsh", "ksh", "fish", "console", "shell-session", "shellsession"})
_SHELLS |= {"terminal", "session", "sh-session", "bash-session", "cli", "cmd"}
_SAYS_NOTHING = frozenset({"", "text", "txt", "plaintext", "plain", "code", "none"})
_PROMPT = re.compile(
    r"[ \t]*(?:[$%\u276f][ \t]+|[\w.-]{1,60}@[\w.-]{1,60}[:~/\w. -]{0,80}[$#%>][ \t]+|\[[^\]\n]{1,80}\][$#%][ \t]*"
    r"|(?:sh|bash)-\d[\d.]*[$#][ \t]+|PS [A-Z]:[^>\n]{0,80}>[ \t]+|mysql>[ \t]+|[\w-]{1,40}=[#>][ \t]+)"
)
_ROOT = re.compile(r"^[ \t]*+#[ \t]++(?=\S)")
_MORE = re.compile(r"^[ \t]*+>(?:[ \t]++|$)")
_PROGRAMS = words_in(
    """
    kubectl oc helm curl wget ssh scp sudo docker podman crictl ctr nerdctl systemctl journalctl etcdctl promtool
    amtool psql mysql mongo mongosh redis-cli aws gcloud az terraform ansible ansible-playbook git cd cat ls grep
    egrep awk sed find ps top free df du dig nslookup host ping traceroute mtr ss netstat lsof ip iptables nft
    tcpdump openssl echo export for while if watch jq yq vault consul nomad kafka-topics kafka-topics.sh
    rabbitmqctl gitlab-rails gitlab-ctl gitlab-psql knife chef-client glsh bundle rake make python python3 node
    npm go velero ceph rbd rados argocd flux istioctl linkerd cilium kustomize eksctl kops kubeadm kubelet mount
    umount lsblk fdisk mkfs resize2fs xfs_growfs service uptime date dmesg sysctl tail head less vi vim nano chmod
    chown mkdir rm cp mv tar rsync nc telnet strace perf iostat vmstat sar htop virtctl odo nginx haproxy
    consul-template pg_dump pg_restore patronictl pgbouncer logcli mimirtool cortextool thanos pint jsonnet jb rg
    source set unset test true false
    """
)
_READS = re.compile(
    r"(?:sudo[ \t]+)?(?:"
    r"(?:kubectl|oc)[ \t](?:-{1,2}[\w-]+(?:[= ](?:\"[^\"]*\"|[^\s\"|;&<>]+))?[ \t]+){0,6}"
    r"(?:get|describe|logs|top|explain|version|api-resources|cluster-info|events)(?:[ \t]|$)"
    r"|helm[ \t]+(?:list|status|history|get|version|search)\b"
    r"|(?:docker|podman|crictl)[ \t]+(?:ps|logs|inspect|images|stats|info|version)\b"
    r"|systemctl[ \t]+(?:status|list-units|is-active|show|cat)\b"
    r"|etcdctl[ \t]+(?:endpoint[ \t]+(?:health|status)|member[ \t]+list|alarm[ \t]+list)\b"
    r"|aws[ \t]+[\w-]+[ \t]+(?:describe|list|get)-[\w-]+|az[ \t]+[\w -]+[ \t](?:show|list)\b"
    r"|git[ \t]+(?:log|status|diff|show)\b|openssl[ \t]+(?:x509|s_client|verify)\b|amtool[ \t]+(?:alert|check-config)\b"
    r"|(?:journalctl|df|du|ls|ps|free|uptime|grep|egrep|dig|nslookup|host|ping|traceroute|mtr|ss|netstat|lsof|dmesg"
    r"|head|tail|cat|date|lsblk|iostat|vmstat|wc|sort|uniq|cut|jq|echo|less|column|promtool[ \t]+(?:check|query))\b)"
)
_WRITES = re.compile(
    r"[<>]|\$\(|`|[ \t]-(?:delete|exec|f?i)\b|--(?:vacuum|rotate|flush)|^[ \t]*\w+=|\bxargs\b|\btee\b", re.MULTILINE
)
_SPLIT = re.compile(r"\|\||&&|[|;&\n]")
_QUERY = re.compile(
    r"(?:rate|irate|sum|increase|histogram_quantile|avg|max|min|count|absent|topk|delta|predict_linear|label_replace)\w*"
    r"[ \t]*+(?:(?:by|without)[ \t]*+)?\("
)


@dataclass(frozen=True)
class _Part:
    """Lines that are all commands, or all output."""

    is_command: bool
    lines: tuple[str, ...]


def command_blocks(block: CodeBlock, *, is_step: bool) -> list[CodeBlock]:
    """Return `block` as commands and outputs; itself where it is neither.

    `is_step` says that it stands in a step, where a command has a risk and what it prints is an `output` block.
    """
    language = _language(block.info)
    if language == "mermaid":
        return [replace(block, info="text")]  # The site has no program that draws it.
    if language in ("promql", "output") or (language not in _SHELLS and language not in _SAYS_NOTHING):
        return [replace(block, info="text" if language == "output" and not is_step else block.info)]
    parts = list(_parts(block.code, is_named=language in _SHELLS))
    if any(part.is_command for part in parts):
        own = is_step and not block.indent.strip(" \t") and not block.indent
        return [_written(block, part, is_step=own) for part in parts if any(line.strip() for line in part.lines)]
    text = "\n".join(block.code)
    if not text.strip():
        return [replace(block, info="text")]
    if _QUERY.match(text.strip()) and promql_error(text) is None:
        return [replace(block, info="promql")]
    if language in _SHELLS - {"console"} or _is_command(block.code):
        return [_written(block, _Part(True, block.code), is_step=is_step and not block.indent)]
    return [replace(block, info="text")]


def is_reading(code: str) -> bool:
    """Return whether every program in `code` is known to look and change nothing.

    >>> [is_reading(code) for code in ("kubectl -n x get pods | grep Error", "kubectl delete pod x", "cat a > b")]
    [True, False, False]
    """
    unbroken = code.replace("\\\n", " ")
    bare = "\n".join(line for line in unbroken.split("\n") if not line.lstrip().startswith("#"))
    if not bare.strip() or _WRITES.search(_unquoted(bare)):
        return False
    return all(_READS.match(each.strip()) for each in _SPLIT.split(_unquoted(bare)) if each.strip())


def _unquoted(code: str) -> str:
    """Return `code` with the text in quotes blank, so that what looks like a sign of the shell in it is none."""
    return re.sub(r"'[^'\n]*'|\"[^\"\n$`]*\"", lambda found: '"' + "x" * (len(found[0]) - 2) + '"', code)


def _language(info: str) -> str:
    words = info.replace("{", " ").replace("}", " ").split()
    return words[0].lower().lstrip(".") if words else ""


def _parts(lines: Sequence[str], *, is_named: bool) -> Iterator[_Part]:
    """Yield the commands, without their prompts, and the outputs in a session; nothing where no line has a prompt."""
    prompt = _PROMPT
    if not any(_PROMPT.match(line) for line in lines):
        starts = [line for line in lines if _ROOT.match(line) and _is_command([_ROOT.sub("", line)])]
        if not (is_named and starts and lines[0] == starts[0]):
            return
        prompt = _ROOT
    current: list[str] = []
    was_command = False
    goes_on = False
    for line in lines:
        found = prompt.match(line)
        more = _MORE.match(line) if goes_on and not found else None
        is_command = bool(found) or goes_on or (line.lstrip().startswith("# ") and prompt is _PROMPT and is_named)
        if current and is_command != was_command:
            yield _Part(was_command, tuple(current))
            current = []
        bare = prompt.sub("", line, count=1) if found else _MORE.sub("", line, count=1) if more else line
        current.append(bare)
        goes_on = is_command and bare.rstrip().endswith("\\")
        was_command = is_command
    yield _Part(was_command, tuple(current))


def _written(block: CodeBlock, part: _Part, *, is_step: bool) -> CodeBlock:
    lines = _without_blank_ends(part.lines)
    if part.is_command:
        lines = tuple(line.rstrip() for line in lines)
        risk = " {.read}" if is_step and is_reading("\n".join(lines)) else ""
        return replace(block, info=f"bash{risk}", code=lines)
    return replace(block, info="output" if is_step else "text", code=lines)


def _without_blank_ends(lines: Sequence[str]) -> tuple[str, ...]:
    shown = [at for at, line in enumerate(lines) if line.strip()]
    return tuple(lines[shown[0] : shown[-1] + 1]) if shown else ()


def _is_command(lines: Sequence[str]) -> bool:
    """Return whether the first line that is no comment begins with a program."""
    first = next((line.strip() for line in lines if line.strip() and not line.lstrip().startswith("#")), "")
    word = first.split()[0] if first else ""
    return word in _PROGRAMS or word.startswith(("./", "/usr/", "/opt/"))
