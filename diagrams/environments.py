"""How one version moves from a commit to customers: every environment proves something that the one before could not.

The same image and the same chart go everywhere; only the values differ. A version that fails a test goes no further.
"""

from diagrams import Cluster, Diagram, Edge
from diagrams.aws.compute import ECR
from diagrams.k8s.chaos import ChaosMesh
from diagrams.k8s.compute import Job
from diagrams.k8s.ecosystem import Helm
from diagrams.k8s.group import NS
from diagrams.k8s.podconfig import CM
from diagrams.onprem.ci import Jenkins
from diagrams.onprem.client import User

with Diagram("Environments and promotion", show=False, direction="LR"):
    with Cluster("Each commit"):
        unit = Jenkins("Unit tests", item="unit-tests")
        integration = Jenkins("Integration tests", item="integration-tests")

    with Cluster("One version"):
        image = ECR("Image", item="image-tagging")
        chart = Helm("Chart", item="helm-charts")

    with Cluster("Development"):
        dev = NS("Newest main", item="namespace-management")
        values = CM("Own values", item="k8s-configmaps")

    with Cluster("Staging"):
        staging = NS("Like production", item="stage-deploy-staging")
        migrate = Job("Migrations", item="automate-migrations")
        performance = Jenkins("Performance tests", item="performance-tests")
        e2e = Jenkins("End-to-end tests", item="end-to-end-tests")
        load = Jenkins("Load tests", item="load-tests")
        security = Jenkins("Security tests", item="security-tests")

    approval = User("Approval", item="stage-approval-gate")

    with Cluster("Production"):
        production = NS("What customers see", item="stage-deploy-production")
        chaos = ChaosMesh("Chaos experiments", item="chaos-engineering")

    beside = {"constraint": "false", "style": "dashed"}

    [unit, integration] >> image
    [image, chart] >> dev >> staging >> [performance, e2e, load, security] >> approval >> production
    values >> Edge(**beside) >> dev
    migrate >> Edge(label="first", **beside) >> staging
    chaos >> Edge(**beside) >> production
