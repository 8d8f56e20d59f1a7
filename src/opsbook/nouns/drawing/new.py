"""Write a starting script for a new drawing: plain `diagrams` code that runs as it is."""

from __future__ import annotations

from pathlib import PurePosixPath

from opsbook.nouns.drawing.words import collapse_space, node_id

_SCRIPT = '''\
"""Say here in one or two sentences what the picture shows; they stand under its title."""

from diagrams import Cluster, Diagram, Edge
from diagrams.onprem.client import Users
from diagrams.onprem.database import PostgreSQL
from diagrams.onprem.network import Nginx

with Diagram({title!r}, show=False, direction="LR"):
    customers = Users("Customers")

    with Cluster("Platform"):
        gateway = Nginx("Gateway")
        database = PostgreSQL("Database")

    # A node may carry item="…", service="…" or runbook="…" with an id of the checklist, of services.yml or of
    # runbooks/: it then leads there and shows how far the item is.
    customers >> Edge(label="HTTPS") >> gateway >> database
'''


def script_name(name: str) -> str:
    """Return the file name of a drawing, in kebab-case so that its id and its address are the same.

    >>> script_name("Data stores.py")
    'data-stores.py'
    """
    return f"{node_id(PurePosixPath(name).name.removesuffix('.py'))}.py"


def script_text(name: str) -> str:
    """Return the text of the script.

    >>> 'Diagram("Data stores"' in script_text("data-stores").replace("'", '"')
    True
    """
    words = collapse_space(name.removesuffix(".py").replace("-", " ").replace("_", " "))
    return _SCRIPT.format(title=words[:1].upper() + words[1:])
