"""The services as the catalogue of Backstage."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from commands import run_command
from each_noun import API, OF_EACH_NOUN
from opsbook.convert.backstage import entity_name
from small_site import write

# What https://backstage.io/docs/features/software-catalog/descriptor-format says of names, and of what each kind needs.
NAME = re.compile(r"[A-Za-z0-9]+(?:[-_.][A-Za-z0-9]+)*")
TAG = re.compile(r"[a-z0-9+#]+(?:-[a-z0-9+#]+)*")
NEEDED = {
    "Component": {"type", "lifecycle", "owner"},
    "API": {"type", "lifecycle", "owner", "definition"},
    "System": {"owner"},
}
SERVICES = """\
services:
  - {id: handbook, title: "Cart & <`b`>", summary: "It: is 'so'.", owner: team, tier: 1, depends_on: [größe]}
  - {id: größe, title: Größe, summary: Size., owner: team, tier: 4, repository: "https://git.example.org/a/b"}
"""


def exported(root: Path, *options: str) -> list[dict[str, Any]]:
    """Return the entities that are written of the handbook in `root`."""
    done = run_command("opsbook", "export", "--format", "backstage", *options, folder=root)
    assert done.returncode == 0, done.stderr
    return list(yaml.safe_load_all(done.stdout))


def test_a_service_is_a_component_with_its_owner_its_runbooks_and_its_api(tmp_path: Path) -> None:
    root = write(tmp_path, {**OF_EACH_NOUN, "docs/api/cart.yaml": API})
    handbook, system, cart, api, redis = exported(root, "--base", "https://ops.example.org/", "--system", "shop")
    assert handbook["spec"] == {"type": "documentation", "lifecycle": "production", "owner": "team", "system": "shop"}
    assert handbook["metadata"]["annotations"] == {"backstage.io/techdocs-ref": "dir:."}
    assert (system["kind"], system["metadata"]["name"]) == ("System", "shop")
    assert cart["metadata"]["annotations"] == {
        "backstage.io/techdocs-entity": "component:default/handbook",
        "backstage.io/techdocs-entity-path": "/services/cart/",
    }
    assert [link["url"] for link in cart["metadata"]["links"]] == [
        "https://ops.example.org/services/cart/",
        "https://ops.example.org/runbooks/trial/",
        "https://ops.example.org/runbooks/other/",
    ]
    assert cart["spec"]["dependsOn"] == ["component:default/redis"]
    assert cart["spec"]["providesApis"] == [api["metadata"]["name"]] == ["cart"]
    assert (root / api["spec"]["definition"]["$text"]).read_text("utf-8") == API
    assert redis["metadata"]["tags"] == ["tier-2"]
    assert "links" not in exported(root)[1]["metadata"]


def test_every_entity_has_what_its_kind_needs_and_a_name_of_its_own_that_backstage_takes(tmp_path: Path) -> None:
    names = []
    entities = exported(write(tmp_path, {"services.yml": SERVICES}), "--system", "Магазин & co")
    for entity in entities:
        assert entity["apiVersion"] == "backstage.io/v1alpha1"
        assert set(entity["spec"]) >= NEEDED[entity["kind"]]
        name = entity["metadata"]["name"]
        assert NAME.fullmatch(name)
        assert len(name) <= 63
        assert all(TAG.fullmatch(tag) for tag in entity["metadata"].get("tags", ()))
        names.append((entity["kind"], name.lower()))
    assert len(set(names)) == len(names)
    service, size = entities[2:]
    assert service["metadata"]["title"] == "Cart & <b>"
    assert service["spec"]["dependsOn"] == [f"component:default/{size['metadata']['name']}"]
    assert service["metadata"]["annotations"]["backstage.io/techdocs-entity"] == "component:default/handbook-site"
    assert size["metadata"]["annotations"]["backstage.io/source-location"] == "url:https://git.example.org/a/b/"


@pytest.mark.parametrize("id", ["cart", "корзина", "größe", "カート", "a" * 80, "x" * 63, "é" * 64, "a-b.c_d"])
def test_a_name_stays_where_it_may_and_is_never_that_of_another(id: str) -> None:
    name = entity_name(id)
    assert NAME.fullmatch(name)
    assert len(name) <= 63
    assert (name == id) == (len(id) <= 63 and id.isascii())
    assert entity_name(f"{id}é") != name


def test_what_does_not_go_together_is_refused(tmp_path: Path) -> None:
    root = write(tmp_path, {})
    for options, message in (
        (("--system", "shop"), "--system goes with --format backstage"),
        (("--base", "https://x/"), "--base goes with --format backstage"),
        (("--format", "backstage", "--base", "x"), "`x` is no address of a site"),
    ):
        done = run_command("opsbook", "export", *options, folder=root)
        assert done.returncode == 2
        assert message in done.stderr
    write(root, {"checklist.yml": "title: x\nareas: [{id: a, title: A}]\n"})
    done = run_command("opsbook", "export", "--format", "backstage", folder=root)
    assert (done.returncode, "checklist.yml: nobody is named who owns" in done.stderr) == (1, True)
