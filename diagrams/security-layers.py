"""What an attack must get past: every layer assumes that the one before it has failed.

The line is read from the top left, to and fro. In front, requests are turned away; between, those that are left are
distrusted; inside, a service that was taken over can do next to nothing.
"""

from itertools import pairwise

from diagrams import Cluster, Diagram, Edge
from diagrams.aws.security import IAM, WAF, Shield
from diagrams.k8s.compute import Pod
from diagrams.k8s.network import Netpol
from diagrams.k8s.others import PSP
from diagrams.k8s.rbac import Role
from diagrams.onprem.client import Users
from diagrams.onprem.container import Docker
from diagrams.onprem.network import Istio, Traefik

with Diagram("Security layers", show=False, direction="TB", graph_attr={"ranksep": "0.7"}):
    request = Users("Request")

    with Cluster("In front"):
        shield = Shield("DDoS protection", item="ddos-protection")
        waf = WAF("Firewall rules", item="waf")
        tls = Traefik("HTTPS only", item="https-everywhere")
        limits = Traefik("Rate limits", item="rate-limiting")
        headers = Traefik("Security headers", item="security-headers")
        cors = Traefik("CORS", item="cors")

    with Cluster("Between"):
        statements = Pod("Prepared statements", item="prepared-statements")
        csrf = Pod("CSRF tokens", item="csrf-protection")
        validation = Pod("Input validation", item="input-validation")
        mtls = Istio("Mutual TLS", item="mutual-tls")
        policies = Netpol("Network policies", item="network-policies")

    with Cluster("Inside"):
        user = Docker("No root user", item="non-root-containers")
        filesystem = Docker("Read-only files", item="read-only-root-filesystem")
        capabilities = Docker("No capabilities", item="drop-capabilities")
        admission = PSP("Admission", item="pod-security")
        rbac = Role("RBAC", item="kubernetes-rbac")
        iam = IAM("IAM roles", item="terraform-iam")

    # Unseen lines hold the columns; along a row, a line does not push the next node down.
    for upper, middle, lower in (
        (tls, csrf, filesystem),
        (limits, validation, capabilities),
        (headers, mtls, admission),
    ):
        upper >> Edge(style="invis", weight="9") >> middle >> Edge(style="invis", weight="9") >> lower
    waf >> Edge(style="invis", weight="9") >> statements
    policies >> Edge(style="invis", weight="9") >> rbac

    rows = (
        (request, shield, waf, tls, limits, headers, cors),
        (policies, mtls, validation, csrf, statements),
        (user, filesystem, capabilities, admission, rbac, iam),
    )
    for row in rows:
        for before, after in pairwise(row):
            before >> Edge(constraint="false") >> after
    cors >> Edge(weight="9") >> policies
    statements >> Edge(weight="9") >> user
