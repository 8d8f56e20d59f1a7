"""`drawing-services`: drawings show what `services.yml` says, in the direction in which services need each other."""

from __future__ import annotations

from pathlib import Path

import pytest

from checked_content import DAY
from commands import run_command
from drawing_scripts import HEAD
from opsbook.content.check import check_content
from opsbook.content.drawing_services import CHECK
from opsbook.content.load import load_content
from opsbook.graph import Graph, GraphNode
from opsbook.nouns.drawing.load import load_drawings
from opsbook.nouns.service.model import Catalog
from opsbook.source.sitefile import SiteFile
from small_site import write

NEEDS = {"gateway": ["cart", "orders"], "cart": ["redis"], "orders": ["queue", "redis"], "redis": [], "queue": []}
NODES = "".join(f'    {id} = EC2("{id}", service="{id}")\n' for id in NEEDS)
WHOLE = NODES + "    gateway >> [cart, orders] >> redis\n    orders >> queue\n"
HOW = "turn it round, or give it a label that says what flows that way"


def found(root: Path, body: str, claim: str = "") -> list[str]:
    """What is said of a drawing with `body`, and of its claim to be complete."""
    head = f'with Diagram("Shop"{claim}):\n'
    (root / "diagrams").mkdir(exist_ok=True)
    (root / "docs").mkdir(exist_ok=True)
    (root / "diagrams/shop.py").write_text(f"{HEAD}{head}{body}", "utf-8")
    drawings, problems = load_drawings(root)
    assert problems == ()
    tree = [
        {"id": id, "title": id.title(), "summary": "a", "owner": "a", "tier": 1, "depends_on": needs}
        for id, needs in NEEDS.items()
    ]
    services = Catalog.model_validate({"services": tree}).services
    nodes = [GraphNode("service", each.id, each, each.title, "services.yml", 7) for each in services]
    nodes += [GraphNode("drawing", each.id, each, each.title, each.script) for each in drawings]
    content, _ = load_content(root, SiteFile(docs=root / "docs"), Graph(nodes), DAY)
    problems = check_content(content, [CHECK]).problems
    return [str(each).removesuffix(" (drawing-services)").removeprefix("diagrams/shop.py:") for each in problems]


def complete(what: str = "services") -> str:
    return f', graph_attr={{"complete": "{what}"}}'


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (
            "cart >> orders",
            "a line is drawn from Cart to Orders, and in services.yml neither depends on the other; add `orders` to "
            "`depends_on` of `cart`, or take the line away",
        ),
        (
            'cart >> Edge(label="HTTPS") >> orders',
            "a line is drawn from Cart to Orders, and in services.yml neither depends on the other; add `orders` to "
            "`depends_on` of `cart`, or take the line away",
        ),
        (
            "cart - queue",
            "a line is drawn between Cart and Queue, and in services.yml neither depends on the other; add `queue` to "
            "`depends_on` of `cart`, or take the line away",
        ),
        (
            "redis >> cart",
            f"a line is drawn from Redis to Cart, and in services.yml it is Cart that depends on Redis; {HOW}",
        ),
        (
            "orders << queue",
            f"a line is drawn from Queue to Orders, and in services.yml it is Orders that depends on Queue; {HOW}",
        ),
    ],
)
def test_a_line_that_services_yml_does_not_know_is_told(tmp_path: Path, line: str, said: str) -> None:
    assert found(tmp_path, f"{NODES}    {line}\n") == [f"9:1: {said}"]


@pytest.mark.parametrize(
    "line",
    [
        "gateway >> [cart, orders]",
        "redis - cart",
        'orders << Edge(label="messages") << queue',
        'redis >> Edge(style="dashed") >> queue',
        'redis >> EC2("copy", service="redis")',
        'cart >> EC2("bus") >> queue',
        'cart >> Edge(style="invis") >> queue',
    ],
)
def test_what_is_declared_and_what_is_no_call_is_let_be(tmp_path: Path, line: str) -> None:
    assert found(tmp_path, f"{NODES}    {line}\n") == []


