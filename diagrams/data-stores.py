"""Where data lives and what keeps the way to it short: caches in front, a pool of connections, replicas for reading.

What is read often is answered before it reaches the database; what is written goes to one place, in order.
"""

from diagrams import Cluster, Diagram, Edge
from diagrams.aws.database import ElastiCache, RDSPostgresqlInstance
from diagrams.aws.integration import SQS
from diagrams.aws.network import CloudFront
from diagrams.aws.storage import S3
from diagrams.k8s.compute import Pod
from diagrams.onprem.client import Users
from diagrams.onprem.database import PostgreSQL
from diagrams.onprem.monitoring import Grafana

with Diagram("Data stores and caches", show=False, direction="LR", graph_attr={"complete": "dependencies"}):
    customers = Users("Customers")

    with Cluster("Edge"):
        cdn = CloudFront("CDN", item="cdn")
        files = S3("Static files", item="storage-lifecycle")

    with Cluster("Services"):
        cart = Pod("Cart", service="cart")
        catalog = Pod("Catalog", service="catalog")
        orders = Pod("Orders", service="orders")
        notifications = Pod("Notifications", service="notifications")

    with Cluster("Redis", graph_attr={"item": "caching"}):
        redis = ElastiCache("Primary", service="redis")
        redis_replica = ElastiCache("Replica")

    pool = PostgreSQL("PgBouncer", item="connection-pooling", runbook="database-failover")

    with Cluster("PostgreSQL", graph_attr={"item": "terraform-rds"}):
        primary = RDSPostgresqlInstance("Primary", service="postgresql")
        replica = RDSPostgresqlInstance("Read replica", item="read-replicas")
        parts = RDSPostgresqlInstance("Orders by month", item="data-partitioning")
        slow = Grafana("Slow queries", item="query-optimization")

    queue = SQS("Message queue", service="queue")

    customers >> cdn >> [cart, catalog, orders]
    cdn >> Edge(minlen="0") >> files
    [cart, catalog] >> redis >> redis_replica
    [catalog, orders] >> pool >> [primary, replica]
    primary >> [parts, slow]
    orders >> queue
    notifications << Edge(label="messages") << queue
