// The parts of the site that need a script. Each looks for its own element and stays away where there is none.
import { ages } from "./dates.js";
import { all } from "./dom.js";
import { panZoom } from "./drawing.js";
import { filter } from "./filter.js";
import { copyNote, keepCopy } from "./offline.js";
import { card, resume, track } from "./onboarding.js";
import { onEachPage } from "./page.js";
import { template } from "./postmortem.js";
import { today } from "./roadmap.js";
import { runbook } from "./runbook.js";
import { close, tooltips } from "./tooltip.js";

/** @typedef {(left: AbortSignal) => void} Part */

/** @type {Part[]} */
const PARTS = [
  close,
  copyNote,
  ages,
  runbook,
  each("[data-ob-filter]", HTMLFormElement, filter),
  each("[data-start]", HTMLElement, today),
  each("[data-ob-drawing]", HTMLElement, panZoom),
  each("[data-ob-track]", HTMLElement, track),
  each("[data-ob-track-card]", HTMLElement, card),
  each("[data-ob-resume]", HTMLElement, resume),
  each("[data-ob-template]", HTMLElement, template),
  each("label.ob-incident__search", HTMLElement, openByKeys),
  each(".md-content", HTMLElement, withoutLandmarks),
  each(".md-content", HTMLElement, withReachableTables),
];

tooltips();
keepCopy();
onEachPage((left) => {
  for (const part of PARTS) {
    try {
      part(left);
    } catch (error) {
      reportError(error); // The other parts are not to go with it.
    }
  }
});

/**
 * @template {Element} T
 * @param {string} selector
 * @param {new () => T} kind
 * @param {(element: T, left: AbortSignal) => void} setUp
 * @returns {Part}
 */
function each(selector, kind, setUp) {
  return (left) => {
    for (const element of all(selector, kind)) setUp(element, left);
  };
}

/**
 * Home: the box that looks like the search opens it by keyboard too.
 *
 * @param {HTMLElement} label
 */
function openByKeys(label) {
  label.addEventListener("keydown", (event) => {
    if (event.key === "Enter" || event.key === " ") label.click();
  });
}

/**
 * The theme makes the copy button of each block a landmark of its own, which a screen reader would list one by one.
 *
 * @param {HTMLElement} content
 */
function withoutLandmarks(content) {
  const plain = () => {
    for (const nav of all(".md-code__nav:not([role])", HTMLElement, content)) nav.setAttribute("role", "none");
  };
  plain();
  new MutationObserver(plain).observe(content, { childList: true, subtree: true });
}

/**
 * The theme lets a wide table scroll in a frame, to which no key leads where the table has no link.
 *
 * @param {HTMLElement} content
 * @param {AbortSignal} left
 */
function withReachableTables(content, left) {
  const resized = new ResizeObserver((entries) => {
    for (const { target } of entries) {
      if (target.scrollWidth > target.clientWidth) target.setAttribute("tabindex", "0");
      else target.removeAttribute("tabindex");
    }
  });
  // The theme puts the frames around the tables when it has come that far.
  const added = new MutationObserver(observe);
  function observe() {
    for (const frame of all(".md-typeset__scrollwrap", HTMLElement, content)) resized.observe(frame);
  }
  observe();
  added.observe(content, { childList: true, subtree: true });
  left.addEventListener("abort", () => {
    added.disconnect();
    resized.disconnect();
  });
}
