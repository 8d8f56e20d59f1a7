// How long ago something was, and whether it is overdue, at view time: an old copy of a page says so too. What is said
// of something late stands in an attribute until then, so that whoever reads the HTML does not take it for said.
import { all } from "./dom.js";
import { LANGUAGE } from "./words.js";

const DAY = 24 * 3600 * 1000;

export function ages() {
  for (const time of all("time[data-ob-ago]", HTMLTimeElement)) {
    time.title = time.textContent;
    time.textContent = ago(Math.floor((Date.now() - Date.parse(time.dateTime)) / DAY));
  }
  for (const notice of all("[data-ob-due]", HTMLElement)) {
    notice.hidden = Date.now() < Date.parse(notice.dataset.obDue ?? "") + DAY;
    notice.textContent = notice.hidden ? "" : (notice.dataset.obLate ?? "");
  }
}

const passed = new Intl.RelativeTimeFormat(LANGUAGE, { numeric: "auto" });

/** @param {number} days */
function ago(days) {
  if (days < 60) return passed.format(-Math.max(days, 0), "day");
  return days < 730
    ? passed.format(-Math.round(days / 30.44), "month")
    : passed.format(-Math.floor(days / 365.25), "year");
}
