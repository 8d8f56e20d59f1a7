#!/usr/bin/env bash
# Markdown 3.11.3, extensions footnotes and attr_list
#
# A paragraph's attribute list is printed as text where the paragraph ends a footnote: the way back from the footnote is
# set behind the paragraph's last word before attribute lists are looked for, so the list no longer ends the line.
#
# Expected: as documented, an attribute list in a line of its own at the end of a block gives the block its attributes.
# Seen:     the first paragraph of the footnote gets its class, the last one is followed by "{: .source }" on the page.
#           The order in which the two extensions are named makes no difference.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check Markdown==3.11.3
"$folder/venv/bin/python" - <<'PYTHON'
import re
import sys

import markdown

TEXT = """Agreed.[^1]
{: .claim }

[^1]: In spring.
    {: .when }

    By the board.
    {: .source }
"""

for order in (["footnotes", "attr_list"], ["attr_list", "footnotes"]):
    paragraphs = re.findall(r"<p.*?</p>", markdown.markdown(TEXT, extensions=order), re.DOTALL)
    shown = [re.sub(r"<(sup|a) .*</\1>|&#160;", "", paragraph) for paragraph in paragraphs]
    print(" and ".join(order), shown, sep=": ")
    last = "<p>By the board.\n{: .source }</p>"
    if shown != ['<p class="claim">Agreed.</p>', '<p class="when">In spring.</p>', last]:
        sys.exit(1)
PYTHON
