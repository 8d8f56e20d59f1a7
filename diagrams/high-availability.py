"""What goes on working when a pod, a node, a zone or the whole region is lost.

Within the region everything exists in three zones and moves by itself. To the second region traffic is moved by a
person, after reading the runbook: the data there is a little older.
"""

from diagrams import Cluster, Diagram, Edge
from diagrams.aws.compute import EC2Instances
from diagrams.aws.database import RDSPostgresqlInstance
from diagrams.aws.network import NLB, CloudFront, Route53
from diagrams.aws.security import WAF
from diagrams.k8s.chaos import ChaosMesh
from diagrams.onprem.client import Users
from diagrams.programming.flowchart import Document

with Diagram("High availability and failover", show=False, direction="LR"):
    targets = Document("RTO and RPO", item="rto-rpo")
    runbook = Document("Failover", item="failover-procedures")
    drills = ChaosMesh("Drills", item="disaster-recovery-drills")
    dns = Route53("DNS of the origin", item="terraform-route53")

    with Cluster("Edge, in no region"):
        customers = Users("Customers")
        cdn = CloudFront("CDN", item="cdn")
        firewall = WAF("Firewall", item="waf")

    with Cluster("First region", graph_attr={"item": "multi-az"}):
        balancer = NLB("Load balancer")
        with Cluster("Zone a"):
            nodes_a = EC2Instances("Nodes", item="terraform-auto-scaling", runbook="node-not-ready")
            standby = RDSPostgresqlInstance("Standby, in step", item="database-replication")
        with Cluster("Zone b"):
            nodes_b = EC2Instances("Nodes")
            primary = RDSPostgresqlInstance("Primary", service="postgresql", runbook="database-failover")
        with Cluster("Zone c"):
            nodes_c = EC2Instances("Nodes")

    with Cluster("Second region, asleep"):
        balancer2 = NLB("Load balancer")
        nodes2 = EC2Instances("A few nodes")
        replica = RDSPostgresqlInstance("Replica, a little behind", item="cross-region-replication")

    customers >> Edge(constraint="false") >> cdn >> dns >> balancer >> [nodes_a, nodes_b, nodes_c] >> primary
    firewall - Edge(style="dashed", constraint="false") - cdn
    dns >> Edge(style="dashed") >> balancer2 >> nodes2 >> replica
    nodes_a >> Edge(style="invis") >> standby
    primary >> Edge(minlen="0") >> standby
    primary >> Edge(minlen="0", style="dashed") >> replica
    [targets, drills] >> runbook >> Edge(style="dashed") >> dns
