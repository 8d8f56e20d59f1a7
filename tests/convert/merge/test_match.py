"""What of a list is found again in its next version, and what is not guessed."""

from __future__ import annotations

import pytest

from opsbook.convert.merge.match import match
from opsbook.convert.merge.nodes import nodes_of
from opsbook.nouns.checklist.model import Area, Checklist, Group, Item


def listed(*items: Item, **areas: tuple[Item, ...]) -> Checklist:
    first = (Area(id="a", title="Area", items=items),) if items else ()
    others = tuple(Area(id=id, title=f"Area {id}", items=below) for id, below in areas.items())
    return Checklist(title="L", areas=(*first, *others))


def item(id: str, title: str, *items: Item, maps: tuple[str, ...] = (), text: str | None = None) -> Item:
    return Item(id=id, title=title, items=items, maps=maps, text=text)


def pairs(old: Checklist, new: Checklist) -> dict[str, str]:
    found = match(nodes_of(old), nodes_of(new)).old_of
    return {one: other for one, other in found.items() if one in {each.id for each in new.walk()}}


CASES = {
    "its own id, whatever the title": (
        listed(item("enc-1", "Encrypt the disks"), item("enc-2", "Rotate keys")),
        listed(item("enc-2", "Change each key every quarter"), item("enc-1", "Storage is unreadable when stolen")),
        {"enc-1": "enc-1", "enc-2": "enc-2"},
    ),
    "the control of its standard, where each item has one": (
        listed(item("one", "Sign commits", maps=("S-1",)), item("two", "Review changes", maps=("S-2",))),
        listed(
            item("x", "Reviewed by somebody else", maps=("S-2",)),
            item("y", "Commits prove who", maps=("S-1",)),
        ),
        {"x": "two", "y": "one"},
    ),
    "a control that many share tells nothing": (
        listed(item("one", "Sign commits", maps=("S-1",)), item("two", "Review changes", maps=("S-1",))),
        listed(item("x", "Back the data up", maps=("S-1",))),
        {},
    ),
    "an id with a number that the order has given is no key": (
        listed(b=(item("backups", "Backups"),), c=(item("c-backups", "Backups"),)),
        listed(z=(item("backups", "Backups"),), b=(item("b-backups", "Backups"),), c=(item("c-backups", "Backups"),)),
        {"b-backups": "backups", "c-backups": "c-backups"},
    ),
    "the same title elsewhere": (
        listed(b=(item("route-alerts", "Route alerts"),), c=(item("other", "Something"),)),
        listed(b=(item("other", "Something"),), c=(item("route-alerts", "Route alerts"),)),
        {"route-alerts": "route-alerts", "other": "other"},
    ),
    "a long text of its own": (
        listed(item("one", "Consent", text="Have people agreed to the use of their data, and can they take it back?")),
        listed(item("x", "Permission", text="Have people agreed to the use of their data, and can they take it back?")),
        {"x": "one"},
    ),
    "a title in a script without spaces": (
        listed(item("a1", "定期测试备份的恢复"), item("a2", "为每个告警编写运行手册")),
        listed(item("b1", "每月测试备份的恢复"), item("b2", "为每个告警编写手册")),
        {"b1": "a1", "b2": "a2"},
    ),
    "a title with other words is another item": (
        listed(item("encrypt-disks", "Encrypt the disks")),
        listed(item("rotate-secrets", "Rotate all secrets")),
        {},
    ),
    "a title that says more, between the same neighbours": (
        listed(item("first", "First thing"), item("logs", "Logs"), item("last", "Last thing")),
        listed(item("first", "First thing"), item("keep-logs", "Keep logs of the proxy"), item("last", "Last thing")),
        {"first": "first", "keep-logs": "logs", "last": "last"},
    ),
    "a sub-item of an item that was reworded": (
        listed(item("whole", "Test the restores every month", item("part", "Of the database"))),
        listed(item("w", "Test the restores each month", item("p", "Of the main database"))),
        {"w": "whole", "p": "part"},
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_an_item_is_found_again_by(name: str) -> None:
    old, new, expected = CASES[name]
    assert pairs(old, new) == expected


def test_an_area_and_a_group_are_found_again_by_what_stands_in_them() -> None:
    things = tuple(item(f"thing-{number}", f"Thing number {number}") for number in range(4))
    old = Checklist(
        title="L", areas=(Area(id="a", title="Before", groups=(Group(id="g", title="One", items=things),)),)
    )
    new = Checklist(
        title="L", areas=(Area(id="n", title="Quite new", groups=(Group(id="h", title="Two", items=things),)),)
    )
    assert match(nodes_of(old), nodes_of(new)).old_of.items() >= {"n": "a", "h": "g"}.items()


def test_what_may_be_two_things_is_not_guessed() -> None:
    old = listed(item("one", "Enable MFA for admins"), item("two", "Enable MFA for guests"))
    found = match(nodes_of(old), nodes_of(listed(item("x", "Enable MFA for staff"))))
    assert "x" not in found.old_of
    assert set(found.unsure["x"]) == {"one", "two"}
