"""Name the forms of well-known checklists, each told apart by its structure, and what they need beside the readers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from opsbook.source.tree import Tree


@dataclass(frozen=True)
class Preset:
    """A well-known form of trees: how it is recognised, and how it is brought into the form that the reader knows."""

    name: str
    what: str
    matches: Callable[[Tree], bool]
    arranged: Callable[[Tree], Tree]


def _keys(tree: Tree, *keys: str) -> bool:
    return isinstance(tree, dict) and all(key in tree for key in keys)


def _first(tree: Tree, key: str) -> Tree:
    """Return the first entry of the list below `key`."""
    found = tree.get(key) if isinstance(tree, dict) else None
    return found[0] if isinstance(found, list) and found else ""


def _as_it_is(tree: Tree) -> Tree:
    return tree


def _osps(tree: Tree) -> Tree:
    """Return the controls of a catalog below the groups that they name, which may be described beside them."""
    groups = tree.get("groups") if isinstance(tree, dict) else None
    controls = tree.get("controls") if isinstance(tree, dict) else None
    if not isinstance(tree, dict) or not isinstance(controls, list):
        return tree
    entries = [group for group in (groups if isinstance(groups, list) else []) if isinstance(group, dict)]
    described = {str(group["id"]): group for group in entries if "id" in group}
    below: dict[str, list[Tree]] = {id: [] for id in described}
    for control in controls:
        name, own = "Other controls", control
        if isinstance(control, dict):
            name = str(control.get("group") or control.get("family") or name)
            own = {key: value for key, value in control.items() if key not in ("group", "family")}
        below.setdefault(name, []).append(own)
    sections: list[Tree] = [
        {**described.get(name, {"title": name}), "controls": own} for name, own in below.items() if own
    ]
    return {**{key: value for key, value in tree.items() if key not in ("groups", "controls")}, "sections": sections}


def _azure(tree: Tree) -> Tree:
    """Return the items of a review checklist, with its title and without the words that they choose from."""
    assert isinstance(tree, dict)
    metadata = tree.get("metadata")
    name = metadata.get("name", "") if isinstance(metadata, dict) else ""
    return {"title": name, "items": tree["items"]} if name else {"items": tree["items"]}


PRESETS: Mapping[str, Preset] = {
    preset.name: preset
    for preset in (
        Preset(
            "azure",
            "Azure review checklist",
            lambda tree: _keys(tree, "items") and _keys(_first(tree, "items"), "text", "guid"),
            _azure,
        ),
        Preset("osps", "OSPS Baseline", lambda tree: _keys(_first(tree, "controls"), "assessment-requirements"), _osps),
        Preset(
            "aws-lens", "AWS Well-Architected lens", lambda tree: _keys(_first(tree, "pillars"), "questions"), _as_it_is
        ),
        Preset("deon", "deon", lambda tree: _keys(_first(_first(tree, "sections"), "lines"), "line"), _as_it_is),
        Preset(
            "personal-security",
            "personal-security-checklist",
            lambda tree: (
                isinstance(tree, list)
                and bool(tree)
                and _keys(tree[0], "checklist")
                and _keys(_first(tree[0], "checklist"), "point")
            ),
            _as_it_is,
        ),
        Preset("dsomm", "DevSecOps Maturity Model", lambda tree: _is_dsomm(tree), _as_it_is),
        Preset(
            "asvs",
            "OWASP ASVS",
            lambda tree: (
                _keys(_first(tree, "Requirements"), "Shortcode") or _keys(_first(tree, "requirements"), "req_id")
            ),
            _as_it_is,
        ),
    )
}


def _is_dsomm(tree: Tree) -> bool:
    """Return whether three levels of names stand above entries with a `uuid`."""
    for _ in range(3):
        if not isinstance(tree, dict) or not tree:
            return False
        tree = next(iter(tree.values()))
    return _keys(tree, "uuid")
