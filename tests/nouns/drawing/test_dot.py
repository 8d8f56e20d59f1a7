"""The DOT that is laid out and downloaded."""

from __future__ import annotations

from pathlib import Path

from drawing_scripts import write_scripts
from opsbook.nouns.drawing.load import load_drawings

SCRIPT = """\
from diagrams import Cluster, Diagram, Edge
from diagrams.aws.compute import EC2

with Diagram("Say \\"hi\\"", direction="LR", graph_attr={"bgcolor": "red", "ranksep": "1.0"}):
    with Cluster("Zone"):
        first = EC2("First machine of all", item="multi-az", fontcolor="red")
        second = EC2("Second")
    third = EC2("Third")
    first >> Edge(label="feeds", lhead="cluster_Zone") >> third
"""
DOT = """\
digraph "Say \\"hi\\"" {
  graph [nodesep="0.42" ranksep="1.0" splines="spline" compound="true" pad="0" fontname="Arial" rankdir="LR"]
  node [shape="box" labelloc="b" margin="0.15,0.06" fontname="Arial" fontsize="15.6"]
  edge [fontname="Arial" fontsize="14.4" arrowsize="0.8"]
  subgraph "cluster_zone" {
    graph [label="Zone" labeljust="l" fontsize="21.06" margin="20"]
    "second" [label="Second" width="1.389" height="1.264"]
    "first-machine-of-all" [label="First machine of\\nall" width="1.389" height="1.486" item="multi-az"]
  }
  "third" [label="Third" width="1.389" height="1.264"]
  "first-machine-of-all" -> "third" [id="edge-1" label="feeds" tailport="e" headport="w" lhead="cluster_zone"]
}
"""


def test_the_dot_holds_what_the_script_says_and_nothing_of_the_machine(tmp_path: Path) -> None:
    write_scripts(tmp_path, zone=SCRIPT)
    assert load_drawings(tmp_path)[0][0].dot == DOT
