"""Four ways to bring a new version to customers, and what takes each of them back when the version is bad.

Rolling is the default; blue-green buys an instant way back for twice the pods; a canary lets a few customers meet the
fault; a feature flag separates the release from the deployment.
"""

from diagrams import Cluster, Diagram, Edge
from diagrams.k8s.compute import RS, Pod
from diagrams.k8s.network import SVC
from diagrams.k8s.podconfig import CM
from diagrams.onprem.ci import Jenkins
from diagrams.onprem.monitoring import Prometheus
from diagrams.onprem.network import Istio, Traefik
from diagrams.programming.flowchart import Document

with Diagram("Deployment strategies", show=False, direction="TB", graph_attr={"ranksep": "0.4"}):
    with Cluster("Rolling", graph_attr={"item": "rolling-updates"}):
        service = SVC("Service", item="k8s-services")
        old = RS("Old, shrinking")
        new = RS("New, growing")
        probe = Pod("Readiness", item="container-health-checks")

    with Cluster("Blue-green", graph_attr={"item": "blue-green-deployments"}):
        switch = SVC("Service, switched")
        blue = RS("Blue, live")
        green = RS("Green, tested")
        checklist = Document("Runbook", item="deployment-runbooks")

    with Cluster("Canary", graph_attr={"item": "canary-deployments"}):
        mesh = Istio("Mesh weights")
        stable = RS("Stable, 95 %")
        canary = RS("Canary, 5 %")
        analysis = Prometheus("Analysis")

    with Cluster("Feature flag", graph_attr={"item": "feature-flags"}):
        gateway = Traefik("Ingress")
        pods = Pod("One version")
        flag = CM("Flag, on for a few")

    rollback = Jenkins("Back to the old version", item="automatic-rollback", runbook="high-5xx-after-deployment")

    straight, back = {"weight": "9"}, {"color": "firebrick", "minlen": "2"}

    service >> [old, new]
    new >> Edge(**straight) >> probe
    switch >> blue
    switch >> Edge(style="dashed") >> green >> Edge(**straight) >> checklist
    mesh >> [stable, canary]
    canary >> Edge(**straight) >> analysis
    gateway >> Edge(**straight) >> pods >> Edge(**straight) >> flag
    [probe, checklist, analysis, flag] >> Edge(**back) >> rollback
