"""How a log line travels from a pod to a search, and how long it is kept.

Services write JSON to standard output and nothing else. Every line carries the id of the request that it belongs to.
"""

from diagrams import Cluster, Diagram, Edge
from diagrams.aws.storage import S3
from diagrams.elastic.elasticsearch import Elasticsearch, Kibana
from diagrams.k8s.compute import Pod
from diagrams.k8s.infra import Node
from diagrams.k8s.storage import PV
from diagrams.onprem.aggregator import Fluentd
from diagrams.onprem.client import Users
from diagrams.onprem.logging import FluentBit
from diagrams.onprem.network import Traefik

with Diagram("Logging", show=False, direction="LR"):
    with Cluster("Every node of the cluster"):
        edge = Traefik("Traefik", item="correlation-ids")
        services = Pod("Shop services", item="structured-logging")
        files = Node("Log files", item="automate-log-rotation", runbook="disk-filling-up")
        shipper = FluentBit("Fluent Bit", item="log-shipper")

    with Cluster("Aggregation"):
        fluentd = Fluentd("Fluentd", item="log-parsing")
        buffer = PV("Buffer on disk", runbook="volume-filling-up")

    with Cluster("Elasticsearch", graph_attr={"item": "elasticsearch"}):
        hot = Elasticsearch("Hot tier")
        warm = Elasticsearch("Warm tier")

    archive = S3("Snapshots", item="log-retention")

    with Cluster("Kibana", graph_attr={"item": "kibana"}):
        search = Kibana("Search by request")
        dashboards = Kibana("Dashboards", item="log-dashboards")

    people = Users("Whoever asks")

    [edge, services] >> files >> shipper >> fluentd >> hot >> warm >> archive
    fluentd >> Edge(constraint="false", style="dashed") << buffer
    hot >> [search, dashboards] >> people
