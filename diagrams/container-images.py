"""How an image is built, checked, named and kept, and how the cluster comes to run exactly that image.

The rules are the same for every service. One commit is built once, and what was scanned and tested is what runs.
"""

from diagrams import Cluster, Diagram, Edge
from diagrams.aws.compute import ECR
from diagrams.aws.integration import SNS
from diagrams.aws.management import CloudwatchEventTimeBased
from diagrams.aws.security import Inspector
from diagrams.k8s.compute import Deploy, Pod
from diagrams.onprem.ci import Jenkins
from diagrams.onprem.container import Docker
from diagrams.onprem.security import Trivy
from diagrams.onprem.vcs import Git
from diagrams.programming.flowchart import Document

with Diagram("Container images", show=False, direction="LR", graph_attr={"ranksep": "0.5"}):
    with Cluster("Repository"):
        ignore = Document(".dockerignore", item="dockerignore")
        source = Git("Source")
        dockerfile = Document("Dockerfile", item="multi-stage-dockerfiles")

    with Cluster("Build", graph_attr={"item": "stage-image-build"}):
        base = Docker("Minimal base", item="minimal-base-images")
        compiled = Docker("Build stage")
        final = Docker("Final stage")

    with Cluster("Gate"):
        size = Jenkins("Size limit", item="image-size")
        scan = Trivy("Scan", item="image-scanning")

    with Cluster("Amazon ECR", graph_attr={"item": "container-registry"}):
        image = ECR("Image, named by its commit", item="image-tagging")
        rescan = Inspector("Scan again", item="vulnerability-scanning")
        retention = CloudwatchEventTimeBased("Retention rules", item="image-retention")

    with Cluster("EKS cluster"):
        deployment = Deploy("Deployment, by its digest", item="k8s-deployments")
        pod = Pod("Pod", item="container-health-checks", runbook="pod-crash-looping")
    finding = SNS("New weakness", item="automate-security-scanning")

    [ignore, source, dockerfile] >> compiled
    [base, compiled] >> final
    final >> size >> scan >> image
    image >> Edge(minlen="2") >> deployment
    deployment >> Edge(constraint="false") >> pod
    image >> [retention, rescan]
    rescan >> finding
