"""Tell which actions of IAM a command of the AWS CLI needs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from opsbook.rights.model import CloudRight
from opsbook.rights.options import CommandLine, read_options
from opsbook.shell.shell_calls import ShellCall
from opsbook.shell.shell_commands import words_of
from opsbook.source.built_in import package_yaml

_GLOBAL = words_of(
    "--profile --region --output --query --endpoint-url --color --cli-read-timeout --cli-connect-timeout"
)
_ACRONYMS = {"Acl": "ACL", "Db": "DB", "Mfa": "MFA", "Saml": "SAML", "Ssh": "SSH", "Ssl": "SSL", "Waf": "WAF"}
_S3 = "s3://"


def _table() -> Any:
    return package_yaml("opsbook.rights", "aws_actions.yml").tree


def aws_rights(call: ShellCall) -> Iterator[CloudRight]:
    """Yield the actions that a call of the AWS CLI needs, as far as they are known.

    Nothing is needed of the reader's role by a call with a profile of its own.
    """
    words = [call.resolved(word) for word in call.words[1:]]
    # Each operation has options of its own; whether one takes a value does not matter, since operands come first.
    line = read_options(words, _GLOBAL)
    service, operation = (*line.operands[:2], "", "")[:2]
    if line.has("--profile") or "AWS_PROFILE" in call.own or not service or "$" in service + operation:
        return
    table = _table()
    called = f"{service} {operation}"
    if service in table["nothing"] or called in table["nothing"] or service in table["unknown"]:
        return
    if actions := table["actions"].get(called):
        yield from map(CloudRight, actions)
    elif service == "s3":
        yield from _of_s3(operation, line)
    elif operation == "wait":
        yield from _of_waiter(service, line)
    elif operation and operation != "help":
        yield CloudRight(f"{table['prefixes'].get(service, service)}:{_camel(operation)}")


def _of_s3(operation: str, line: CommandLine) -> Iterator[CloudRight]:
    """Yield the actions of the file commands, by where each of the two places is."""
    places = line.operands[2:]
    if operation == "ls":
        yield CloudRight(
            "s3:ListBucket" if any(place.strip("/") != "s3:" for place in places) else "s3:ListAllMyBuckets"
        )
    if operation not in ("cp", "mv", "sync") or len(places) < 2:
        return
    source, target = places[:2]
    if operation == "sync" or line.has("--recursive"):
        yield CloudRight("s3:ListBucket")
    if source.startswith(_S3):
        yield CloudRight("s3:GetObject")
    if target.startswith(_S3):
        yield CloudRight("s3:PutObject")
    if operation == "mv" and source.startswith(_S3):
        yield CloudRight("s3:DeleteObject")


# The operations that waiters ask, by the beginning of the waiter's name, where it is not that of what they describe.
_WAITERS = {
    ("cloudformation", ""): "DescribeStacks",
    ("ec2", "instance-status"): "DescribeInstanceStatus",
    ("ec2", "instance"): "DescribeInstances",
    ("ec2", "snapshot"): "DescribeSnapshots",
    ("ec2", "volume"): "DescribeVolumes",
    ("ecr", "lifecycle-policy-preview"): "GetLifecyclePolicyPreview",
    ("ecs", "services"): "DescribeServices",
    ("ecs", "tasks"): "DescribeTasks",
    ("eks", "addon"): "DescribeAddon",
    ("eks", "cluster"): "DescribeCluster",
    ("eks", "nodegroup"): "DescribeNodegroup",
    ("elasticache", "cache-cluster"): "DescribeCacheClusters",
    ("elasticache", "replication-group"): "DescribeReplicationGroups",
    ("rds", "db-cluster-snapshot"): "DescribeDBClusterSnapshots",
    ("rds", "db-cluster"): "DescribeDBClusters",
    ("rds", "db-instance"): "DescribeDBInstances",
    ("rds", "db-snapshot"): "DescribeDBSnapshots",
    ("ssm", "command-executed"): "GetCommandInvocation",
}


def _of_waiter(service: str, line: CommandLine) -> Iterator[CloudRight]:
    waiter = next(iter(line.operands[2:]), "")
    prefix = _table()["prefixes"].get(service, service)
    for (owner, start), operation in _WAITERS.items():
        if owner == service and waiter.startswith(start):
            yield CloudRight(f"{prefix}:{operation}")
            return


def _camel(operation: str) -> str:
    """Return the name of an operation as IAM writes it, as far as that can be told.

    >>> _camel("describe-db-instances"), _camel("get-web-acl")
    ('DescribeDBInstances', 'GetWebACL')
    """
    parts = [part[:1].upper() + part[1:] for part in operation.split("-")]
    return "".join(_ACRONYMS.get(part, part) for part in parts)
