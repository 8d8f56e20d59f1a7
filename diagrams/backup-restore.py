"""What is backed up, where the copies lie, and how it is proved every night that they can be read.

A backup that was never restored is a hope. Copies lie in another account, where whoever breaks into this one cannot
delete them. Terraform's state does not wait for the night: its bucket keeps each change and repeats it in a second
region.
"""

from diagrams import Cluster, Diagram, Edge
from diagrams.aws.database import RDS, RDSPostgresqlInstance
from diagrams.aws.storage import EBS, S3, Backup
from diagrams.k8s.compute import Cronjob
from diagrams.onprem.client import User
from diagrams.onprem.monitoring import Prometheus
from diagrams.programming.flowchart import Document

with Diagram("Backup and restore", show=False, direction="LR"):
    with Cluster("What is kept"):
        state = S3("Terraform state", item="terraform-state-bucket")
        database = RDSPostgresqlInstance("PostgreSQL", service="postgresql")
        volumes = EBS("Volumes", runbook="volume-filling-up")
        files = S3("Customers' files")

    with Cluster("Backups", graph_attr={"item": "automated-backups"}):
        plan = Backup("Plan, nightly")
        vault = Backup("Vault")

    with Cluster("Another account"):
        copy = Backup("Locked copy")

    with Cluster("Second region"):
        replicated = S3("Versions of the state", item="cross-region-replication")

    with Cluster("Proof, every night", graph_attr={"item": "backup-verification"}):
        restore = RDS("Restore")
        check = Cronjob("Check", item="automate-backup-verification")
        alert = Prometheus("Alert if not")

    person = User("Drill", item="disaster-recovery-drills")
    targets = Document("RTO and RPO", item="rto-rpo")

    [database, volumes, files] >> plan >> vault >> copy
    state >> Edge(label="each change", minlen="2") >> replicated
    vault >> restore >> check >> alert
    check >> targets
    person >> restore
