"""What is backed up, where the copies lie, and how it is proved every night that they can be read.

A backup that was never restored is a hope. Copies lie in another account and region, where whoever breaks into this
one cannot delete them.
"""

from diagrams import Cluster, Diagram
from diagrams.aws.database import RDS, RDSPostgresqlInstance
from diagrams.aws.storage import EBS, S3, Backup, S3Glacier
from diagrams.k8s.compute import Cronjob
from diagrams.onprem.client import User
from diagrams.onprem.monitoring import Prometheus
from diagrams.programming.flowchart import Document

with Diagram("Backup and restore", show=False, direction="LR"):
    with Cluster("What is kept"):
        database = RDSPostgresqlInstance("PostgreSQL", service="postgresql")
        volumes = EBS("Volumes", runbook="volume-filling-up")
        files = S3("Customers' files")
        state = S3("Terraform state", item="terraform-state-bucket")

    with Cluster("Backups", graph_attr={"item": "automated-backups"}):
        plan = Backup("Plan, nightly")
        vault = Backup("Vault")

    with Cluster("Another account and region"):
        copy = Backup("Locked copy", item="cross-region-replication")
        glacier = S3Glacier("Old copies", item="storage-lifecycle")

    with Cluster("Proof, every night", graph_attr={"item": "backup-verification"}):
        restore = RDS("Restore")
        check = Cronjob("Check", item="automate-backup-verification")
        alert = Prometheus("Alert if not")

    person = User("Drill", item="disaster-recovery-drills")
    targets = Document("RTO and RPO", item="rto-rpo")

    [database, volumes, files, state] >> plan >> vault >> copy >> glacier
    vault >> restore >> check >> alert
    check >> targets
    person >> restore
