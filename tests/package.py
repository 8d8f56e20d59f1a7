"""Where the engine under test lies."""

from __future__ import annotations

from pathlib import Path

import opsbook

PACKAGE = Path(opsbook.__file__).parent
ASSETS = PACKAGE / "web" / "assets"
