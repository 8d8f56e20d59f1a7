// The part of a drawing that is shown, and what changes it. It is never larger than the drawing, and never beyond it.

const MOST = 8; // How many times as large as the whole drawing a part is shown at most.

/** @typedef {ReturnType<typeof windowOn>} DrawingWindow */

/**
 * Returns what moves and zooms the part of `svg` that `view` shows.
 *
 * @param {SVGSVGElement} svg
 * @param {HTMLElement} view
 */
export function windowOn(svg, view) {
  const { x, y, width, height } = svg.viewBox.baseVal;
  const full = { x, y, width, height };
  const box = { ...full };
  const fitting = (/** @type {number} */ wanted) => Math.min(full.width, Math.max(full.width / MOST, wanted));

  function show() {
    box.width = fitting(box.width);
    box.height = (box.width * full.height) / full.width;
    box.x = clamp(box.x, full.x, full.x + full.width - box.width);
    box.y = clamp(box.y, full.y, full.y + full.height - box.height);
    svg.setAttribute("viewBox", `${box.x} ${box.y} ${box.width} ${box.height}`);
    view.classList.toggle("ob-drawing__view--zoomed", box.width < full.width);
  }

  return {
    isZoomed: () => box.width < full.width,
    showAll() {
      Object.assign(box, full);
      show();
    },
    /**
     * Moves by parts of what is shown.
     *
     * @param {number} across
     * @param {number} down
     */
    move(across, down) {
      box.x += across * box.width;
      box.y += down * box.width;
      show();
    },
    /**
     * Moves by pixels of the screen.
     *
     * @param {number} across
     * @param {number} down
     */
    drag(across, down) {
      const scale = box.width / svg.getBoundingClientRect().width;
      box.x += across * scale;
      box.y += down * scale;
      show();
    },
    /**
     * Zooms around a place of the screen, or around the middle.
     *
     * @param {number} factor
     * @param {{ clientX: number, clientY: number }} [place]
     */
    zoom(factor, place) {
      const rect = svg.getBoundingClientRect();
      const across = place ? (place.clientX - rect.left) / rect.width : 0.5;
      const down = place ? (place.clientY - rect.top) / rect.height : 0.5;
      const width = fitting(box.width / factor);
      const height = (width * full.height) / full.width;
      box.x += (box.width - width) * across;
      box.y += (box.height - height) * down;
      box.width = width;
      show();
    },
  };
}

/**
 * @param {number} value
 * @param {number} least
 * @param {number} most
 */
function clamp(value, least, most) {
  return Math.min(Math.max(value, least), Math.max(least, most));
}
