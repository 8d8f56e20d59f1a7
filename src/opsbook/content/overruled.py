"""Find options and variables of the environment that say different things of where a command goes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from opsbook.content.connections import postgres_target
from opsbook.rights.options import read_options
from opsbook.shell.shell_calls import ShellCall
from opsbook.shell.shell_commands import words_of


@dataclass(frozen=True)
class _Rival:
    """A variable and the options that say the same. The option wins, or with `beats` the variable that is named."""

    programs: frozenset[str]
    variable: str
    options: tuple[str, ...] = ()
    beats: str = ""


_RIVALS = (
    _Rival(words_of("aws"), "AWS_REGION", ("--region",)),
    _Rival(words_of("aws"), "AWS_DEFAULT_REGION", ("--region",)),
    _Rival(words_of("aws"), "AWS_PROFILE", ("--profile",)),
    _Rival(words_of("aws"), "AWS_ENDPOINT_URL", ("--endpoint-url",)),
    _Rival(words_of("aws"), "AWS_REGION", beats="AWS_DEFAULT_REGION"),
    _Rival(words_of("aws"), "AWS_ACCESS_KEY_ID", beats="AWS_PROFILE"),
    _Rival(words_of("kubectl helm istioctl cmctl"), "KUBECONFIG", ("--kubeconfig",)),
    _Rival(words_of("helm"), "HELM_NAMESPACE", ("--namespace", "-n")),
    _Rival(words_of("helm"), "HELM_KUBECONTEXT", ("--kube-context",)),
    _Rival(words_of("vault"), "VAULT_ADDR", ("-address", "--address")),
    _Rival(words_of("vault"), "VAULT_NAMESPACE", ("-namespace", "-ns")),
    _Rival(words_of("redis-cli"), "REDISCLI_AUTH", ("-a", "--pass")),
    _Rival(words_of("docker"), "DOCKER_HOST", ("-H", "--host")),
    _Rival(words_of("docker"), "DOCKER_HOST", beats="DOCKER_CONTEXT"),
    _Rival(words_of("nomad"), "NOMAD_ADDR", ("-address",)),
    _Rival(words_of("consul"), "CONSUL_HTTP_ADDR", ("-http-addr",)),
    _Rival(words_of("etcdctl"), "ETCDCTL_ENDPOINTS", ("--endpoints",)),
)
_POSTGRES = {"PGHOST": "host", "PGPORT": "port"}


def overruled(call: ShellCall) -> Iterator[str]:
    """Yield what two places say of where `call` goes, where they do not agree."""
    around = {**call.values, **call.own}
    for rival in _RIVALS:
        value = around.get(rival.variable)
        if call.program not in rival.programs or value is None:
            continue
        if rival.beats:
            yield from _beaten(rival, around.get(rival.beats))
        elif (given := _given(call, rival.options)) is not None and call.resolved(given) != value:
            yield from _disagrees(rival.variable, value, rival.options[0], call.resolved(given))
    if target := postgres_target(call):
        for variable, key in _POSTGRES.items():
            if variable in around and target.keys.get(key):
                yield from _disagrees(variable, around[variable], f"{key}=", target.keys[key])
        if "PGSERVICE" in around and target.host and not target.address:
            yield (
                f"`PGSERVICE={around['PGSERVICE']}` fills in all that this does not say, an address and a port among "
                "it; unset it, or name the service alone"
            )


def _given(call: ShellCall, options: tuple[str, ...]) -> str | None:
    if options[0].startswith("-") and not options[0].startswith("--"):  # `vault -address=…`, `redis-cli -a …`.
        for word, following in zip(call.words[1:], (*call.words[2:], ""), strict=True):
            name, sign, value = word.partition("=")
            if name in options:
                return value if sign else following
        return None
    return read_options(call.words[1:], frozenset(options)).value(*options)


def _disagrees(variable: str, value: str, option: str, given: str) -> Iterator[str]:
    if value == given or "$" in given or "$" in value:
        return
    said = "a password" if variable == "REDISCLI_AUTH" else f"`{value}`"
    other = "another one" if variable == "REDISCLI_AUTH" else f"`{given}`"
    yield f"`{variable}` is {said} here, and `{option}` says {other}, which wins; say it in one place"


def _beaten(rival: _Rival, other: str | None) -> Iterator[str]:
    if other is not None:
        yield f"`{rival.variable}` and `{rival.beats}` are both set, and the first one wins; unset one of them"
