// The parts of the site that need a script. Each looks for its own element and stays away where there is none.
import { all } from "./dom.js";
import { filter } from "./filter.js";
import { today } from "./roadmap.js";
import { tooltips } from "./tooltip.js";

tooltips();

for (const form of all("[data-ob-filter]", HTMLFormElement)) filter(form);
for (const chart of all("[data-start]", HTMLElement)) today(chart);

// Home: the box that looks like the search opens it by keyboard too.
for (const label of all("label.ob-incident__search", HTMLElement)) {
  label.addEventListener("keydown", (event) => {
    if (event.key === "Enter" || event.key === " ") label.click();
  });
}

// The theme makes the copy button of each block a landmark of its own, which a screen reader would list one by one.
const content = document.querySelector(".md-content");
if (content) {
  const plain = () => {
    for (const nav of all(".md-code__nav:not([role])", HTMLElement, content)) nav.setAttribute("role", "none");
  };
  plain();
  new MutationObserver(plain).observe(content, { childList: true, subtree: true });
}

// What few pages need is loaded where it is needed.
if (document.querySelector("[data-ob-ago], [data-ob-due]")) import("./dates.js").then(({ ages }) => ages());
if (document.querySelector("[data-ob-runbook], [data-ob-command]")) {
  import("./runbook.js").then(({ runbook }) => runbook());
}
for (const figure of all("[data-ob-drawing]", HTMLElement)) {
  import("./drawing.js").then(({ panZoom }) => panZoom(figure));
}
for (const panel of all("[data-ob-track]", HTMLElement)) {
  import("./onboarding.js").then(({ track }) => track(panel));
}
for (const link of all("[data-ob-track-card]", HTMLElement)) {
  import("./onboarding.js").then(({ card }) => card(link));
}
for (const line of all("[data-ob-resume]", HTMLElement)) {
  import("./onboarding.js").then(({ resume }) => resume(line));
}
for (const block of all("[data-ob-template]", HTMLElement)) {
  import("./postmortem.js").then(({ template }) => template(block));
}
