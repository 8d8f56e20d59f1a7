"""Say what a column of a table, or a key of a record, holds: by its name in several languages, else by its cells."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from opsbook.convert.vocabulary import is_state

ROLES = (
    *("title", "text", "area", "group", "status", "priority", "effort", "level", "owner", "tags", "maps", "links"),
    *("id", "guide", "skip"),
)
"""What a column may be. `guide` keeps it in the guide of the item, under its name; `skip` leaves it out."""

SEVERAL = frozenset({"tags", "maps", "links", "guide", "skip", "text", "id"})
"""The roles that several columns may have together."""

# English first, then German, French, Spanish, Italian, Portuguese, Dutch, Polish, Russian, Chinese, Japanese, Korean.
_NAMES: Mapping[str, str] = {
    "title": """summary|title|check name|test name|issue name|task name|item name|control name|practice name|name|
        task|item|checklist item|check|point|todo|to do|action|activity|practice|best practice|control|requirement|
        question|subject|headline|heading|step|security|line summary|issue|story|what|vulnerability name|verification|
        criteria|criterion|rule|prüfpunkt|titel|aufgabe|massnahme|maßnahme|anforderung|frage|punkt|bezeichnung|thema|
        zusammenfassung|prüfung|titre|nom|tâche|exigence|résumé|point de contrôle|mesure|título|titulo|nombre|tarea|
        requisito|resumen|punto|pregunta|titolo|nome|attività|compito|tarefa|item de verificação|pergunta|taak|
        onderwerp|naam|vraag|tytuł|zadanie|nazwa|wymaganie|название|задача|пункт|требование|标题|任务|名称|检查项|
        项目|要求|標題|タイトル|項目|チェック項目|件名|제목|항목|작업""",
    "text": """description|details|detail|details and hints|short description|text|explanation|body|content|
        req description|requirement description|displaytext|preface|intro|
        objective|objectives|line|statement|long description|full description|
        beschreibung|einzelheiten|erläuterung|erklärung|inhalt|détails|détail|explication|descripción|descripcion|
        detalles|explicación|descrizione|dettagli|descrição|descricao|detalhes|beschrijving|toelichting|opis|
        szczegóły|описание|подробности|描述|说明|详情|說明|説明|詳細|설명|내용""",
    "area": """category|area|chapter name|chapter|domain|pillar|component|components|component s|epic|epic name|
        epic link|module|section|topic|theme|part|main category|dimension|waf pillar|phase|kategorie|bereich|gebiet|
        abschnitt|kapitel|komponente|catégorie|domaine|section|chapitre|categoría|categoria|área|sección|ámbito|
        categoria|settore|sezione|seção|categorie|gebied|hoofdstuk|kategoria|obszar|категория|область|раздел|分类|
        类别|領域|领域|分類|カテゴリ|カテゴリー|区分|분류|카테고리|영역""",
    "group": """group|subcategory|sub category|section name|subsection|sub section|subdomain|sub domain|sub area|
        subarea|control family|family|gruppe|unterkategorie|unterbereich|groupe|sous catégorie|grupo|subcategoría|
        subcategoria|sottocategoria|gruppo|subcategorie|grupa|podkategoria|группа|подкатегория|子类|子类别|組|小分類|
        グループ|그룹|하위 분류""",
    "status": """status|state|done|checkbox|checked|completed|complete|finished|progress|result|check status|
        is implemented|
        isimplemented|implemented|erledigt|zustand|stand|fertig|statut|état|fait|terminé|estado|hecho|completado|
        stato|fatto|feito|concluído|situação|klaar|gereed|stan|gotowe|статус|состояние|готово|状态|完成|狀態|状況|
        ステータス|상태|완료""",
    "priority": """priority|severity|importance|prio|criticality|urgency|priority level|priorität|prioritaet|
        schweregrad|wichtigkeit|dringlichkeit|kritikalität|priorité|gravité|sévérité|importance|prioridad|severidad|
        gravedad|importancia|priorità|gravità|importanza|prioridade|severidade|prioriteit|ernst|priorytet|ważność|
        приоритет|важность|优先级|严重程度|优先|優先度|重要度|우선순위|중요도""",
    "effort": """effort|estimate|estimation|story points|story point estimate|size|t shirt size|cost|
        original estimate|aufwand|schätzung|grösse|größe|charge|effort estimé|taille|esfuerzo|estimación|sforzo|
        stima|esforço|estimativa|inspanning|schatting|nakład|трудоёмкость|оценка|工作量|工数|見積|노력|공수""",
    "level": """level|maturity|maturity level|l|tier|asvs level|stufe|reifegrad|ebene|niveau|nivel|nível|livello|
        poziom|уровень|级别|等级|レベル|수준|레벨|applicability""",
    "owner": """owner|assignee|assigned to|responsible|responsibility|team|who|dri|verantwortlich|
        verantwortlicher|zuständig|bearbeiter|responsable|assigné|attribué à|responsabile|assegnatario|responsável|
        asignado|verantwoordelijke|eigenaar|właściciel|odpowiedzialny|ответственный|исполнитель|负责人|担当|担当者|
        담당자""",
    "tags": """tags|tag|labels|label|keywords|keyword|scope|schlagwörter|schlagworte|etiketten|stichwörter|
        étiquettes|mots clés|etiquetas|etichette|palavras chave|trefwoorden|etykiety|метки|теги|标签|標籤|タグ|ラベル|
        태그|라벨""",
    "maps": """maps|mapping|mappings|standard|standards|cwe|nist|cis|iso|iso27001|iso 27001|soc2|soc 2|pci|pci dss|
        wcag|owasp|owasp top 10|mitre|control id|compliance|guidelines|normen|norm|norme|normes|norma|normas""",
    "links": """link|links|url|urls|reference url|reference|references|more info|more information|source|docs|
        documentation|resources|resource|training|learn more|see also|read more|verweis|verweise|quelle|quellen|
        lien|liens|référence|références|enlace|enlaces|referencia|referencias|collegamento|riferimenti|ligação|
        referências|verwijzing|bron|odnośnik|źródło|ссылка|источник|链接|参考|連結|リンク|参考資料|링크|참고""",
    "id": """id|key|issue key|#|no|nr|no.|nº|n°|number|num|test id|req id|requirement id|item id|shortcode|code|
        ref|wstg id|line id|section id|identifier|kennung|nummer|identifiant|numéro|número|numero|identificador|
        номер|编号|番号|번호""",
    "skip": """guid|uuid|issue id|ordinal|created|updated|last viewed|votes|watchers|watchers id|creator|creator id|
        reporter|reporter id|assignee id|parent id|project key|project name|project type|project lead|
        project lead id|project description|project url|created time|created by|last edited time|last edited by|
        issue type|checkboxid|slug|icon|color|colour|status category|status category changed|inward issue link|
        outward issue link|rank|work ratio""",
}
_WORDS = {
    " ".join(name.split()): (role, rank) for role, names in _NAMES.items() for rank, name in enumerate(names.split("|"))
}
_LAST = ("summary", "title", "name", "description", "url", "link", "id", "status", "priority", "severity")
_LEVEL = re.compile(r"(?:level|l|stufe|niveau|nivel|nível|livello|poziom|уровень|レベル|级别)[ -]?(?P<which>\w{1,3})$")
_MARKS = frozenset(("x", "✓", "✔", "✅", "☑", "●", "•", "yes", "ja", "oui", "sí", "true", "1", ":white_check_mark:"))
_NEARLY_ALL = 0.9
_NO_MARKS = frozenset(("", "-", "–", "no", "nein", "non", "false", "0", ":x:", "❌", "☐", "n/a"))

_BOXES = frozenset(
    (
        *("[ ]", "[]", "[x]", "[X]", "☐", "☑", "☒", "⬜", "⬛", "✅", "❌", "✓", "✗", "✔", "🔲", "🔳", "◻", "□"),
        *(":black_square_button:", ":white_square_button:", ":white_check_mark:", ":heavy_check_mark:", ":x:"),
        *(":ballot_box_with_check:", ":white_large_square:", ":black_large_square:"),
    )
)


def normal(name: str) -> str:
    """Return the name of a column in the form in which names are compared.

    >>> normal("Issue_Key"), normal("**Details & Hints**"), normal("dependsOn")
    ('issue key', 'details hints', 'depends on')
    """
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name)
    return " ".join(re.sub(r"[^\w#°º]+|_", " ", spaced).casefold().split())


def role_of(name: str) -> tuple[str, int]:
    """Return what a column of this `name` holds and the rank of the name among those of its role; "guide" for none."""
    word = normal(name)
    if word.startswith("custom field "):  # As Jira exports fields of one's own: `Custom field (Story Points)`.
        word = word.removeprefix("custom field ")
    found = _WORDS.get(word) or _WORDS.get(word.replace(" and ", " "))
    if found is None and word.endswith(" s"):
        found = _WORDS.get(word[:-2])
    if found is None and (last := word.rpartition(" ")[2]) in _LAST and " " in word:
        role, rank = _WORDS[last]
        found = (role, rank + 100)
    return found or ("guide", 0)


def is_level(name: str) -> bool:
    """Return whether this is the name of one level, such as `Level 2`, under which a mark says that an item has it."""
    return _LEVEL.match(normal(name)) is not None


def is_marked(cell: str) -> bool | None:
    """Return whether `cell` has a mark; None where it holds something else."""
    word = cell.strip().casefold()
    return True if word in _MARKS else False if word in _NO_MARKS else None


def guess(names: Sequence[str], rows: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """Return the role of each column: by its name, then by the cells in `rows` where no column has the title."""
    marked = [is_level(name) and _are_marks(_cells(rows, at)) for at, name in enumerate(names)]
    if sum(marked) < 2:
        marked = [False] * len(names)
    if "status" not in {role_of(name)[0] for name in names}:
        boxes = [at for at in range(len(names)) if not marked[at] and is_boxed(rows, at)]
    else:
        boxes = []
    ranked = [
        ("mark", 0) if is_mark else ("status", 0) if at in boxes[:1] else role_of(name)
        for at, (name, is_mark) in enumerate(zip(names, marked, strict=True))
    ]
    roles = [role for role, _ in ranked]
    for role in ROLES:
        places = [at for at, each in enumerate(roles) if each == role]
        if role in SEVERAL or len({normal(names[at]) for at in places}) < 2:
            continue
        best = min(places, key=lambda at: (not any(_cells(rows, at)), ranked[at][1]))
        for at in places:
            if normal(names[at]) != normal(names[best]):
                roles[at] = _second(role, names[at])
    return tuple(_titled(names, rows, roles))


def _second(role: str, name: str) -> str:
    """Return what a column is where another one has its `role`."""
    if role == "area" and normal(name) in ("section", "component", "components", "topic", "part"):
        return "group"
    return "guide"


def _titled(names: Sequence[str], rows: Sequence[Sequence[str]], roles: list[str]) -> list[str]:
    """Return `roles` with a title: the text where it has a column, else the column that says most."""
    texts = [at for at, role in enumerate(roles) if role == "text"]
    best_text = max(texts, key=lambda at: (sum(map(bool, _cells(rows, at))), -role_of(names[at])[1]), default=None)
    if "title" in roles:
        filled = sum(map(bool, _cells(rows, roles.index("title"))))
        of_text = 0 if best_text is None else sum(map(bool, _cells(rows, best_text)))
        if filled and filled * 2 >= of_text:
            return roles
        roles[roles.index("title")] = "guide"
    if best_text is not None:
        heading = next((at for at, role in enumerate(roles) if role == "guide" and _heads(rows, at, best_text)), None)
        roles[best_text if heading is None else heading] = "title"
        return roles
    free = [at for at, role in enumerate(roles) if role in ("guide", "area", "group", "id", "maps")]
    words = {at: sum(len(cell) for cell in set(_cells(rows, at)) if not is_state(cell)) for at in free}
    free = [at for at in free if words[at]]
    if free:
        best = max(free, key=lambda at: words[at])
        first = free[0]
        roles[first if words[first] * 3 > words[best] else best] = "title"
    return roles


def _heads(rows: Sequence[Sequence[str]], at: int, text: int) -> bool:
    """Return whether the column `at` names, row by row, what the column `text` says in full."""
    pairs = [(named, said) for named, said in zip(_cells(rows, at), _cells(rows, text), strict=False) if named and said]
    names = [named for named, _ in pairs]
    return (
        len(pairs) * 2 >= sum(map(bool, _cells(rows, text)))
        and len(set(names)) * 4 >= len(names) * 3
        and sum(len(named) * 2 <= len(said) and any(map(str.isalpha, named)) for named, said in pairs)
        >= _NEARLY_ALL * len(pairs)
        and any(" " in named for named in names)
    )


def _are_marks(cells: Sequence[str]) -> bool:
    """Return whether nearly all of `cells` hold a mark or none; now and then one has a word instead."""
    return sum(is_marked(cell) is not None for cell in cells) >= _NEARLY_ALL * len(cells)


def is_boxed(rows: Sequence[Sequence[str]], at: int) -> bool:
    """Return whether the column `at` holds boxes and nothing else."""
    cells = [cell for cell in _cells(rows, at) if cell]
    return bool(cells) and all(cell in _BOXES or cell.rstrip("\ufe0f") in _BOXES for cell in cells)


def _cells(rows: Sequence[Sequence[str]], at: int) -> list[str]:
    return [row[at].strip() for row in rows if at < len(row)]
