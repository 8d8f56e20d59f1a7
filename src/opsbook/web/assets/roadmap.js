// Marks today in the roadmap picture, at view time, so that an old copy of the page is right too.
import { draw } from "./dom.js";
import { LANGUAGE } from "./words.js";

const WEEK = 7 * 24 * 3600 * 1000;

/** @param {HTMLElement} chart */
export function today(chart) {
  const picture = chart.querySelector("svg");
  if (!picture) return;
  const weeks = Number(picture.dataset.weeks);
  const left = Number(picture.dataset.left);
  const { width, height } = picture.viewBox.baseVal;
  const passed = (Date.now() - Date.parse(chart.dataset.start ?? "")) / WEEK;
  if (!(passed >= 0 && passed <= weeks)) return;
  const x = left + ((width - left) * passed) / weeks;
  const line = { x1: x, x2: x, y1: 20, y2: height, class: "ob-gantt__today" };
  picture.append(
    draw(
      "line",
      line,
      draw("title", { lang: LANGUAGE }, new Intl.RelativeTimeFormat(LANGUAGE, { numeric: "auto" }).format(0, "day")),
    ),
  );
}
