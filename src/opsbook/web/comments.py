"""Strip the comments from scripts and styles, since they are for those who change them and not for the site."""

from __future__ import annotations


def strip_comments(text: str) -> str:
    r"""Return a script or a style sheet without the comments that take whole lines.

    >>> strip_comments("// Why\nlet a = 1; // how\n  /**\n   * What\n   */\nlet b = /** @type {any} */ (a);\n")
    'let a = 1; // how\nlet b = /** @type {any} */ (a);\n'
    """
    kept: list[str] = []
    is_inside = False
    for line in text.splitlines(keepends=True):
        words = line.strip()
        if is_inside:
            is_inside = not words.endswith("*/")
        elif words.startswith("/*") and not words.endswith("*/") and "*/" not in words:
            is_inside = True
        elif not words.startswith("//") and not (words.startswith("/*") and words.endswith("*/")):
            kept.append(line)
    return "".join(kept)
