"""The whole platform on one page: how customers reach the shop, how changes reach it, and who watches over it.

Every other drawing is a closer look at one part of this one.
"""

from diagrams import Cluster, Diagram, Edge
from diagrams.aws.compute import ECR
from diagrams.aws.database import ElastiCache, RDSPostgresqlInstance
from diagrams.aws.integration import SQS
from diagrams.aws.network import NLB, CloudFront
from diagrams.aws.security import WAF
from diagrams.elastic.elasticsearch import Elasticsearch
from diagrams.k8s.group import NS
from diagrams.k8s.network import Ingress
from diagrams.onprem.ci import Jenkins
from diagrams.onprem.client import User, Users
from diagrams.onprem.iac import Terraform
from diagrams.onprem.monitoring import Grafana, Prometheus
from diagrams.onprem.security import Vault
from diagrams.onprem.tracing import Jaeger
from diagrams.onprem.vcs import Github
from diagrams.saas.alerting import Pagerduty

with Diagram("Platform overview", show=False, direction="LR", graph_attr={"nodesep": "0.3"}):
    with Cluster("People"):
        developers = Users("Developers", item="onboarding")
        customers = Users("Customers")
        on_call = User("On call", item="on-call-schedule")

    with Cluster("Delivery"):
        github = Github("Repository", item="initialize-repository")
        jenkins = Jenkins("Jenkins", item="install-jenkins")
        registry = ECR("Images", item="container-registry")
        terraform = Terraform("Infrastructure", item="automate-provisioning")

    with Cluster("Edge"):
        firewall = WAF("Firewall", item="waf")
        cdn = CloudFront("CDN", item="cdn")
        balancer = NLB("Load balancer", item="terraform-load-balancer")

    with Cluster("Observability"):
        pager = Pagerduty("Alerts", item="paging-service")
        grafana = Grafana("Dashboards", item="grafana-dashboards")
        prometheus = Prometheus("Metrics", item="deploy-prometheus")
        logs = Elasticsearch("Logs", item="elasticsearch")
        jaeger = Jaeger("Traces", item="deploy-jaeger")

    with Cluster("EKS cluster", graph_attr={"item": "terraform-eks"}):
        vault = Vault("Secrets", item="secrets-store")
        ingress = Ingress("Ingress", item="ingress-controller")
        shop = NS("Shop services", item="namespace-management")

    with Cluster("Data", graph_attr={"item": "private-subnets"}):
        postgresql = RDSPostgresqlInstance("PostgreSQL", service="postgresql")
        redis = ElastiCache("Redis", service="redis")
        queue = SQS("Message queue", service="queue")

    developers >> github >> jenkins >> [registry, terraform]
    registry >> shop
    terraform >> Edge(style="invis") >> vault
    firewall - Edge(style="dashed", constraint="false") - cdn
    customers >> cdn >> balancer >> ingress >> shop
    vault >> shop
    shop >> [postgresql, redis, queue]
    on_call << [pager, grafana]
    pager << prometheus
    grafana << [prometheus, logs, jaeger]
    [prometheus, logs, jaeger] << Edge(headport="s", minlen="2") << shop
