"""How the platform grows with its load, shrinks after it, and who sees what that costs.

Pods first, then nodes: the number of replicas follows the load, and nodes follow the pods that find no place. What
always runs is bought in advance, what may be interrupted runs on spot capacity, and what nobody uses is found.
"""

from diagrams import Cluster, Diagram, Edge
from diagrams.aws.compute import EC2, EC2AutoScaling, EC2SpotInstance
from diagrams.aws.cost import Budgets, CostAndUsageReport, CostExplorer, SavingsPlans
from diagrams.aws.management import TrustedAdvisorChecklistCost
from diagrams.aws.storage import S3, S3Glacier
from diagrams.k8s.clusterconfig import HPA
from diagrams.k8s.compute import Deploy, Pod
from diagrams.onprem.client import User
from diagrams.onprem.monitoring import Prometheus

with Diagram("Cost and autoscaling", show=False, direction="LR"):
    load = Prometheus("Load", item="metric-cpu")

    with Cluster("Pods", graph_attr={"item": "cost-auto-scaling"}):
        autoscaler = HPA("Replicas", item="k8s-horizontal-pod-autoscaler")
        workload = Deploy("Right-sized", item="right-sizing")
        pending = Pod("No place left")

    with Cluster("Nodes", graph_attr={"item": "terraform-auto-scaling"}):
        scaling = EC2AutoScaling("Node autoscaler")
        base = EC2("Always on")
        spot = EC2SpotInstance("Spot", item="spot-instances")

    with Cluster("Storage", graph_attr={"item": "storage-lifecycle"}):
        warm = S3("In use")
        cold = S3Glacier("Old")

    with Cluster("What it costs", graph_attr={"item": "cost-monitoring"}):
        report = CostAndUsageReport("Report, by tag")
        budget = Budgets("Budget alert", item="budget-alerts")
        explorer = CostExplorer("Month by month")
        unused = TrustedAdvisorChecklistCost("Unused?", item="unused-resources")

    with Cluster("What follows"):
        owner = User("Owner")
        plans = SavingsPlans("Bought ahead", item="reserved-instances")

    straight = {"weight": "9"}
    load >> autoscaler
    autoscaler >> Edge(constraint="false") >> workload >> Edge(constraint="false") >> pending
    pending >> Edge(**straight) >> scaling >> [base, spot]
    warm >> Edge(label="after 90 days") >> cold
    [base, spot, cold] >> report
    report >> [budget, explorer, unused]
    budget >> Edge(label="at 80 %", color="firebrick") >> owner
    explorer >> Edge(label="monthly") >> owner
    unused >> owner
    owner >> Edge(constraint="false") >> plans
