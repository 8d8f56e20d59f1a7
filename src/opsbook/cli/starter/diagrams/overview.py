"""Who uses it, and what it needs. Replace the nodes by your own: `opsbook diagram nodes WORD` finds icons."""

from diagrams import Cluster, Diagram, Edge
from diagrams.onprem.client import Users
from diagrams.onprem.database import PostgreSQL
from diagrams.onprem.network import Nginx

with Diagram(%%{title_python}, show=False, direction="LR"):
    users = Users("Users")

    with Cluster("Production"):
        gateway = Nginx("Gateway"%%{service})
        database = PostgreSQL("Database"%%{item})

    users >> Edge(label="HTTPS") >> gateway >> database
