"""Write the service worker of a site."""

from __future__ import annotations

WORKER = "sw.js"
