// Marks today in the roadmap picture, at view time, so that an old copy of the page is right too.
const WEEK = 7 * 24 * 3600 * 1000;

export function today(chart) {
  const picture = chart.querySelector("svg");
  if (!picture) return;
  const weeks = Number(picture.dataset.weeks);
  const left = Number(picture.dataset.left);
  const { width, height } = picture.viewBox.baseVal;
  const passed = (Date.now() - Date.parse(chart.dataset.start)) / WEEK;
  if (!(passed >= 0 && passed <= weeks)) return;
  const x = left + ((width - left) * passed) / weeks;
  const line = document.createElementNS("http://www.w3.org/2000/svg", "line");
  for (const [name, value] of Object.entries({ x1: x, x2: x, y1: 20, y2: height, class: "ob-gantt__today" })) {
    line.setAttribute(name, value);
  }
  line.append(Object.assign(document.createElementNS("http://www.w3.org/2000/svg", "title"), { textContent: "today" }));
  picture.append(line);
}
