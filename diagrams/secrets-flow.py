"""How a password reaches a pod without ever being in Git, and how it is changed and who has read it.

Vault holds the secrets, the External Secrets Operator brings them into the namespace, and each service can read its
own and no other.
"""

from diagrams import Cluster, Diagram, Edge
from diagrams.aws.database import ElastiCache
from diagrams.aws.security import KMS
from diagrams.elastic.elasticsearch import Elasticsearch
from diagrams.k8s.compute import Pod
from diagrams.k8s.others import CRD
from diagrams.k8s.podconfig import Secret
from diagrams.k8s.rbac import SA
from diagrams.onprem.client import User
from diagrams.onprem.security import Vault

with Diagram("Secrets", show=False, direction="LR"):
    redis = ElastiCache("Redis", service="redis")

    with Cluster("Namespace shop"):
        pod = Pod("Cart", service="cart", item="environment-variables")
        secret = Secret("Secret", item="k8s-secrets")
        account = SA("Service account")
        external = CRD("ExternalSecret", item="no-secrets-in-git")

    search = Elasticsearch("Who read what", item="elasticsearch")

    with Cluster("Vault", graph_attr={"item": "secrets-store"}):
        audit = Vault("Audit log", item="secret-access-audit")
        store = Vault("Values")
        rotation = Vault("Rotation", item="secret-rotation")
        policy = Vault("A policy for each service", item="least-privilege")

    kms = KMS("Unseal key", item="terraform-kms")
    people = User("People, by single sign-on")

    # No longer than nothing: the two stand in one column, the first below the second.
    above = {"minlen": "0", "style": "dashed"}

    people >> policy >> Edge(weight="5") >> store >> Edge(weight="9") >> external >> secret >> pod >> redis
    kms >> Edge(style="dashed") >> store
    store << Edge(label="new value", **above) << rotation
    audit << Edge(label="each read", **above) << store
    audit >> search
    account >> Edge(label="signs in", **above) >> external
