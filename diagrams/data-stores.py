"""Where data lives and what keeps the way to it short: caches in front, a pool of connections, replicas for reading.

What is read often is answered before it reaches the database; what is written goes to one place, in order.
"""

from diagrams import Cluster, Diagram, Edge
from diagrams.aws.database import ElastiCache, RDSPostgresqlInstance
from diagrams.aws.integration import SQS
from diagrams.aws.network import NLB, CloudFront
from diagrams.aws.security import WAF
from diagrams.aws.storage import S3
from diagrams.k8s.compute import Pod
from diagrams.k8s.network import Ingress
from diagrams.onprem.client import Users
from diagrams.onprem.database import PostgreSQL
from diagrams.onprem.monitoring import Grafana

with Diagram("Data stores and caches", show=False, direction="LR", graph_attr={"complete": "services"}):
    customers = Users("Customers")

    with Cluster("Edge"):
        files = S3("Static files")
        cdn = CloudFront("CDN", item="cdn")
        firewall = WAF("Firewall", item="waf")

    with Cluster("The way in"):
        balancer = NLB("Load balancer", item="terraform-load-balancer")
        ingress = Ingress("Ingress", item="ingress-controller")
        gateway = Pod("Gateway", service="gateway")

    with Cluster("Services"):
        notifications = Pod("Notifications", service="notifications")
        orders = Pod("Orders", service="orders")
        payments = Pod("Payments", service="payments")
        users = Pod("Users", service="users")
        catalog = Pod("Catalog", service="catalog")
        cart = Pod("Cart", service="cart")

    queue = SQS("Message queue", service="queue")
    pool = PostgreSQL("PgBouncer", item="connection-pooling", runbook="database-failover")

    with Cluster("PostgreSQL", graph_attr={"item": "terraform-rds"}):
        primary = RDSPostgresqlInstance("Primary", service="postgresql")
        replica = RDSPostgresqlInstance("Read replica", item="read-replicas")
        parts = RDSPostgresqlInstance("Orders by month", item="data-partitioning")
        slow = Grafana("Slow queries", item="query-optimization")

    with Cluster("Redis", graph_attr={"item": "caching"}):
        redis = ElastiCache("Primary", service="redis")
        redis_replica = ElastiCache("Replica")

    beside = {"constraint": "false"}

    customers >> cdn >> balancer
    cdn >> Edge(**beside) >> files
    firewall - Edge(label="guards", style="dashed", **beside) - cdn
    balancer >> Edge(**beside) >> ingress >> Edge(**beside) >> gateway
    gateway >> [orders, catalog, cart]
    gateway >> Edge(weight="9") >> users
    gateway >> Edge(style="invis") >> [payments, notifications]
    orders >> Edge(**beside) >> payments
    notifications << Edge(label="messages", headport="s") << queue
    orders >> queue
    [orders, payments, users, catalog] >> pool
    [catalog, cart] >> redis >> redis_replica
    pool >> [primary, replica]
    primary >> [parts, slow]
