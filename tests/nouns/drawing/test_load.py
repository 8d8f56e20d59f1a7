"""Scripts in, drawings and problems out: what a script says, and all the ways in which one can fail."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

from drawing_scripts import HEAD, PAIR, write_scripts
from opsbook.nouns.drawing.family import CAN_ADOPT
from opsbook.nouns.drawing.load import load_drawings
from opsbook.nouns.drawing.model import Drawing
from opsbook.problems import Problem

SHOP = (
    '"""What the shop is made of.\n\nMore of it."""\n'
    + HEAD
    + """\
with Diagram("The shop", show=True, direction="TB"):
    with Cluster("Zone", graph_attr={"item": "multi-az"}):
        with Cluster("Zone"):
            cart = EC2("Cart", service="cart", runbook="pod-crash-looping")
    mailer = Lambda("Mailer", item="paging-service")
    cart >> Edge(label="mails", style="dashed", color="firebrick") >> mailer
    cart << mailer
    cart - Edge(style="invis") - mailer
"""
)

CUSTOM = "from diagrams import Diagram\nfrom diagrams.custom import Custom\n"

# A script that is broken, and what is said of it. Each stands beside a good one.
FAULTS = {
    "crash": (HEAD + 'with Diagram("x"):\n    EC2("a")\n    1 / 0\n', "5:5: the script failed: ZeroDivisionError: "),
    "exits": ("import sys\nsys.exit(0)\n", "2:1: the script calls sys.exit; a drawing runs to the end of its file"),
    "silent": ("import os\nos._exit(3)\n", " the script ended its process with exit code 3; a drawing runs to the end"),
    "killed": ("import os\nos.kill(os.getpid(), 9)\n", " the script's process was ended by SIGKILL"),
    "input": ("input()\n", "1:1: the script failed: EOFError: "),
    "syntax": ('with open("x")\n    pass\n', "1:15: not valid Python: expected ':'"),
    "module": (
        "import pandas_x\n",
        "1:8: no module `pandas_x`; a drawing may use `diagrams`, the standard library and",
    ),
    "provider": (
        "from diagrams.aws.computee import EC2\n",
        "1:19: no module `diagrams.aws.computee`; did you mean `diagrams.aws.compute`?",
    ),
    "typo": (
        "from diagrams.aws.compute import (\n    EC2,\n    Lamda,\n)\n",
        "3:5: no node class `Lamda` in diagrams.aws.compute; did you mean `Lambda`?",
    ),
    "attribute": (
        "from diagrams.aws import compute\ncompute.Lamda('x')\n",
        "2:9: no node class `Lamda` in diagrams.aws.compute; did you mean `Lambda`?",
    ),
    "elsewhere": (
        "from diagrams.aws.compute import Grafana\n",
        "1:34: no node class `Grafana` in diagrams.aws.compute; "
        "did you mean `from diagrams.onprem.monitoring import Grafana`?",
    ),
    "unimported": (
        HEAD + 'with Diagram("x"):\n    Grafana("a")\n',
        "4:5: `Grafana` is not imported; add `from diagrams.onprem.monitoring import Grafana`",
    ),
    "undefined": (
        HEAD + 'with Diagram("x"):\n    Lamda("a")\n',
        "4:5: `Lamda` is not defined; did you mean `Lambda`?",
    ),
    "itme": (
        HEAD + 'with Diagram("x"):\n    EC2("a", itme="x")\n',
        "4:5: unknown attribute `itme`; did you mean `item`?",
    ),
    "outside": (HEAD + 'EC2("a")\n', "3:1: a node or cluster outside of `with Diagram(…):`; put it inside"),
    "nothing": ("print('hello')\n", "1:1: the script makes no Diagram"),
    "bare": (HEAD + 'with Diagram("x"):\n    pass\n', "1:1: the drawing has no nodes"),
    "untitled": (
        HEAD + 'with Diagram():\n    EC2("a")\n',
        '3:6: the drawing has no title; write Diagram("What it shows")',
    ),
    "second": (PAIR + 'with Diagram("y"):\n    EC2("a")\n', "5:6: a second Diagram; one script draws one picture"),
    "icon": (
        CUSTOM + 'with Diagram("x"):\n    Custom("a", "no.png")\n',
        "4:1: no icon at `no.png`; give a path relative to the script",
    ),
}


def only(root: Path) -> Drawing:
    drawings, problems = load_drawings(root)
    assert problems == ()
    assert len(drawings) == 1
    return drawings[0]


def said(problem: Problem, name: str) -> str:
    return str(problem).removeprefix(f"diagrams/{name}.py:")


def test_a_missing_folder_is_no_drawings(tmp_path: Path) -> None:
    assert load_drawings(tmp_path) == ((), ())


def test_a_drawing_says_what_its_script_says(tmp_path: Path) -> None:
    write_scripts(tmp_path, The_Shop=SHOP)
    drawing = only(tmp_path)
    assert (drawing.id, drawing.title, drawing.description) == ("the-shop", "The shop", "What the shop is made of.")
    assert (drawing.script, drawing.source) == ("diagrams/The_Shop.py", SHOP)
    cart, mailer = drawing.nodes
    assert (cart.id, cart.label, cart.kind, cart.line) == ("cart", "Cart", "aws.compute.EC2", 9)
    assert (cart.item, cart.service, cart.runbook, cart.cluster) == (None, "cart", "pod-crash-looping", "zone-2")
    assert (mailer.id, mailer.item, mailer.cluster) == ("mailer", "paging-service", None)
    assert [(edge.source, edge.target, edge.label, edge.style) for edge in drawing.edges] == [
        ("cart", "mailer", "mails", "dashed"),
        ("mailer", "cart", "", "solid"),
    ]


def test_clusters_of_one_label_stay_apart(tmp_path: Path) -> None:
    write_scripts(tmp_path, shop=SHOP)
    outer, inner = only(tmp_path).clusters
    assert (outer.id, outer.parent, outer.item) == ("zone", None, "multi-az")
    assert (inner.id, inner.parent, inner.item) == ("zone-2", "zone", None)


def test_entities_in_labels_are_the_characters_that_graphviz_prints(tmp_path: Path) -> None:
    script = """\
