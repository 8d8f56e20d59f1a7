"""How a promise to customers is measured: from raw metrics to indicators, objectives and the error budget.

What customers feel decides whether somebody is woken; what runs short explains why, and is looked at by day.
"""

from diagrams import Cluster, Diagram, Edge
from diagrams.aws.compute import EC2
from diagrams.aws.database import RDSPostgresqlInstance
from diagrams.aws.integration import SQS
from diagrams.aws.network import ELB
from diagrams.aws.storage import EBS
from diagrams.k8s.compute import Pod
from diagrams.onprem.client import User
from diagrams.onprem.monitoring import Grafana, Prometheus
from diagrams.onprem.network import Traefik
from diagrams.programming.flowchart import Document

# Straight, since many lines meet at one point.
layout = {"ranksep": "0.9", "nodesep": "0.2", "splines": "line"}

with Diagram("Metrics and service levels", show=False, direction="TB", graph_attr=layout):
    with Cluster("What customers feel"):
        rate = Traefik("Request rate", item="metric-request-rate")
        errors = Traefik("Error rate", item="metric-error-rate", runbook="high-5xx-after-deployment")
        latency = Traefik("Response time", item="metric-response-time")

    with Cluster("What the services know"):
        custom = Pod("Custom", item="custom-metrics")
        connections = RDSPostgresqlInstance("Connections", item="metric-database-connections")
        depth = SQS("Queue depth", item="metric-queue-depth")

    with Cluster("What runs short"):
        cpu = EC2("CPU", item="metric-cpu")
        memory = EC2("Memory", item="metric-memory")
        disk = EBS("Disk I/O", item="metric-disk-io", runbook="disk-filling-up")
        network = ELB("Network I/O", item="metric-network-io")

    indicators = Prometheus("Indicators", item="service-level-indicators")
    objectives = Document("Objectives", item="service-level-objectives")
    causes = Grafana("Dashboards", item="grafana-dashboards")

    with Cluster("What follows"):
        agreement = Document("Agreement", item="service-level-agreements")
        compliance = Grafana("Compliance", item="slo-compliance")
        budget = Prometheus("Error budget", item="error-budgets")
        burn = Prometheus("Burns too fast", item="alerting-rules")
        on_call = User("On call", item="on-call-schedule")

    beside = {"constraint": "false"}

    [rate, errors, latency] >> indicators
    [custom, connections, depth, cpu, memory, disk, network] >> causes
    [indicators, objectives] >> budget
    budget >> Edge(**beside) >> compliance >> Edge(**beside) >> agreement
    budget >> Edge(**beside) >> burn >> Edge(**beside) >> on_call
    causes >> on_call
