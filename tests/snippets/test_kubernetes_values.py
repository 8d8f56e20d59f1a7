"""Values that the API server refuses though they fit its schemas, each by the text of the API reference."""

from __future__ import annotations

import json
import re

import pytest
import yaml

from opsbook.snippets.kubernetes_fields import CHOICES, LISTED, RANGES
from opsbook.snippets.kubernetes_forms import quantity, schedule
from opsbook.snippets.manifests import _definitions, check_manifests
from opsbook.snippets.model import Snippet
from opsbook.snippets.yaml_tree import parse_documents

POD = """\
apiVersion: v1
kind: Pod
metadata:
  name: shop
  labels: {app: shop}
spec:
  restartPolicy: Always
  containers:
    - name: shop
      image: shop:1
      imagePullPolicy: IfNotPresent
      ports: [{name: http, containerPort: 8080, protocol: TCP}]
      resources: {limits: {memory: 1Gi, cpu: 500m}}
      readinessProbe: {httpGet: {path: /, port: http, scheme: HTTP}, periodSeconds: 5}
  volumes: [{name: data, emptyDir: {sizeLimit: 1G}}]
  tolerations: [{key: a, operator: Exists, effect: NoSchedule}]
"""
JOB = """\
apiVersion: batch/v1
kind: CronJob
metadata: {name: backup}
spec:
  schedule: "*/15 2 * * 1-5"
  concurrencyPolicy: Forbid
  jobTemplate:
    spec:
      backoffLimit: 3
      template:
        spec:
          restartPolicy: Never
          containers: [{name: a, image: "a:1"}]
"""
REST = """\
apiVersion: v1
kind: Service
metadata: {name: shop}
spec:
  type: ClusterIP
  selector: {app.kubernetes.io/name: shop}
  ports: [{name: http, port: 80, targetPort: http}]
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: shop}
spec:
  replicas: 2
  strategy: {type: RollingUpdate, rollingUpdate: {maxSurge: 25%, maxUnavailable: 0}}
  selector: {matchLabels: {app: shop}}
  template: {metadata: {labels: {app: shop}}, spec: {containers: [{name: a, image: "a:1"}]}}
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: {name: shop}
spec: {minAvailable: 50%, selector: {matchLabels: {app: shop}}}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: {name: "system:Shop"}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view}
subjects: [{kind: ServiceAccount, name: shop, namespace: shop}]
---
apiVersion: v1
kind: ConfigMap
metadata: {name: shop.conf}
data: {app.conf: a}
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: shop}
spec:
  maxReplicas: 3
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: shop}
  metrics: [{type: Resource, resource: {name: cpu, target: {type: Utilization, averageUtilization: 60}}}]
"""
WRONG = [
    (
        POD,
        "Policy: Always",
        "Policy: Sometimes",
        "7:18: `Sometimes` is not allowed here; allowed: Always, Never, OnFailure",
    ),
    (
        POD,
        "1Gi",
        "1GB",
        "13:36: `1GB` is no quantity; allowed: a number, alone or with m, k, M, G, T, Ki, Mi, Gi or Ti",
    ),
    (
        POD,
        "1G}",
        "1 G}",
        "15:48: `1 G` is no quantity; allowed: a number, alone or with m, k, M, G, T, Ki, Mi, Gi or Ti",
    ),
    (POD, "IfNotPresent", "IfNotPresnt", "11:24: `IfNotPresnt` is not allowed here; did you mean `IfNotPresent`?"),
    (POD, "8080", "80800", "12:43: 80800 is not allowed here; allowed: 1 to 65535"),
    (POD, "protocol: TCP", "protocol: tcp", "12:59: `tcp` is not allowed here; allowed: SCTP, TCP, UDP"),
    (POD, "periodSeconds: 5", "periodSeconds: 0", "14:85: 0 is not allowed here; allowed: 1 or more"),
    (
        POD,
        "effect: NoSchedule",
        "effect: NoSchedul",
        "16:52: `NoSchedul` is not allowed here; did you mean `NoSchedule`?",
    ),
    (POD, "name: shop\n  labels", "name: Shop_1\n  labels", "4:9: `Shop_1` is no name here"),
    (POD, "{app: shop}", "{app: 'a b'}", "5:17: `a b` is no value of a label"),
    (POD, "{app: shop}", "{'a/b/c': shop}", "5:21: `a/b/c` is no key of a label"),
    (POD, "- name: shop", "- name: shop.a", "9:13: `shop.a` is no name here"),
    (POD, "name: http, c", "name: http-of-the-shop-1, c", "12:22: `http-of-the-shop-1` is no name of a port"),
    (JOB, "*/15 2 * * 1-5", "*/15 25 * * *", "5:13: `*/15 25 * * *` is no schedule"),
    (JOB, "Forbid", "Forbidden", "6:22: `Forbidden` is not allowed here; did you mean `Forbid`?"),
    (
        JOB,
        "Policy: Never",
        "Policy: Always",
        "12:26: `Always` is not allowed here; allowed: Never, OnFailure (the pods of a CronJob)",
    ),
    (JOB, "          restartPolicy: Never\n", "", "11:9: `restartPolicy` is missing here"),
    (JOB, "backoffLimit: 3", "backoffLimit: -1", "9:21: -1 is not allowed here; allowed: 0 or more"),
    (
        REST,
        "type: ClusterIP",
        "type: Loadbalancer",
        "5:9: `Loadbalancer` is not allowed here; did you mean `LoadBalancer`?",
    ),
    (REST, "port: 80,", "port: 0,", "7:30: 0 is not allowed here; allowed: 1 to 65535"),
    (REST, "replicas: 2", "replicas: -2", "13:13: -2 is not allowed here; allowed: 0 or more"),
    (REST, "25%", "a lot", "14:61: `a lot` is not allowed here; allowed: a number, or per cent such as `25%`"),
    (REST, "type: RollingUpdate", "type: Rolling", "14:20: `Rolling` is not allowed here"),
    (
        REST,
        "{containers",
        "{restartPolicy: Never, containers",
        "16:69: `Never` is not allowed here; allowed: Always (the pods of a Deployment)",
    ),
    (REST, "app.conf: a", "'app conf': a", "32:20: `app conf` is no key of data"),
    (REST, "averageUtilization: 60", "averageUtilization: 0", "40:100: 0 is not allowed here; allowed: 1 or more"),
]


