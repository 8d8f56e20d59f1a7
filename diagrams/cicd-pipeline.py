"""How a change travels from a pull request to production.

One Jenkins pipeline serves every service: it prepares the workspace, runs the checks side by side, builds and scans
one image, and promotes that same image through staging and a manual gate.
"""

from diagrams import Cluster, Diagram, Edge
from diagrams.aws.compute import ECR, EKS
from diagrams.k8s.compute import RS
from diagrams.onprem.ci import Jenkins
from diagrams.onprem.client import User
from diagrams.onprem.container import Docker
from diagrams.onprem.monitoring import Grafana
from diagrams.onprem.security import Trivy
from diagrams.onprem.vcs import Git, Github
from diagrams.saas.chat import Slack


def step(**style):
    """A step inside one column: it must not push the next stage into a column of its own."""
    return Edge(constraint="false", **style)


with Diagram("CI/CD pipeline", filename="cicd-pipeline", show=False, direction="LR", graph_attr={"ranksep": "0.4"}):
    with Cluster("Source"):
        developer = User("Developer")
        main = Github("main", item="branch-protection")

    with Cluster("Prepare"):
        dependencies = Docker("Dependencies", item="stage-dependencies")
        checkout = Git("Checkout", item="stage-checkout")
        trigger = Jenkins("Webhook", item="build-triggers")

    with Cluster("Checks, side by side", graph_attr={"item": "parallel-builds"}):
        checks = [
            Jenkins("SAST", item="stage-sast"),
            Jenkins("Integration", item="stage-integration-tests"),
            Jenkins("Unit tests", item="stage-unit-tests"),
            Jenkins("Lint", item="stage-lint"),
        ]

    with Cluster("Image"):
        build = Docker("Build image", item="stage-image-build")
        scan = Trivy("Scan image", item="stage-container-scan")
        push = ECR("Push to ECR", item="stage-push-image")

    with Cluster("Staging"):
        smoke = Jenkins("Smoke tests", item="stage-smoke-tests")
        staging = EKS("Deploy", item="stage-deploy-staging")

    approval = User("Approval", item="stage-approval-gate")

    with Cluster("Production"):
        production = EKS("Deploy", item="stage-deploy-production")
        verify = Grafana("Verify", item="stage-post-deployment")
        rollback = RS("Roll back", item="automatic-rollback", runbook="high-5xx-after-deployment")

    slack = Slack("Tell the team", item="build-notifications")

    # The columns are read down, up, down and so on; within one, the nodes stand in the order in which they are made.
    developer >> step(label="pull request") >> main
    main >> trigger >> step() >> checkout >> step() >> dependencies
    dependencies >> checks
    checks >> build
    build >> step() >> scan >> step() >> push
    push >> staging >> step() >> smoke >> approval >> production
    production >> step() >> verify >> step(label="5xx rises", color="firebrick") >> rollback
    verify >> slack
