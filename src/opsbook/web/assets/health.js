// Health: counts what is overdue at view time, so that an old copy of the page is right too.
import { all } from "./dom.js";
import { count, day, say } from "./words.js";

const DAY = 24 * 3600 * 1000;
const SOON = 30;

/** @param {HTMLElement} counts */
export function health(counts) {
  const now = Date.now();
  for (const link of all("a[data-ob-dated]", HTMLElement, counts)) {
    const rows = all(`[data-ob-topic="${link.dataset.obDated ?? ""}"] > [data-ob-day]`, HTMLElement);
    const ends = rows.map((row) => Date.parse(row.dataset.obDay ?? "") + DAY);
    const late = ends.filter((end) => end <= now).length;
    const soon = ends.filter((end) => end > now && end <= now + SOON * DAY).length;
    link.classList.toggle("ob-health--well", late === 0);
    const [number, name] = link.children;
    if (number) number.textContent = count(late);
    const more = document.createElement("small");
    name?.after(Object.assign(more, say("overdue, and %(soon)s more within %(days)s days", { soon, days: SOON })));
  }
  const isWell = counts.querySelector(":scope > li > a:not(.ob-health--well)") === null;
  // Not in the page before: whoever makes text of it takes what is hidden for said.
  for (const said of all("[data-ob-all-well]", HTMLElement)) {
    said.hidden = !isWell;
    said.textContent = isWell ? (said.dataset.obAllWell ?? "") : "";
  }
  for (const said of all("[data-ob-as-of]", HTMLElement)) {
    Object.assign(said, say("As of %(day)s, by the clock of this browser.", { day: day(new Date(now).toISOString()) }));
  }
}
