// Commands in use: copied from any page, and on that of a runbook with the reader's values in them and a log of what was
// done. The pages are complete without this script; it only adds.
import { copy } from "./clipboard.js";
import { button, make, status } from "./dom.js";
import { commandFrame } from "./runbook-command.js";
import { runbookLog } from "./runbook-log.js";
import { valuesPanel } from "./runbook-values.js";

export function runbook() {
  const root = document.querySelector("[data-ob-runbook]");
  const panel = document.querySelector("[data-ob-values]");
  const values = valuesPanel(panel, () => frames.forEach((frame) => frame.fill()));
  const log = root && runbookLog(root, values);
  const frames = [...document.querySelectorAll("[data-ob-command]")].map((frame) => commandFrame(frame, values, log));
  if (root) (panel ?? root).after(copyAll(frames, values));
}

function copyAll(frames, values) {
  const said = status();
  const act = button("Copy all", async () => {
    const missing = values.missing(values.names);
    const done = await copy(handout(frames.filter((frame) => frame.risk).map((frame) => frame.text)));
    const without = missing.length ? `, without ${missing.join(", ")}` : "";
    said.textContent = done ? `Copied as Markdown${without}` : "The browser refused";
  });
  return make("div", { className: "ob-tools" }, act, said);
}

// The runbook as Markdown: the texts of the commands in their places, links with whole addresses.
function handout(commands) {
  const text = document.querySelector("[data-ob-handout]").content.cloneNode(true);
  const page = location.origin + location.pathname;
  for (const node of text.childNodes) {
    if (node.nodeType !== Node.TEXT_NODE) continue;
    node.data = node.data.replace(/\]\((?![a-z]+:)([^()\s]+)/g, (_, link) => `](${new URL(link, page)}`);
  }
  text.querySelectorAll("b").forEach((place, at) => place.replaceWith(commands[at]));
  return text.textContent;
}
