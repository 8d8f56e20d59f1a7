"""How an alert finds the one person who can act on it, and who is called when nobody answers.

Only what customers feel wakes somebody. Every alert carries a link to its runbook, and an alert that always fires
proves that the way to the pager is open.
"""

from diagrams import Cluster, Diagram, Edge
from diagrams.onprem.client import User
from diagrams.onprem.monitoring import Prometheus
from diagrams.onprem.vcs import Github
from diagrams.programming.flowchart import Decision, Document
from diagrams.saas.alerting import Pagerduty
from diagrams.saas.chat import Slack

with Diagram("Alert routing and escalation", show=False, direction="LR"):
    with Cluster("Prometheus"):
        watchdog = Prometheus("Watchdog")
        rules = Prometheus("Alerting rules", item="alerting-rules")

    with Cluster("Alertmanager", graph_attr={"item": "alertmanager"}):
        grouping = Prometheus("Group, mute, inhibit", item="alert-fatigue")
        routes = Decision("Severity?", item="alert-routing")

    with Cluster("Where it goes"):
        pager = Pagerduty("Page", item="paging-service")
        channel = Slack("Team channel")
        ticket = Github("Ticket")

    with Cluster("Who comes, and when", graph_attr={"item": "escalation-policies"}):
        security = User("Security")
        platform = User("Platform team")
        on_call = User("On call", item="on-call-schedule")

    runbook = Document("Runbook", item="alert-resolution-steps", runbook="high-5xx-after-deployment")

    [rules, watchdog] >> grouping >> routes
    routes >> Edge(label="critical", color="firebrick", minlen="2") >> pager
    routes >> Edge(label="warning", minlen="2") >> channel
    routes >> Edge(label="info", minlen="2") >> ticket
    pager >> on_call >> runbook
    on_call >> Edge(label="15 minutes later", constraint="false") >> platform
    platform >> Edge(label="15 minutes later", constraint="false") >> security
