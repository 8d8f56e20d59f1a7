"""A developer's machine: one command brings up a service with everything that it talks to.

The same image as in production, seeded data, and code that reloads as it is saved. The debugger, the logs and the
traces are on the laptop too, so that most faults never need a cluster.
"""

from diagrams import Cluster, Diagram, Edge
from diagrams.aws.integration import SQS
from diagrams.onprem.client import User
from diagrams.onprem.container import Docker
from diagrams.onprem.database import PostgreSQL
from diagrams.onprem.inmemory import Redis
from diagrams.onprem.tracing import Jaeger
from diagrams.onprem.vcs import Git, Github
from diagrams.programming.flowchart import Document, MultipleDocuments

with Diagram("Local development", show=False, direction="LR"):
    developer = User("Developer")
    readme = Document("One page to start", item="setup-documentation")

    with Cluster("Laptop"):
        code = Git("Working copy", item="pre-commit-hooks")
        debugger = Document("Debugger", item="debugging-guides")

        with Cluster("Docker Compose", graph_attr={"item": "local-development"}):
            service = Docker("The service", item="hot-reload")
            others = Docker("Its neighbours")
            traces = Jaeger("Traces", item="instrument-tracing")
            database = PostgreSQL("PostgreSQL", service="postgresql")
            cache = Redis("Redis", service="redis")
            queue = SQS("Queue", service="queue")

        seeds = MultipleDocuments("Seeds", item="database-seeds")

    remote = Github("Pull request", item="pull-request-templates")

    straight = {"weight": "9"}
    developer >> readme
    developer >> Edge(**straight) >> code >> Edge(label="saved", **straight) >> service
    debugger >> Edge(style="dashed", label="attaches") >> service
    seeds >> Edge(style="dashed", label="fill") >> database
    service >> [others, database, cache, queue]
    service >> Edge(style="dashed") >> traces
    code >> Edge(label="pushed") >> remote
