from __future__ import annotations

import pytest

from opsbook.snippets.hcl_layout import layout_problems

RIGHT = [
    "a = 1",
    "a   = 1\nbcd = 2\n\ne = 3",
    "a = 1\nblock {\n  cd = 2\n}\ne = 3",
    "a = {\n  b = 1\n}\nlong_one = 2",
    "a = f({\n  b = 1\n  }, {\n  c = 2\n})",
    "a = [{\n  b = 1\n  cd = [\n    2,\n  ]\n}]",
    'a = "${f({ b = "}" })}" # = {\nb = 2 // [\nc = 3 /* ( */',
    "/* a = {\n    b = 1 */\na = 1",
    "a = <<-EOT\n      b = 1 {\n  EOT\nlonger = 2",
    "a = b == c ? 1 : 2\nd = { for k, v in e : k => v if v >= 1 && v != 2 }",
    'statement { actions = ["a"] }\nab = 1',
    "a = (\n  b\n  ? 1\n  : 2\n)",
]
WRONG = [
    ("a=1", [(1, 2, "`terraform fmt` puts this `=` one blank after its key")]),
    ("a = 1\nbcd = 2", [(1, 3, "`terraform fmt` puts this `=` in column 5, below its neighbours")]),
    ("a {\n    b = 1\n}", [(2, 5, "`terraform fmt` indents this line by 2 blanks, not by 4")]),
    ("a {\n  b = [\n  1,\n  ]\n  }", [
        (3, 3, "`terraform fmt` indents this line by 4 blanks, not by 2"),
        (5, 3, "`terraform fmt` indents this line by 0 blanks, not by 2"),
    ]),
]  # fmt: skip


@pytest.mark.parametrize("code", RIGHT)
def test_what_the_formatter_leaves_alone_is_right(code: str) -> None:
    assert list(layout_problems(code)) == []


@pytest.mark.parametrize(("code", "expected"), WRONG)
def test_what_the_formatter_would_change_is_told(code: str, expected: list[tuple[int, int, str]]) -> None:
    assert list(layout_problems(code)) == expected
