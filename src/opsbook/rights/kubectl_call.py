"""Read a call of kubectl: what it is told to do, with what, and where it asks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from opsbook.rights.kinds import ResourceKind, resource_kind, resource_kinds
from opsbook.rights.model import EVERYWHERE, KubernetesRight
from opsbook.rights.options import CommandLine, read_options
from opsbook.shell.shell_calls import ShellCall
from opsbook.shell.shell_commands import words_of

_WITH_VALUE = words_of(
    "-n --namespace --context --cluster --user --kubeconfig --as --as-group --as-uid -s --server --token "
    "--request-timeout --cache-dir --certificate-authority --client-certificate --client-key --tls-server-name -o "
    "--output -l --selector --field-selector -f --filename -k --kustomize -c --container --sort-by --tail --since "
    "--since-time --limit-bytes --type -p --patch --patch-file --replicas --current-replicas --timeout --for "
    "--to-revision --revision --image --overrides --template --grace-period --port --target-port --protocol --from "
    "--from-literal --from-file --from-env-file --subresource --chunk-size --raw --max --min --cpu-percent --name -e "
    "--env --restart --limits --requests --target --copy-to --profile --custom --image-pull-policy --schedule "
    "--pod-running-timeout --address -L --label-columns --labels --types --max-log-requests --duration "
    "--field-manager --resource-version --tcp --class --rule --clusterrole --role --serviceaccount --group --verb "
    "--resource --resource-name --pod-selector --key --cert --docker-server --docker-username --docker-password -v"
)
_BOOLEAN = {"logs": ("-f", "-p"), "cp": ("-c",), "rollout": (), "exec": ()}


@dataclass(frozen=True)
class KubectlCall:
    """A call of kubectl: its sub-command, the operands after it, and where it asks."""

    name: str
    operands: tuple[str, ...]
    line: CommandLine
    fed: str

    @property
    def first(self) -> str:
        """Return the first operand; empty without one."""
        return next(iter(self.operands), "")

    @property
    def namespace(self) -> str | None:
        """Return the namespace that is asked for; None where the context of the reader decides."""
        if self.line.has("-A", "--all-namespaces"):
            return EVERYWHERE
        given = self.line.value("-n", "--namespace")
        return None if given is None or "$" in given or not given else given

    def right(self, verb: str, kind: ResourceKind, part: str = "", name: str | None = None) -> KubernetesRight:
        """Return the right to `verb` on `kind`, or on a `part` of it such as `log`."""
        namespace = EVERYWHERE if kind.is_namespaced is False else self.namespace
        if kind.plural == "namespaces" and name and "$" not in name:
            namespace = name  # The server takes the name of a namespace for the namespace of the request.
        return KubernetesRight(verb, f"{kind.plural}{f'/{part}' if part else ''}", kind.group, namespace, name)

    def core(self, verb: str, called: str, part: str = "", name: str | None = None) -> KubernetesRight:
        """Return the right to `verb` on a kind of Kubernetes itself, by any of its names."""
        kind = resource_kind(called)
        assert kind
        return self.right(verb, kind, part, name)

    def targets(self, operands: tuple[str, ...] | None = None) -> Iterator[tuple[ResourceKind, str | None]]:
        """Yield each kind that `operands`, by default all, name; with the name of the object where one is given."""
        operands = self.operands if operands is None else operands
        if not operands:
            return
        if "/" in operands[0]:
            for operand in operands:
                first, _, name = operand.partition("/")
                yield from ((kind, name) for kind in resource_kinds(first))
            return
        names = operands[1:] or (None,)
        yield from ((kind, name) for kind in resource_kinds(operands[0]) for name in names)


def read_kubectl(call: ShellCall) -> KubectlCall:
    """Return what the words of `call` say."""
    words = [call.resolved(word) for word in call.words[1:]]
    name = next(iter(read_options(words, _WITH_VALUE).operands), "")
    line = read_options(words, _WITH_VALUE - set(_BOOLEAN.get(name, ())))
    is_fed = any(words[0] == "xargs" for words in call.wrappers)
    piped = ("$",) if is_fed else ()  # A name that is read from the standard input.
    return KubectlCall(name, (*line.operands[1:], *piped), line, call.fed)


SubCommand = Callable[[KubectlCall], Iterator[KubernetesRight]]
"""Yields the rights that a call with one of kubectl's sub-commands needs."""
