"""List the checks of the content, in the order in which the manual shows them."""

from __future__ import annotations

from opsbook.content import never_fires
from opsbook.content.model import ContentCheck

CHECKS: tuple[ContentCheck, ...] = (never_fires.CHECK,)