def told(text: str) -> list[str]:
    documents, problems = parse_documents(Snippet("a.md", "yaml", "", text.rstrip("\n"), line=0, column=1, first=1))
    return [str(each).removeprefix("a.md:") for each in (*problems, *check_manifests(documents))]


@pytest.mark.parametrize("text", [POD, JOB, REST])
def test_what_the_api_server_takes_is_right(text: str) -> None:
    assert told(text) == []


@pytest.mark.parametrize(("text", "right", "wrong", "message"), WRONG)
def test_what_the_api_server_refuses_is_told_with_its_place(text: str, right: str, wrong: str, message: str) -> None:
    assert right in text
    (said,) = told(text.replace(right, wrong, 1))
    assert said.startswith(message)


def test_the_facts_are_about_fields_that_there_are_and_their_words_stand_in_the_reference() -> None:
    described: dict[str, list[str]] = {}
    for name, definition in _definitions()["$defs"].items():
        for field, schema in definition.get("properties", {}).items():
            described.setdefault(f"{name.rpartition('.')[2]}.{field}", []).append(schema.get("description", ""))
    assert {field for field in (*CHOICES, *LISTED) if field not in described} == set()
    named = re.compile(r"\b(?:one of|valid (?:values|options)|allowed values|possible values|supported values)\b", re.I)
    for field, words in {**CHOICES, **LISTED}.items():
        for text in described[field]:
            if named.search(text) and any(word in text for word in words.split()):
                assert [word for word in words.split() if word not in text] in ([], ["Recycle"], ["Lt", "Gt"]), field
    known = {name for name in RANGES if name in described}
    assert len(known) > 50


def test_quantities_and_schedules_have_the_forms_of_the_reference() -> None:
    right = [
        "1",
        "0.5",
        ".5",
        "1.",
        "1e3",
        "1E3",
        "+1",
        "-1",
        "100m",
        "1k",
        "1M",
        "1Ki",
        "1.5Gi",
        "2Ei",
        "5n",
        "6u",
        1,
        1.5,
    ]
    assert [each for each in right if quantity(each)] == []
    assert [
        each for each in ("1GB", "1 Gi", "1K", "", "Gi", "1Mb", "1gi", "1,5", "1e", True) if not quantity(each)
    ] == []
    right = [
        "* * * * *",
        "0 0 1 jan mon",
        "*/5 1-3,5 * * 1-5/2",
        "@hourly",
        "@every 1h30m",
        "0 0 ? * *",
        "5/15 * * * *",
    ]
    assert [each for each in right if schedule(each)] == []
    wrong = [
        "* * * *",
        "60 * * * *",
        "* 24 * * *",
        "* * 0 * *",
        "* * * 13 *",
        "* * * * 7",
        "*/0 * * * *",
        "5-1 * * * *",
        "@hour",
    ]
    assert [each for each in wrong if not schedule(each)] == []


def test_json_and_lists_are_judged_alike() -> None:
    items = [yaml.safe_load(POD.replace("1Gi", "1GB"))]
    text = json.dumps({"apiVersion": "v1", "kind": "List", "items": items})
    assert len(told(text)) == 1
