"""How the AWS account comes from Terraform modules, and how no two runs ever change the same state at once.

A change is planned where it is reviewed and applied by the pipeline; nobody applies from a laptop. Every environment
has a state of its own and gives other values to the same modules.
"""

from diagrams import Cluster, Diagram, Edge
from diagrams.aws.compute import EKS, EC2AutoScaling
from diagrams.aws.database import RDS
from diagrams.aws.general import GenericFirewall
from diagrams.aws.management import CloudwatchAlarm
from diagrams.aws.network import NLB, VPC, Route53
from diagrams.aws.security import IAM, KMS
from diagrams.aws.storage import S3
from diagrams.onprem.ci import Jenkins
from diagrams.onprem.iac import Terraform
from diagrams.onprem.vcs import Github

with Diagram("Terraform modules and state", show=False, direction="LR"):
    plan = Github("Reviewed plan")
    apply = Jenkins("Apply", item="automate-provisioning")

    with Cluster("Environments", graph_attr={"item": "terraform-environments"}):
        environments = [Terraform("dev"), Terraform("staging"), Terraform("production")]

    with Cluster("State, one for each environment"):
        lock = S3("Lock object", item="terraform-state-locking")
        state = S3("State", item="terraform-state-bucket")

    with Cluster("Modules, the same for all"):
        root = Terraform("Root module")
        iam = IAM("IAM roles", item="terraform-iam")
        vpc = VPC("VPC", item="terraform-vpc")
        kms = KMS("KMS keys", item="terraform-kms")
        eks = EKS("EKS", item="terraform-eks")
        groups = GenericFirewall("Security groups", item="terraform-security-groups")
        rds = RDS("RDS", item="terraform-rds")
        scaling = EC2AutoScaling("Auto scaling", item="terraform-auto-scaling")
        balancer = NLB("Load balancer", item="terraform-load-balancer")
        alarms = CloudwatchAlarm("Alarms", item="terraform-cloudwatch-alarms")
        dns = Route53("DNS", item="terraform-route53")

    plan >> apply >> environments
    apply >> lock >> Edge(minlen="2") >> state
    environments >> root >> [iam, vpc, kms]
    iam >> eks >> scaling
    vpc >> [eks, groups, rds]
    groups >> balancer >> dns
    kms >> rds >> alarms
