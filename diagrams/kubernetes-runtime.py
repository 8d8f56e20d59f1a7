"""What runs where when a customer uses the shop.

Requests enter through the edge of AWS, where the content delivery network and its firewall stand. The load balancer and
the ingress controller lead them into the Istio mesh of the EKS cluster, and data lies in managed stores outside of it.
Istio sets up a sidecar in each pod of the shop, along the dashed line first in that of the gateway.
"""

from diagrams import Cluster, Diagram, Edge
from diagrams.aws.database import ElastiCache, RDSPostgresqlInstance
from diagrams.aws.integration import SQS
from diagrams.aws.network import NLB, CloudFront, Route53
from diagrams.aws.security import WAF
from diagrams.k8s.compute import Pod
from diagrams.k8s.network import Ingress
from diagrams.onprem.certificates import CertManager
from diagrams.onprem.client import Users
from diagrams.onprem.network import Istio

with Diagram("Kubernetes runtime", show=False, direction="LR", graph_attr={"complete": "services"}):
    customers = Users("Customers")

    with Cluster("Edge"):
        dns = Route53("DNS", item="terraform-route53")
        cdn = CloudFront("CDN", item="cdn")
        firewall = WAF("Firewall", item="waf")

    balancer = NLB("Load balancer", item="terraform-load-balancer")

    with Cluster("EKS cluster", graph_attr={"item": "terraform-eks", "runbook": "node-not-ready"}):
        with Cluster("Platform"):
            certificates = CertManager("cert-manager", item="cert-manager", runbook="certificate-expiring")
            ingress = Ingress("Ingress controller", item="ingress-controller")
            mesh = Istio("Istio control plane", item="service-mesh")

        with Cluster("Shop namespace, mutual TLS between all pods", graph_attr={"item": "mutual-tls"}):
            gateway = Pod("Gateway", service="gateway", runbook="pod-crash-looping")
            catalog = Pod("Catalog", service="catalog")
            cart = Pod("Cart", service="cart")
            users = Pod("Users", service="users")
            payments = Pod("Payments", service="payments")
            orders = Pod("Orders", service="orders")
            notifications = Pod("Notifications", service="notifications")

    with Cluster("Data, private subnets", graph_attr={"item": "private-subnets"}):
        redis = ElastiCache("Redis", service="redis")
        postgresql = RDSPostgresqlInstance("PostgreSQL", service="postgresql", runbook="database-failover")
        standby = RDSPostgresqlInstance("Standby in another zone", item="multi-az")

    queue = SQS("Message queue", service="queue")

    # Beside the way of a request: such a line must not push a column to the right.
    beside = {"constraint": "false", "style": "dashed"}

    customers >> Edge(label="look up") >> dns
    customers >> Edge(label="HTTPS") >> cdn
    firewall - Edge(label="guards", **beside) - cdn
    cdn >> Edge(minlen="0") >> balancer
    balancer >> ingress >> gateway
    certificates >> Edge(label="certificate", **beside) >> ingress
    mesh >> Edge(style="dashed") >> gateway
    gateway >> [catalog, cart, users, orders]
    gateway >> Edge(style="invis") >> [payments, notifications]
    orders >> Edge(constraint="false") >> payments
    [catalog, cart] >> redis
    [catalog, users, payments, orders] >> postgresql
    orders >> queue
    notifications << Edge(label="pull", headport="n") << queue
    postgresql >> Edge(label="replicates", **beside) >> standby
