"""How a change comes to the main branch: small, checked on the laptop, checked again by Jenkins, read by a person.

Whatever is on the main branch can be deployed, so nobody pushes to it directly.
"""

from diagrams import Cluster, Diagram, Edge
from diagrams.onprem.ci import Jenkins
from diagrams.onprem.client import User
from diagrams.onprem.vcs import Git, Github
from diagrams.programming.flowchart import Document
from diagrams.programming.language import Bash

with Diagram("Source control", show=False, direction="LR"):
    with Cluster("Laptop"):
        clone = Git("Clone", item="initialize-repository")
        ignore = Document(".gitignore", item="gitignore")
        branch = Git("Short branch", item="branching-model")
        secrets = Bash("Search for secrets", item="no-secrets-in-git")
        hooks = Bash("Hooks", item="pre-commit-hooks")
        commit = Git("Commit", item="commit-conventions")

    request = Github("Pull request", item="pull-request-templates")
    dependabot = Github("Dependabot", item="automate-dependency-updates")

    with Cluster("A job for each branch", graph_attr={"item": "multibranch-pipeline"}):
        webhook = Jenkins("Webhook", item="build-triggers")
        pipeline = Jenkins("Jenkinsfile", item="jenkinsfile-per-service")
    reviewer = User("Review by an owner")

    main = Github("Protected main", item="branch-protection")

    clone >> branch >> hooks >> commit >> Edge(weight="4") >> request
    ignore >> Edge(label="keeps out", style="dashed", constraint="false") >> clone
    secrets >> Edge(style="dashed", constraint="false") >> hooks
    ignore >> Edge(style="invis", minlen="2") >> secrets >> Edge(style="invis") >> dependabot >> request
    request >> webhook >> pipeline >> main
    request >> reviewer >> main
