// The parts of the site that need a script. Each looks for its own element and stays away where there is none.
import { panZoom } from "./drawing.js";
import { filter } from "./filter.js";
import { today } from "./roadmap.js";
import { tooltips } from "./tooltip.js";

tooltips();

for (const form of document.querySelectorAll("[data-ob-filter]")) filter(form);
for (const figure of document.querySelectorAll("[data-ob-drawing]")) panZoom(figure);
for (const chart of document.querySelectorAll("[data-start]")) today(chart);

// Home: the box that looks like the search opens it by keyboard too.
for (const label of document.querySelectorAll("label.ob-incident__search")) {
  label.addEventListener("keydown", (event) => {
    if (event.key === "Enter" || event.key === " ") label.click();
  });
}

// The theme makes the copy button of each block a landmark of its own, which a screen reader would list one by one.
const content = document.querySelector(".md-content");
const plain = () => {
  for (const nav of content.querySelectorAll(".md-code__nav:not([role])")) nav.setAttribute("role", "none");
};
if (content) {
  plain();
  new MutationObserver(plain).observe(content, { childList: true, subtree: true });
}

// What few pages need is loaded where it is needed.
if (document.querySelector("[data-ob-ago], [data-ob-due]")) import("./dates.js").then(({ ages }) => ages());
if (document.querySelector("[data-ob-runbook], [data-ob-command]")) import("./runbook.js").then(({ runbook }) => runbook());
for (const panel of document.querySelectorAll("[data-ob-track]")) import("./onboarding.js").then(({ track }) => track(panel));
for (const link of document.querySelectorAll("[data-ob-track-card]")) import("./onboarding.js").then(({ card }) => card(link));
for (const line of document.querySelectorAll("[data-ob-resume]")) import("./onboarding.js").then(({ resume }) => resume(line));
for (const block of document.querySelectorAll("[data-ob-template]")) import("./postmortem.js").then(({ template }) => template(block));
