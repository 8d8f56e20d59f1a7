"""Roll back, switch off or fix forward: the three questions after a bad deployment, in the order to ask them.

The way back that changes least wins. A database that has moved on closes the quickest one.
"""

from diagrams import Cluster, Diagram, Edge
from diagrams.k8s.compute import RS
from diagrams.k8s.network import SVC
from diagrams.k8s.podconfig import CM
from diagrams.onprem.ci import Jenkins
from diagrams.onprem.monitoring import Prometheus
from diagrams.onprem.network import Istio
from diagrams.programming.flowchart import Decision

with Diagram("Rollback decision", show=False, direction="LR"):
    alarm = Prometheus("Errors rise", item="automatic-rollback", runbook="high-5xx-after-deployment")
    since = Decision("Since the\ndeployment?")
    elsewhere = Prometheus("Look elsewhere", item="incident-response")
    flagged = Decision("Behind a flag?")
    schema = Decision("Does the old code\nread the data?")

    forward = Jenkins("Fix forward", item="stage-deploy-production")
    flag = CM("Flag off", item="feature-flags")

    with Cluster("The old code, quickest first"):
        undo = RS("Roll back", item="rolling-updates")
        colour = SVC("Switch to blue", item="blue-green-deployments")
        canary = Istio("Canary to 0 %", item="canary-deployments")

    straight, no = {"weight": "9"}, {"label": "no"}
    alarm >> Edge(**straight) >> since
    since >> Edge(**no) >> elsewhere
    since >> Edge(label="yes", **straight) >> flagged
    schema >> Edge(label="no", color="firebrick", minlen="2") >> forward
    schema >> Edge(label="yes", minlen="2") >> [undo, colour, canary]
    flagged >> Edge(label="no", **straight) >> schema
    flagged >> Edge(label="yes") >> flag
