// Pan and zoom for one drawing: buttons, wheel with Ctrl, two fingers, dragging, and the keys + - 0 and the arrows.
import { button, make, one } from "./dom.js";
import { windowOn } from "./drawing-window.js";
import { gettext } from "./words.js";

const STEP = 1.25;
const WHOLE = "ob-drawing__view--whole";
const DRAGGED = 8; // Pixels after which a press was no click.

/** @typedef {import("./drawing-window.js").DrawingWindow} DrawingWindow */

/** @param {HTMLElement} figure */
export function panZoom(figure) {
  const view = one(".ob-drawing__view", HTMLElement, figure);
  const svg = one("svg", SVGSVGElement, view);
  const shown = withNaturalSize(windowOn(svg, view), svg, view);
  one("figcaption", HTMLElement, figure).append(zoomButtons(shown));
  view.tabIndex = 0;
  view.setAttribute("role", "group");
  view.setAttribute("aria-label", gettext("Drawing: zoom with + and -, move with the arrow keys, 0 shows all"));
  view.classList.add("ob-drawing__view--live");
  byKeys(view, shown);
  byWheel(view, shown);
  byPointers(view, shown);
}

/**
 * Returns `shown` with two sizes on a phone in place of many, if the drawing is wider than that: the whole drawing, or
 * as large as it was laid out, which can be read and is moved as the page is. A phone begins with that.
 *
 * @param {DrawingWindow} shown
 * @param {SVGSVGElement} svg
 * @param {HTMLElement} view
 * @returns {DrawingWindow}
 */
function withNaturalSize(shown, svg, view) {
  const phone = matchMedia("(max-width: 44.9375em)");
  const hasTwo = () => phone.matches && !shown.isZoomed() && svg.width.baseVal.value > view.clientWidth;
  return {
    ...shown,
    showAll() {
      shown.showAll();
      view.classList.add(WHOLE);
    },
    zoom(factor, place) {
      if (hasTwo()) view.classList.toggle(WHOLE, factor < 1);
      else shown.zoom(factor, place);
    },
  };
}

/** @param {DrawingWindow} shown */
function zoomButtons({ zoom, showAll }) {
  const labelled = (/** @type {string} */ label, /** @type {string} */ sign, /** @type {() => void} */ act) => {
    const made = Object.assign(button({ textContent: sign }, act, ""), { title: label });
    made.setAttribute("aria-label", label);
    return made;
  };
  return make(
    "span",
    { className: "ob-drawing__buttons" },
    labelled(gettext("Zoom in"), "+", () => zoom(STEP)),
    labelled(gettext("Zoom out"), "−", () => zoom(1 / STEP)),
    labelled(gettext("Show all"), "⤢", showAll),
  );
}

/**
 * @param {HTMLElement} view
 * @param {DrawingWindow} shown
 */
function byKeys(view, { zoom, move, showAll, isZoomed }) {
  /** @type {Record<string, () => void>} */
  const acts = {
    "+": () => zoom(STEP),
    "=": () => zoom(STEP),
    "-": () => zoom(1 / STEP),
    0: showAll,
    ArrowLeft: () => move(-0.1, 0),
    ArrowRight: () => move(0.1, 0),
    ArrowUp: () => move(0, -0.1),
    ArrowDown: () => move(0, 0.1),
  };
  view.addEventListener("keydown", (event) => {
    const act = acts[event.key];
    if (!act || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key.startsWith("Arrow") && !isZoomed()) return;
    event.preventDefault();
    act();
  });
}

/**
 * @param {HTMLElement} view
 * @param {DrawingWindow} shown
 */
function byWheel(view, { zoom }) {
  const turned = (/** @type {WheelEvent} */ event) => {
    if (!event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    zoom(event.deltaY < 0 ? STEP : 1 / STEP, event);
  };
  view.addEventListener("wheel", turned, { passive: false });
}

/**
 * @param {HTMLElement} view
 * @param {DrawingWindow} shown
 */
function byPointers(view, shown) {
  /** @type {Map<number, PointerEvent>} */
  const pointers = new Map();
  let moved = 0;
  view.addEventListener("pointerdown", (event) => {
    if (event.button) return;
    pointers.set(event.pointerId, event);
    moved = 0;
  });
  view.addEventListener("pointermove", (event) => {
    const before = pointers.get(event.pointerId);
    if (!before) return;
    const other = [...pointers.values()].find(({ pointerId }) => pointerId !== event.pointerId);
    if (other && pointers.size === 2) pinch(shown, before, event, other);
    else if (shown.isZoomed()) shown.drag(before.clientX - event.clientX, before.clientY - event.clientY);
    moved += Math.abs(before.clientX - event.clientX) + Math.abs(before.clientY - event.clientY);
    pointers.set(event.pointerId, event);
  });
  for (const end of /** @type {const} */ (["pointerup", "pointercancel", "pointerleave"])) {
    view.addEventListener(end, (event) => pointers.delete(event.pointerId));
  }
  // A drag that ends on a node is not a click on it.
  view.addEventListener("click", (event) => moved > DRAGGED && event.preventDefault(), true);
  view.addEventListener("dragstart", (event) => event.preventDefault());
}

/**
 * Zooms as one of two fingers moves, around the middle of the two.
 *
 * @param {DrawingWindow} shown
 * @param {PointerEvent} before
 * @param {PointerEvent} after
 * @param {PointerEvent} other
 */
function pinch({ zoom }, before, after, other) {
  const was = Math.hypot(before.clientX - other.clientX, before.clientY - other.clientY);
  const is = Math.hypot(after.clientX - other.clientX, after.clientY - other.clientY);
  const middle = { clientX: (after.clientX + other.clientX) / 2, clientY: (after.clientY + other.clientY) / 2 };
  if (was) zoom(is / was, middle);
}
