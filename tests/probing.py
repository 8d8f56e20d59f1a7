"""Scripts that look for what a text made of itself in a page."""

from __future__ import annotations

WATCH = """
window.probed = [];
new MutationObserver((changes) => {
  const found = document.querySelectorAll("[data-probe]");
  for (const each of found) window.probed.push(each.outerHTML);
}).observe(document, { subtree: true, childList: true, attributes: true });
window.alert = window.confirm = window.prompt = (said) => window.probed.push(`dialog: ${said}`);
"""
"""Remembers each element that a marker made at any time, even if it is gone by now."""

TOUCH = """async () => {
  const all = document.querySelectorAll("[title], abbr, .md-ellipsis, summary, a, button, label, [tabindex]");
  for (const each of all) {
    for (const type of ["pointerover", "pointerenter", "mouseover", "mouseenter"]) {
      each.dispatchEvent(new PointerEvent(type, { bubbles: true, pointerType: "mouse" }));
    }
    each.focus();
    if (each.matches("summary")) each.click();
  }
  await new Promise((done) => setTimeout(done, 600));
  return all.length;
}"""
"""Hovers and focuses everything that can be."""
