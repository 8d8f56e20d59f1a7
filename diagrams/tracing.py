"""How one request is followed through all services, and which of its traces are worth keeping.

Every service passes the trace context on with its calls. What is kept is decided when a trace is complete, so that
slow and failed requests are never lost.
"""

from diagrams import Cluster, Diagram, Edge
from diagrams.aws.network import CloudFront
from diagrams.elastic.elasticsearch import Elasticsearch
from diagrams.k8s.compute import DS, Pod
from diagrams.onprem.client import User, Users
from diagrams.onprem.monitoring import Grafana
from diagrams.onprem.network import Traefik
from diagrams.onprem.tracing import Jaeger

with Diagram("Tracing", show=False, direction="LR"):
    customers = Users("Customers")
    cdn = CloudFront("CDN", item="cdn")
    ingress = Traefik("A trace begins", item="correlation-ids")

    with Cluster("One request", graph_attr={"item": "instrument-tracing"}):
        gateway = Pod("Gateway", service="gateway")
        orders = Pod("Orders", service="orders")
        payments = Pod("Payments", service="payments")

    collector = DS("OpenTelemetry Collector")

    with Cluster("Jaeger", graph_attr={"item": "deploy-jaeger"}):
        sampler = Jaeger("Keep or drop", item="trace-sampling")
        store = Elasticsearch("Spans", item="elasticsearch")
        query = Jaeger("Search")

    developers = User("Developers")
    grafana = Grafana("Dashboards", item="trace-dashboards")

    context = {"label": "trace context", "constraint": "false"}

    customers >> Edge(minlen="0") >> cdn >> ingress >> Edge(weight="5") >> gateway
    gateway >> Edge(**context) >> orders >> Edge(**context) >> payments
    [gateway, orders, payments] >> Edge(style="dashed") >> collector
    collector >> sampler >> store >> query >> [developers, grafana]
