"""How the network of one environment is cut: only the load balancer can be reached from outside, and data least of all.

Customers ask the content delivery network, which stands outside of the VPC and asks the load balancer for what it does
not hold. Each kind of subnet exists once in each of three zones. Security groups say what may talk to what, and the VPC
writes down every connection.
"""

from diagrams import Cluster, Diagram, Edge
from diagrams.aws.compute import ECR, EC2Instances
from diagrams.aws.database import ElastiCache, RDSPostgresqlInstance
from diagrams.aws.general import GenericFirewall
from diagrams.aws.management import CloudwatchAlarm
from diagrams.aws.network import NLB, CloudFront, Endpoint, InternetGateway, NATGateway, Route53, VPCFlowLogs
from diagrams.aws.security import WAF
from diagrams.aws.storage import S3
from diagrams.onprem.client import Users

with Diagram("Network", show=False, direction="LR", graph_attr={"ranksep": "0.4"}):
    with Cluster("Outside"):
        dns = Route53("DNS", item="terraform-route53")
        customers = Users("Customers")
        cdn = CloudFront("CDN", item="cdn")
        firewall = WAF("Firewall", item="waf")

    with Cluster("VPC, three zones", graph_attr={"item": "terraform-vpc"}):
        gateway = InternetGateway("Internet gateway")

        with Cluster("Public subnets"):
            balancer = NLB("Load balancer", item="terraform-load-balancer")
            nat = NATGateway("NAT gateway")

        with Cluster("Private subnets", graph_attr={"item": "private-subnets"}):
            from_balancer = GenericFirewall("Security group, from the balancer", item="terraform-security-groups")
            nodes = EC2Instances("EKS nodes", runbook="node-not-ready")
            endpoints = Endpoint("VPC endpoints")
            flow_logs = VPCFlowLogs("Flow logs", item="vpc-flow-logs")

        with Cluster("Data subnets, no way out"):
            from_nodes = GenericFirewall("Security group, from the nodes", item="network-security-groups")
            database = RDSPostgresqlInstance("PostgreSQL", service="postgresql")
            cache = ElastiCache("Redis", service="redis")

    with Cluster("Services of AWS"):
        registry = ECR("ECR", item="container-registry")
        archive = S3("Log archive", item="log-retention")
        alarm = CloudwatchAlarm("Alarms", item="terraform-cloudwatch-alarms")

    cdn >> gateway >> balancer >> from_balancer >> nodes >> from_nodes >> [database, cache]
    customers >> Edge(constraint="false") >> dns
    customers >> Edge(constraint="false") >> cdn
    firewall - Edge(style="dashed", constraint="false") - cdn
    gateway << nat << Edge(minlen="2", headport="s") << nodes
    nodes >> endpoints >> Edge(minlen="2") >> registry
    nodes >> flow_logs >> Edge(minlen="2") >> [archive, alarm]