def test_a_drawing_that_claims_nothing_may_leave_things_out(tmp_path: Path) -> None:
    assert found(tmp_path, NODES) == []


def test_a_complete_drawing_shows_every_service_and_every_dependency(tmp_path: Path) -> None:
    assert found(tmp_path, WHOLE, complete()) == []
    less = WHOLE.replace("    orders >> queue\n", "").replace("[cart, orders] >> redis", "cart >> redis")
    assert [line.partition("; draw")[0] for line in found(tmp_path, less, complete())] == [
        f"{at}:1: the drawing says `complete`: `services`, and services.yml says that {one} depends on {other}"
        for at, one, other in ((4, "Gateway", "Orders"), (6, "Orders", "Queue"), (6, "Orders", "Redis"))
    ]
    none = WHOLE.replace('    queue = EC2("queue", service="queue")\n', "").replace("    orders >> queue\n", "")
    assert found(tmp_path, none, complete()) == [
        "3:1: the drawing says `complete`: `services`, and Queue (services.yml:7) is not there; add its node"
    ]
    assert found(tmp_path, none, complete("dependencies")) == []


def test_a_way_through_other_nodes_and_frames_counts(tmp_path: Path) -> None:
    pool = WHOLE.replace("[cart, orders] >> redis", '[cart, orders] >> EC2("pool") >> redis')
    assert found(tmp_path, pool, complete()) == []
    frame = '    with Cluster("Redis", graph_attr={"service": "redis"}):\n        redis = EC2("Primary")\n'
    framed = WHOLE.replace('    redis = EC2("redis", service="redis")\n', frame)
    assert found(tmp_path, framed, complete()) == []
    assert found(tmp_path, f"{framed}    redis >> cart\n")[0].startswith("12:1: a line is drawn from Redis to Cart")


def test_a_frame_with_other_services_speaks_for_none_of_its_nodes(tmp_path: Path) -> None:
    frame = '    with Cluster("a", graph_attr={"service": "queue"}):\n        cart = EC2("c", service="cart")\n'
    assert found(tmp_path, f'{frame}        side = EC2("s")\n    cart >> side\n') == []


def test_a_claim_that_cannot_be_read_stops_at_its_line(tmp_path: Path) -> None:
    script = f'{HEAD}with Diagram("Shop"{complete("service")}):\n    EC2("a")\n'
    write(tmp_path, {"diagrams/shop.py": script})
    _, problems = load_drawings(tmp_path)
    assert [str(each) for each in problems] == [
        "diagrams/shop.py:3:6: `complete` is `service`; did you mean `services`?"
    ]


def test_a_line_is_waived_by_a_comment_above_it(tmp_path: Path) -> None:
    waiver = "    # opsbook: waive drawing-services until 2027-03-31: it is being moved\n"
    assert found(tmp_path, f"{NODES}{waiver}    cart >> orders\n") == []
    assert len(found(tmp_path, f"{NODES}{waiver}    cart >> orders\n    orders >> cart\n")) == 1


SERVICES = "services:\n" + "".join(
    f"  - {{id: {id}, title: {id}, summary: a, owner: team, tier: 1, depends_on: {needs}}}\n"
    for id, needs in NEEDS.items()
)


def test_the_command_tells_of_a_drawing(tmp_path: Path) -> None:
    write(tmp_path, {"services.yml": SERVICES})
    write(tmp_path, {"diagrams/shop.py": f'{HEAD}with Diagram("Shop"):\n{NODES}    cart >> orders\n'})
    done = run_command("opsbook", "check", "--content", folder=tmp_path)
    assert "diagrams/shop.py:9:1: a line is drawn from cart to orders" in done.stderr, done.stderr
    assert done.returncode == 1
