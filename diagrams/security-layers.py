"""What an attack must get past: every layer assumes that the one before it has failed.

A request passes the upper two boxes in the order of the arrows: in front, it is turned away; in the cluster, what is
left of it is distrusted. The box below is not on its way, its lines have no arrows: it is the fence around a service
that was taken over, which can do next to nothing.
"""

from itertools import pairwise

from diagrams import Cluster, Diagram, Edge
from diagrams.aws.security import IAM, WAF, Shield
from diagrams.k8s.compute import Pod
from diagrams.k8s.controlplane import APIServer
from diagrams.k8s.network import Netpol
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

    with Cluster("In the cluster"):
        policies = Netpol("Network policies", item="network-policies")
        mtls = Istio("Mutual TLS", item="mutual-tls")
        cors = Pod("CORS", item="cors")
        csrf = Pod("CSRF tokens", item="csrf-protection")
        validation = Pod("Input validation", item="input-validation")
        statements = Pod("Prepared statements", item="prepared-statements")

    with Cluster("What holds a service that was taken over"):
        user = Docker("No root user", item="non-root-containers")
        filesystem = Docker("Read-only files", item="read-only-root-filesystem")
        capabilities = Docker("No capabilities", item="drop-capabilities")
        admission = APIServer("Admission", item="pod-security")
        rbac = Role("RBAC", item="kubernetes-rbac")
        iam = IAM("IAM roles", item="terraform-iam")

    # Unseen lines hold the columns; along a row, a line does not push the next node down.
    columns = (
        (request, statements, user),
        (shield, validation, filesystem),
        (waf, csrf, capabilities),
        (tls, cors, admission),
        (limits, mtls, rbac),
    )
    for upper, middle, lower in columns:
        upper >> Edge(style="invis", weight="9") >> middle >> Edge(style="invis", weight="9") >> lower
    headers >> Edge(weight="9") >> policies >> Edge(style="invis", weight="9") >> iam

    rows = (
        (request, shield, waf, tls, limits, headers),
        (policies, mtls, cors, csrf, validation, statements),
    )
    for row in rows:
        for before, after in pairwise(row):
            before >> Edge(constraint="false") >> after
    for before, after in pairwise((user, filesystem, capabilities, admission, rbac, iam)):
        before - Edge(constraint="false") - after
