"""Turn rows of cells into items below the areas and groups that their columns name."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from opsbook.convert.columns import guess, is_marked, normal
from opsbook.convert.notes import Notes
from opsbook.convert.outline import OutlineEntry, OutlineLink, OutlineSection, OutlineTraits
from opsbook.convert.titles import is_web, links_of, plain_word, read_title
from opsbook.convert.vocabulary import state
from opsbook.nouns.checklist.model import Status

_SPLIT = re.compile(r"[,;\n]|<br>")
_CONTROL = re.compile(r"(?=.*\d)[\w.:/()#+&' -]{1,60}$")
_BOX = re.compile(r"\[(?P<mark>[^\[\]]?)\]$")
_TICKED = frozenset(("☑", "☒", "✓", "✔", "✅", ":white_check_mark:", ":heavy_check_mark:", ":ballot_box_with_check:"))
_OPEN = frozenset(("☐", "⬜", "❌", "✗", "✘", "□", "◻", "🔲", ":x:", ":black_square_button:", ":white_large_square:"))
_DOING = frozenset(
    (
        "🚧",
        "⏳",
        "🔄",
        "in review",
        "review",
        "blocked",
        "partial",
        "partially",
        "teilweise",
        "en cours",
        "in arbeit",
        "en progreso",
        "in corso",
        "em andamento",
        "进行中",
        "進行中",
    )
)
_DONE = frozenset(
    (
        "erledigt",
        "fertig",
        "abgeschlossen",
        "umgesetzt",
        "terminé",
        "fait",
        "hecho",
        "completado",
        "fatto",
        "feito",
        "pass",
        "passed",
        "resolved",
        "complete",
        "implemented",
        "完成",
        "已完成",
        "完了",
        "готово",
        "klaar",
    )
)
_TODO = frozenset(
    (
        "offen",
        "nicht begonnen",
        "nicht erledigt",
        "geplant",
        "à faire",
        "pendiente",
        "da fare",
        "a fazer",
        "backlog",
        "selected for development",
        "not tested",
        "fail",
        "failed",
        "not implemented",
        "待办",
        "未着手",
        "未完了",
        "to be done",
        "n/a",
        "select an option",
    )
)


@dataclass(frozen=True)
class RecordRow:
    """A row of cells on a line of the file. `heading` says that it names what follows."""

    cells: tuple[str, ...]
    line: int


@dataclass(frozen=True)
class RowTable:
    """Rows below the names of their columns. `title` is what stands above, such as the name of a sheet."""

    names: tuple[str, ...]
    rows: tuple[RecordRow, ...]
    line: int
    title: str = ""
    columns: tuple[int, ...] = ()
    """The column of the file in which each cell stands, counted from 1."""


@dataclass
class RowReader:
    """A reader of one table, whose columns have `roles`."""

    table: RowTable
    roles: tuple[str, ...]
    notes: Notes
    area: str = ""
    group: str = ""
    taken: list[tuple[str, str, OutlineEntry]] = field(default_factory=list)
    named_by_row: bool = False

    @classmethod
    def of(cls, table: RowTable, notes: Notes, chosen: Mapping[str, str] | None = None) -> RowReader:
        """Return a reader that guesses the roles; `chosen` says otherwise by the name of a column."""
        roles = guess(table.names, [row.cells for row in table.rows])
        if chosen:
            given = {normal(name): role for name, role in chosen.items()}
            replaced = set(given.values()) - {"guide", "skip", "tags", "maps", "links"}
            roles = tuple(
                given.get(normal(name), "guide" if role in replaced else role)
                for name, role in zip(table.names, roles, strict=True)
            )
        return cls(table, roles, notes)

    def read(self) -> list[tuple[str, str, OutlineEntry]]:
        """Return each item with its area and its group; empty where the table says neither."""
        for row in self.table.rows:
            self.row(row)
        return self.taken

    def row(self, row: RecordRow) -> None:
        """Take one row: an item, or the name of those below it."""
        cells = [cell.strip() for cell in row.cells]
        filled = [at for at, cell in enumerate(cells) if cell]
        if not filled or _is_rule(cells):
            return
        if self.is_heading(cells, filled):
            return
        title = self.one(cells, "title")
        self.area = self.prefixed(cells, "area") or self.area
        self.group = self.prefixed(cells, "group") or ("" if self.prefixed(cells, "area") else self.group)
        if not title:
            self.untitled(row, cells, filled)
            return
        self.taken.append((self.area, self.group, self.entry(row, cells, title)))

    def is_heading(self, cells: Sequence[str], filled: Sequence[int]) -> bool:
        """Return whether a row names the area of those below: it is alone in it, or repeats the names of columns."""
        names = [normal(name) for name in self.table.names]
        same = [at for at in filled if at < len(names) and names[at] and normal(cells[at]) == names[at]]
        if len(same) >= 2 or (same and len(same) == len(filled)):
            other = [at for at in filled if at not in same]
            if other:
                self.area, self.group, self.named_by_row = _bare(cells[other[0]]), "", True
            return True
        bold = [at for at in filled if cells[at].startswith("**") and cells[at].endswith("**")]
        is_alone = len(filled) == 1 and len(self.table.names) > 2 and self.roles[filled[0]] not in ("text", "guide")
        if is_alone and self.roles[filled[0]] == "title" and not bold and self.has_many_bare_titles():
            return False
        if is_alone or (len(bold) == len(filled) and len(filled) < len(self.table.names) and self.some_not_bold()):
            self.area, self.group, self.named_by_row = " ".join(_bare(cells[at]) for at in filled), "", True
            return True
        return False

    def has_many_bare_titles(self) -> bool:
        """Return whether so many rows hold a title alone that these are items without more."""
        alone = sum(1 for row in self.table.rows if sum(1 for cell in row.cells if cell.strip()) == 1)
        return alone * 2 > len(self.table.rows)

    def some_not_bold(self) -> bool:
        """Return whether there are rows in which something is not bold."""
        return any(cell.strip() and not cell.strip().startswith("**") for row in self.table.rows for cell in row.cells)

    def untitled(self, row: RecordRow, cells: Sequence[str], filled: Sequence[int]) -> None:
        """Let a row without a title go on with the item above it, as below merged cells."""
        if not self.taken:
            what = ", ".join(f"`{cells[at][:40]}`" for at in filled[:3])
            self.notes.left_out("rows without a title", row.line, detail=what)
            return
        area, group, above = self.taken[-1]
        more = self.entry(row, cells, above.title)
        traits = replace(
            above.traits,
            tags=tuple(dict.fromkeys(above.traits.tags + more.traits.tags)),
            maps=tuple(dict.fromkeys(above.traits.maps + more.traits.maps)),
            links=above.traits.links + more.traits.links,
            details=above.traits.details + more.traits.details,
        )
        text = "\n\n".join(filter(None, (above.text, more.text)))
        self.taken[-1] = (area, group, replace(above, text=text, traits=traits))

    def entry(self, row: RecordRow, cells: Sequence[str], title: str) -> OutlineEntry:
        """Return the item in a row."""
        titled = read_title(title.replace("\n", " "))
        at = self.roles.index("title") if "title" in self.roles else 0
        status, status_detail = self.status(cells)
        details = [*status_detail, *self.details(cells)]
        words = {role: plain_word(self.one(cells, role)) for role in ("priority", "effort", "level")}
        text = "\n\n".join(filter(None, (titled.rest, *self.many(cells, "text"))))
        return OutlineEntry(
            title=titled.text or plain_word(title) or title[:80],
            line=row.line,
            column=self.table.columns[at] if at < len(self.table.columns) else 1,
            is_task=True,
            status=status,
            text=text,
            traits=OutlineTraits(
                priority=words["priority"] or titled.priority,
                effort=words["effort"],
                level=words["level"] or self.marked_level(cells, details),
                owner=plain_word(self.one(cells, "owner")),
                tags=self.words(cells, "tags"),
                maps=self.maps(cells, details),
                links=(*titled.links, *self.links(cells, details)),
                details=tuple(details),
            ),
        )

    def one(self, cells: Sequence[str], role: str) -> str:
        """Return the first filled cell of a column with `role`."""
        return next(iter(self.many(cells, role)), "")

    def many(self, cells: Sequence[str], role: str) -> list[str]:
        """Return the filled cells of the columns with `role`."""
        return [cell for cell, each in zip(cells, self.roles, strict=False) if each == role and cell]

    def prefixed(self, cells: Sequence[str], role: str) -> str:
        """Return the area or group of a row, behind the id that a column such as `chapter_id` gives it."""
        value = _bare(self.one(cells, role))
        if not value:
            return ""
        name = normal(self.table.names[self.roles.index(role)])
        wanted = f"{name.removesuffix(' name')} id"
        for at, each in enumerate(self.table.names):
            if normal(each) == wanted and at < len(cells) and cells[at] and self.roles[at] != "title":
                return f"{cells[at]} {value}"
        return value

    def status(self, cells: Sequence[str]) -> tuple[Status | None, list[tuple[str, str]]]:
        """Return the state of a row; a word that is no state goes into the guide."""
        cell = self.one(cells, "status")
        if not cell:
            return None, []
        found = read_state(cell)
        if found is not None:
            return (None if found is Status.TODO else found), []
        return None, [(self.table.names[self.roles.index("status")] or "Status", cell)]

    def marked_level(self, cells: Sequence[str], details: list[tuple[str, str]]) -> str:
        """Return the first of the levels that a row marks; where the later ones have gaps, all of them are told."""
        places = [at for at, role in enumerate(self.roles) if role == "mark"]
        marked = [at for at in places if at < len(cells) and is_marked(cells[at]) is not False]
        details += [(self.table.names[at], cells[at]) for at in marked if is_marked(cells[at]) is None]
        if not marked:
            return ""
        if marked != places[places.index(marked[0]) :]:
            details.append(("Levels", ", ".join(self.table.names[at] for at in marked)))
        return plain_word(self.table.names[marked[0]])

    def words(self, cells: Sequence[str], role: str) -> tuple[str, ...]:
        """Return the words in the columns with `role`, each once."""
        found = [plain_word(word) for cell in self.many(cells, role) for word in _SPLIT.split(cell)]
        return tuple(dict.fromkeys(word for word in found if word))

    def maps(self, cells: Sequence[str], details: list[tuple[str, str]]) -> tuple[str, ...]:
        """Return the ids of a row: its own, then those of the standards that it names.

        The id of an area or group stands before its name; where that is empty, the id comes last.
        """
        found = []
        places = [at for at in range(len(self.roles[: len(cells)])) if not self.is_prefix(at, cells)]
        for at in sorted(places, key=self.is_id_of_area):
            role = self.roles[at]
            if role not in ("id", "maps") or not cells[at] or cells[at].casefold() in ("na", "n/a", "-", "none"):
                continue
            words = [plain_word(word) for word in _SPLIT.split(cells[at])]
            if all(_CONTROL.match(word) for word in words if word):
                found += [control(self.table.names[at], word) for word in words if word and role == "maps"]
                if role == "id":
                    found += [word for word in words if not word.isdigit()]
            else:
                details.append((self.table.names[at], cells[at]))
        return tuple(dict.fromkeys(word for word in found if word))

    def links(self, cells: Sequence[str], details: list[tuple[str, str]]) -> list[OutlineLink]:
        """Return the links of a row; a cell that says more than addresses goes into the guide."""
        found: list[OutlineLink] = []
        for at, role in enumerate(self.roles[: len(cells)]):
            if role != "links" or not cells[at]:
                continue
            links = links_of(cells[at])
            words = re.sub(r"https?://\S+|[\s,;|<>]+|<br>", "", cells[at])
            if links and not words and all(is_web(link.url) for link in links):
                found += links
            else:
                details.append((self.table.names[at], cells[at]))
        return found

    def details(self, cells: Sequence[str]) -> list[tuple[str, str]]:
        """Return the cells that go into the guide, each with the name of its column."""
        return [
            (self.table.names[at] or f"Column {at + 1}", cells[at])
            for at, role in enumerate(self.roles[: len(cells)])
            if role == "guide" and cells[at] and not self.is_prefix(at, cells)
        ]

    def is_prefix(self, at: int, cells: Sequence[str]) -> bool:
        """Return whether a cell holds the id of the area or group of the row, which stands before its name."""
        return any(each < len(cells) and cells[each] for each in self.named_by(at))

    def is_id_of_area(self, at: int) -> bool:
        """Return whether a column holds the ids of areas or groups."""
        return bool(self.named_by(at))

    def named_by(self, at: int) -> Sequence[int]:
        """Return the columns with the names of the areas or groups whose ids stand in the column `at`."""
        word = normal(self.table.names[at])
        stem = word.removesuffix(" id")
        return [
            place
            for place, (name, role) in enumerate(zip(self.table.names, self.roles, strict=True))
            if word != stem and role in ("area", "group") and normal(name).removesuffix(" name") == stem
        ]


def control(name: str, word: str) -> str:
    """Return the id of a control, behind the name of its standard where it is a number alone.

    >>> control("CWE", "79"), control("OWASP Top 10", "A1"), control("iso27001-2022", "8.31")
    ('CWE-79', 'A1', 'iso27001-2022-8.31')
    """
    return word if re.search(r"[^\W\d_]", word) else f"{name.strip()}-{word}"


def read_state(cell: str) -> Status | None:
    """Return the state that a cell stands for; None where it is no state."""
    bare = cell.strip().strip("*_`").strip()
    if box := _BOX.match(bare):
        return box_state(box["mark"])
    sign, word = bare.rstrip("\ufe0f"), plain_word(bare).casefold()
    if sign in _TICKED or word in _DONE:
        return Status.DONE
    if sign in _OPEN or word in _TODO:
        return Status.TODO
    if sign in _DOING or word in _DOING:
        return Status.DOING
    return state(word) if word else None


def box_state(mark: str) -> Status:
    """Return the state that the sign in a box stands for."""
    if mark in ("x", "X", "v", "V", "*", "+", "\u2713", "\u2714", "\u2705", "\u2611"):
        return Status.DONE
    return Status.DOING if mark in ("/", "~", ">", "o", "O", ".", "\u25d0") else Status.TODO


def _is_rule(cells: Sequence[str]) -> bool:
    return all(not cell.strip("-: ") for cell in cells)


def _bare(cell: str) -> str:
    return read_title(cell.replace("\n", " ")).text


def sections_of(taken: Sequence[tuple[str, str, OutlineEntry]], *, title: str, line: int) -> tuple[OutlineSection, ...]:
    """Return items as sections, one for each area, with their groups; `title` names the area of those without one."""
    areas: dict[str, dict[str, list[OutlineEntry]]] = {}
    for area, group, entry in taken:
        areas.setdefault(area or title, {}).setdefault(group, []).append(entry)
    return tuple(
        OutlineSection(
            title=area,
            line=_first(groups) or line,
            column=1,
            entries=tuple(groups.get("", ())),
            sections=tuple(
                OutlineSection(group, entries[0].line, 1, entries=tuple(entries))
                for group, entries in groups.items()
                if group
            ),
        )
        for area, groups in areas.items()
    )


def _first(groups: Mapping[str, Sequence[OutlineEntry]]) -> int:
    return min((entries[0].line for entries in groups.values() if entries), default=0)
