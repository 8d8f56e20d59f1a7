"""How the platform watches itself: metrics, logs and traces on their way from a pod to a person.

Each kind of signal has a collector and a store of its own. People meet them in two places: a screen that somebody
looks at, and a page that wakes somebody up.
"""

from diagrams import Cluster, Diagram, Edge
from diagrams.aws.storage import S3
from diagrams.elastic.elasticsearch import Elasticsearch, Kibana
from diagrams.k8s.compute import Pod
from diagrams.k8s.infra import Node
from diagrams.onprem.aggregator import Fluentd
from diagrams.onprem.client import User
from diagrams.onprem.monitoring import Grafana, Prometheus
from diagrams.onprem.tracing import Jaeger
from diagrams.saas.alerting import Pagerduty
from diagrams.saas.chat import Slack

with Diagram("Observability", show=False, direction="LR"):
    with Cluster("EKS cluster", graph_attr={"item": "prometheus-service-discovery"}):
        nodes = Node("Node exporters", item="prometheus-exporters", runbook="node-not-ready")
        services = Pod("Shop services", item="instrument-tracing")

    with Cluster("Metrics"):
        prometheus = Prometheus("Prometheus", item="deploy-prometheus")
        rules = Prometheus("Alerting rules", item="alerting-rules")
        alertmanager = Prometheus("Alertmanager", item="alertmanager")

    with Cluster("Logs"):
        fluentd = Fluentd("Fluentd", item="log-shipper")
        elasticsearch = Elasticsearch("Elasticsearch", item="elasticsearch", runbook="disk-filling-up")
        archive = S3("Archive", item="log-retention")

    with Cluster("Traces"):
        collector = Jaeger("Jaeger collector", item="trace-sampling")
        jaeger = Jaeger("Jaeger", item="deploy-jaeger")

    with Cluster("Alerts", graph_attr={"item": "alert-routing"}):
        pager = Pagerduty("Page", item="paging-service")
        slack = Slack("Team channel")

    with Cluster("Screens"):
        kibana = Kibana("Kibana", item="kibana")
        grafana = Grafana("Grafana", item="grafana-dashboards")

    on_call = User("On call", item="on-call-schedule")

    nodes >> prometheus
    services >> Edge(label="metrics") >> prometheus
    services >> Edge(label="logs") >> fluentd
    services >> Edge(label="spans") >> collector
    prometheus >> rules >> alertmanager >> [pager, slack]
    fluentd >> elasticsearch >> archive
    elasticsearch >> kibana
    collector >> jaeger
    [prometheus, jaeger] >> grafana
    [pager, kibana, grafana] >> on_call