from diagrams import Cluster, Diagram, Edge
from diagrams.onprem.network import Nginx

with Diagram("R&amp;D edge &copy;", show=False):
    with Cluster("Caf&eacute; &#x26; co"):
        a = Nginx("R&amp;D gateway")
    b = Nginx("&amp;lt; is &lt;, &nothing; and R&ampD stay")
    a >> Edge(label="5 &lt; 6 &#8211; so") >> b
    b >> Edge(lhead="cluster_Caf&eacute; &#x26; co") >> a
"""
    write_scripts(tmp_path, edge=script)
    drawing = only(tmp_path)
    assert drawing.title == "R&D edge ©"
    assert [cluster.label for cluster in drawing.clusters] == ["Café & co"]
    assert [node.label for node in drawing.nodes] == ["R&D gateway", "&lt; is <, &nothing; and R&ampD stay"]
    assert drawing.edges[0].label == "5 < 6 – so"
    assert 'label="&amp;lt; is <,\\n&amp;nothing; and\\nR&amp;ampD stay"' in drawing.dot
    assert 'lhead="cluster_cafe-co"' in drawing.dot


def test_every_broken_script_is_one_clear_problem_and_the_good_ones_come_out(tmp_path: Path) -> None:
    folder = write_scripts(tmp_path, good=PAIR, **{name: text for name, (text, _) in FAULTS.items()})
    before = sorted(folder.rglob("*"))
    drawings, problems = load_drawings(tmp_path)
    assert [drawing.id for drawing in drawings] == ["good"]
    named = {Path(problem.path).stem: problem for problem in problems}
    assert len(problems) == len(named) == len(FAULTS)
    for name, (_text, message) in FAULTS.items():
        assert said(named[name], name).startswith(message)
    assert sorted(folder.rglob("*")) == before


@pytest.mark.parametrize("fork", [True, False])
def test_a_script_that_never_ends_is_ended_and_its_line_is_named(tmp_path: Path, fork: bool) -> None:
    stubborn = "while True:\n    try:\n        while True:\n            pass\n    except BaseException:\n        pass\n"
    write_scripts(tmp_path, good=PAIR, loop="n = 0\nwhile True:\n    n += 1\n", stubborn=stubborn)
    drawings, problems = load_drawings(tmp_path, seconds=3, fork=fork)
    assert [drawing.id for drawing in drawings] == ["good"]
    lines = {problem.path: problem.line for problem in problems}
    assert lines["diagrams/loop.py"] in (2, 3)
    assert lines["diagrams/stubborn.py"] in range(1, 7)
    assert {problem.message for problem in problems} == {
        "the script was still running after 3 seconds; does a loop never end?"
    }


def test_a_script_that_leaves_a_process_behind_does_not_hold_up_the_build(tmp_path: Path) -> None:
    write_scripts(tmp_path, forks="import os, time\nif os.fork() == 0:\n    time.sleep(600)\n" + PAIR)
    assert only(tmp_path).id == "forks"


DETACHED = (
    "import os, subprocess, sys, time\n"
    "def detach():\n"
    "    if os.fork() == 0:\n"
    "        os.setsid()\n"
    "        if os.fork() == 0:\n"
    "            open('{name}.pid', 'a').write(f'{os.getpid()} ')\n"
    "            time.sleep(600)\n"
    "        os._exit(0)\n"
    "    time.sleep(0.5)\n"
)
STRAYS = {
    # Held open are the pipes of whoever reads the answers.
    "daemon": DETACHED + "detach()\n" + PAIR,
    "fails": DETACHED + "detach()\n1 / 0\n",
    "loops": DETACHED + "detach()\nwhile True:\n    pass\n",
    "session": (
        "import subprocess, sys, time\n"
        "code = \"import os, time; open('{name}.pid', 'w').write(str(os.getpid())); time.sleep(600)\"\n"
        "subprocess.Popen([sys.executable, '-c', code], start_new_session=True)\ntime.sleep(2)\n" + PAIR
    ),
    "leaves-its-group": "import os\nos.setpgid(0, os.getpgid(os.getppid()))\n"
    "open('{name}.pid', 'w').write(str(os.getpid()))\nwhile True:\n    pass\n",
}


def test_what_a_script_starts_ends_with_it_in_whatever_session_it_is(tmp_path: Path) -> None:
    strays = STRAYS if CAN_ADOPT else {}  # Elsewhere a process can leave its group unseen.
    folder = write_scripts(tmp_path, **{name: text.replace("{name}", name) for name, text in strays.items()})
    code = (
        "from pathlib import Path\nfrom opsbook.nouns.drawing.load import load_drawings\n"
        "drawings, problems = load_drawings(Path(), seconds=4, workers=3)\n"
        "print(*(drawing.id for drawing in drawings), *problems, sep='\\n')"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, timeout=60)
    late = "the script was still running after 4 seconds; does a loop never end?"
    said = {
        "daemon": "daemon",
        "session": "session",
        "fails": "the script failed: ZeroDivisionError: division by zero",
        "leaves-its-group": late,
        "loops": late,
    }
    assert [line.split(": ", 1)[-1] for line in done.stdout.split("\n")[:-1] if line] == [
        message for name, message in said.items() if name in strays
    ]
    for name in strays:
        (pid,) = (folder / f"{name}.pid").read_text("utf-8").split()
        with pytest.raises(ProcessLookupError):
            os.kill(int(pid), 0)


LIMITS = {
    "memory": ("kept = bytearray(3 << 30)\n", "the script used up the memory that a drawing may have"),
    "shared": (
        "import os, time\nfor _ in range(4):\n    if os.fork() == 0:\n        kept = b'x' * (400 << 20)\n"
        "        time.sleep(600)\ntime.sleep(600)\n",
        "the script used up the memory that a drawing may have",
    ),
    "processes": (
        "import os, time\nfor _ in range(40):\n    if os.fork() == 0:\n        time.sleep(600)\ntime.sleep(600)\n",
        "the script started more than 32 processes; a drawing needs none",
    ),
    "file": (
        "with open('large', 'wb') as file:\n    file.truncate(1 << 30)\n",
        "the script failed: OSError: [Errno 27] File too large",
    ),
    "nodes": (
        HEAD + "with Diagram('x'):\n    for n in range(100_000):\n        EC2(str(n))\n",
        "the drawing has more than 1,000 nodes and clusters; draw less at once",
    ),
    "edges": (
        HEAD + "with Diagram('x'):\n    a, b = EC2('a'), EC2('b')\n    for n in range(100_000):\n        a >> b\n",
        "the drawing has more than 4,000 edges; draw less at once",
    ),
    "label": (
        HEAD + "with Diagram('x' * (9 << 20)):\n    EC2('a')\n",
        "the drawing is larger than 4 MiB; draw less at once",
    ),
}


def test_what_a_script_may_use_has_an_end_and_the_good_ones_come_out(tmp_path: Path) -> None:
    # Elsewhere than on Linux nothing shows what a family of processes uses, and a process has no limit on its memory.
    limits = {name: limit for name, limit in LIMITS.items() if CAN_ADOPT or name in ("nodes", "edges", "label")}
    write_scripts(tmp_path, good=PAIR, **{name: text for name, (text, _message) in limits.items()})
    drawings, problems = load_drawings(tmp_path, workers=2)
    assert [drawing.id for drawing in drawings] == ["good"]
    assert {problem.path.removeprefix("diagrams/").removesuffix(".py"): problem.message for problem in problems} == {
        name: message for name, (_text, message) in limits.items()
    }


def test_many_workers_share_the_memory_and_a_drawing_needs_little_of_it(tmp_path: Path) -> None:
    write_scripts(tmp_path, **{f"pair-{number}": PAIR for number in range(9)})
    assert len(load_drawings(tmp_path, workers=64)[0]) == 9


def test_a_file_that_is_not_utf8_is_a_problem_with_its_line(tmp_path: Path) -> None:
    folder = write_scripts(tmp_path)
    (folder / "old.py").write_bytes(b"# one\n# caf\xe9\n")
    assert [str(problem) for problem in load_drawings(tmp_path)[1]] == [
        "diagrams/old.py:2:6: byte 0xe9 is not UTF-8; save the file as UTF-8"
    ]


def test_helpers_are_imported_and_leave_nothing_behind(tmp_path: Path) -> None:
    helper = "from diagrams.aws.compute import EC2\n\ndef machine(name):\n    return EC2(name, service='cart')\n"
    script = 'from diagrams import Diagram\nfrom _parts import machine\nwith Diagram("x"):\n    machine("a")\n'
    folder = write_scripts(tmp_path, _parts=helper, whole=script)
    node = only(tmp_path).nodes[0]
    assert (node.service, node.line) == ("cart", 4)
    assert sorted(path.name for path in folder.iterdir()) == ["_parts.py", "whole.py"]


def test_a_mistake_in_a_helper_is_placed_in_the_helper(tmp_path: Path) -> None:
    write_scripts(
        tmp_path, _parts="def machine():\n    return 1 / 0\n", whole="from _parts import machine\nmachine()\n"
    )
    problem = load_drawings(tmp_path)[1][0]
    assert (problem.path, problem.line, problem.column) == ("diagrams/_parts.py", 2, 12)


def test_an_icon_of_the_project_is_found_beside_the_script(tmp_path: Path) -> None:
    script = (
        'from diagrams import Diagram\nfrom diagrams.custom import Custom\nwith Diagram("x"):\n    Custom("a", "{}")\n'
    )
    folder = write_scripts(tmp_path, beside=script.format("own.png"), below=script.format("diagrams/own.png"))
    Image.new("RGBA", (300, 100), "red").save(folder / "own.png")
    drawings, problems = load_drawings(tmp_path)
    assert problems == ()
    assert {(icon.width, icon.height) for drawing in drawings for icon in drawing.icons} == {(124, 41)}


def test_two_scripts_of_one_id_are_a_problem(tmp_path: Path) -> None:
    write_scripts(tmp_path, the_pair=PAIR, **{"the-pair": PAIR})
    drawings, problems = load_drawings(tmp_path)
    assert [drawing.script for drawing in drawings] == ["diagrams/the-pair.py"]
    assert [str(problem) for problem in problems] == [
        "diagrams/the_pair.py: the id `the-pair` is taken by diagrams/the-pair.py; rename one"
    ]


def test_a_missing_engine_is_one_problem_that_says_how_to_get_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_scripts(tmp_path, one=PAIR, two=PAIR)
    monkeypatch.setenv("PATH", str(tmp_path))
    drawings, problems = load_drawings(tmp_path, engine="dot")
    assert drawings == ()
    assert [str(problem) for problem in problems] == [
        "diagrams: the layout engine `dot` is not installed; install Graphviz (`apt-get install graphviz`, "
        "`brew install graphviz`), or set the engine to `graphviz-pure` and `pip install graphviz-pure`"
    ]


def test_nodes_of_c4_without_icons_keep_their_words(tmp_path: Path) -> None:
    script = (
        "from diagrams import Diagram\nfrom diagrams.c4 import Container, Person, Relationship\n"
        'with Diagram("x"):\n    Person(name="Jane & Co", description="Buys.") >> Relationship("orders") >> '
        'Container(name="Shop", technology="Java")\n'
    )
    write_scripts(tmp_path, banking=script)
    drawing = only(tmp_path)
    assert [node.label for node in drawing.nodes] == ["Jane & Co [Person] Buys.", "Shop [Container: Java]"]
    assert [(edge.label, edge.style) for edge in drawing.edges] == [("orders", "dashed")]
    assert drawing.icons == ()


def test_a_drawing_is_the_same_whatever_the_hash_seed_and_with_and_without_fork(tmp_path: Path) -> None:
    script = HEAD + 'with Diagram("x"):\n    for name in {"a", "b", "c", "d", "e", "f"}:\n        EC2(name)\n'
    write_scripts(tmp_path, sets=script)
    code = (
        "import sys; from pathlib import Path; from opsbook.nouns.drawing.load import load_drawings\n"
        "print(load_drawings(Path(sys.argv[1]), fork=sys.argv[2] == 'fork')[0][0].model_dump_json())"
    )
    texts = {
        subprocess.run(
            [sys.executable, "-c", code, str(tmp_path), mode],
            env=os.environ | {"PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed, mode in (("1", "fork"), ("2", "fork"), ("3", "spawn"))
    }
    assert len(texts) == 1
