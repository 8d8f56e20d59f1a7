// How long ago something was, and whether it is overdue, at view time: an old copy of a page says so too. What is said
// of something late stands in an attribute until then, so that whoever reads the HTML does not take it for said.
import { all } from "./dom.js";

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

/** @param {number} days */
function ago(days) {
  if (days < 1) return "today";
  if (days === 1) return "yesterday";
  if (days < 60) return `${days} days ago`;
  return days < 730 ? `${Math.round(days / 30.44)} months ago` : `${Math.floor(days / 365.25)} years ago`;
}
