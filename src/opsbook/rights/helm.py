"""Tell which rights a command of Helm needs to read and keep its releases, which it does in Secrets.

https://helm.sh/docs/topics/kubernetes_apis/ says nothing of it; the calls are those of the storage driver:
https://github.com/helm/helm/blob/v3.19.0/pkg/storage/driver/secrets.go. What a chart creates is not known here.
"""

from __future__ import annotations

from collections.abc import Iterator

from opsbook.rights.model import EVERYWHERE, KubernetesRight
from opsbook.rights.options import read_options
from opsbook.shell.shell_calls import ShellCall
from opsbook.shell.shell_commands import words_of

_WITH_VALUE = words_of(
    "-n --namespace --kube-context --kubeconfig --kube-as-user --kube-as-group --kube-apiserver --kube-token -f "
    "--values --set --set-string --set-json --set-file --set-literal --version --timeout --history-max -o --output "
    "--revision --max -m --filter -l --selector --repo --description --name-template --post-renderer"
)
_LOOK = ("list", "get")
_VERBS = {
    **dict.fromkeys(("history", "hist", "status", "get", "list", "ls", "test"), _LOOK[:1]),
    **dict.fromkeys(("rollback", "upgrade", "install"), (*_LOOK, "create", "update")),
    **dict.fromkeys(("uninstall", "delete", "del", "un"), (*_LOOK, "update", "delete")),
}


def helm_rights(call: ShellCall) -> Iterator[KubernetesRight]:
    """Yield the rights that a call of Helm needs to get at its releases."""
    line = read_options([call.resolved(word) for word in call.words[1:]], _WITH_VALUE)
    name = next(iter(line.operands), "")
    if line.value("--dry-run") == "client" or {**call.values, **call.own}.get("HELM_DRIVER", "secret") not in (
        "secret",
        "secrets",
    ):
        return
    given = line.value("-n", "--namespace")
    namespace = given if given and "$" not in given else None
    if line.has("-A", "--all-namespaces"):
        namespace = EVERYWHERE
    yield from (KubernetesRight(verb, "secrets", "", namespace) for verb in _VERBS.get(name, ()))
