"""What happens from the alert to the last action of the post-mortem, and who holds it at each moment.

Users come first: mitigate, then understand. Whoever is stuck for fifteen minutes calls the next person.
"""

from diagrams import Cluster, Diagram, Edge
from diagrams.onprem.client import User, Users
from diagrams.onprem.monitoring import Prometheus
from diagrams.programming.flowchart import Decision, Document, MultipleDocuments
from diagrams.saas.alerting import Pagerduty
from diagrams.saas.chat import Slack

with Diagram("Incident flow", show=False, direction="LR", graph_attr={"ranksep": "0.35"}):
    with Cluster("Detect"):
        alert = Prometheus("Alert", item="alerting-rules")
        customer = Users("A customer calls")
        page = Pagerduty("Page", item="paging-service")

    with Cluster("Respond", graph_attr={"item": "incident-response"}):
        on_call = User("On call", item="on-call-schedule")
        severity = Decision("Severity?")
        channel = Slack("Channel, a lead")

    with Cluster("Mitigate"):
        runbook = Document("Runbook", item="runbooks", runbook="high-5xx-after-deployment")
        better = Decision("Better?")
        escalate = Users("Escalate", item="escalation-policies")

    with Cluster("Learn"):
        review = Document("Post-mortem", item="post-mortem-templates")
        actions = MultipleDocuments("Actions, with owner")

    straight = {"weight": "9"}
    [alert, customer] >> page
    page >> Edge(**straight) >> on_call >> Edge(**straight) >> severity
    severity >> Edge(label="SEV1, SEV2", constraint="false") >> channel
    severity >> Edge(**straight) >> runbook >> Edge(**straight) >> better
    better >> Edge(label="no, 15 min", color="firebrick", constraint="false") >> escalate
    escalate >> Edge(constraint="false") >> runbook
    better >> Edge(label="yes", **straight) >> review >> Edge(constraint="false") >> actions
