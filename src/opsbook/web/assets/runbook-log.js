// What was done with a runbook: ticked steps, notes and copied changes, each with its time in UTC. Kept in the browser
// until it is cleared, given out as the timeline of a post-mortem.
import { copy } from "./clipboard.js";
import { read, write } from "./dom.js";
import { stepLog } from "./runbook-step.js";
import { timelinePanel } from "./runbook-timeline.js";

const LOG = `opsbook:log:${location.pathname}`; // In the local storage: a list of { at, step, kind, text }.
const DRAFT = "opsbook:post-mortem"; // In the local storage: the fields of the post-mortem template, by name.
const DID = { change: "Copied a change", destroy: "Copied a destructive command" };
const ISO = /^\d{4}-\d\d-\d\dT\d\d:\d\d:/;

export function runbookLog(root, values) {
  const log = storedLog(show);
  const acts = {
    ...log,
    copyTimeline: () => copy(`${timeline(log.entries())}\n`),
    startPostMortem() {
      write("localStorage", DRAFT, draft(root.dataset, values.given(), log.entries()));
      location.assign(root.dataset.obPostMortem);
    },
  };
  const steps = [...document.querySelectorAll("[data-ob-step]")].map((heading) => stepLog(heading, acts));
  const panel = timelinePanel(root, acts);

  function show() {
    const entries = log.entries();
    for (const step of steps) step.show(entries.filter((entry) => entry.step === step.id));
    panel.show(entries, log.canRestore());
  }
  show();

  return {
    copied(frame, risk, text) {
      const before = (step) => step.heading.compareDocumentPosition(frame) & Node.DOCUMENT_POSITION_FOLLOWING;
      const [first, ...rest] = text.split("\n");
      log.add("copied", steps.filter(before).at(-1)?.id ?? "", `${DID[risk]}: \`${first}\`${rest.length ? " …" : ""}`);
    },
  };
}

// The entries and all that changes them. Another tab may write too, so each change starts from what is stored.
function storedLog(changed) {
  let entries = load();
  let cleared = [];
  function change(next) {
    entries = next(load()).sort((a, b) => a.at.localeCompare(b.at));
    write("localStorage", LOG, entries.length ? entries : null);
    changed();
  }
  addEventListener("storage", (event) => {
    if (event.key !== LOG && event.key !== null) return;
    entries = load();
    changed();
  });
  return {
    entries: () => entries,
    canRestore: () => cleared.length > 0,
    add(kind, step, text) {
      cleared = [];
      change((all) => [...all, { at: new Date().toISOString(), step, kind, text }]);
    },
    remove: (gone) => change((all) => all.filter((entry) => entry.at !== gone.at || entry.text !== gone.text)),
    untick: (step) => change((all) => all.filter((entry) => entry.kind !== "done" || entry.step !== step)),
    clear() {
      cleared = entries;
      change(() => []);
    },
    restore() {
      const kept = cleared;
      cleared = [];
      change((all) => [...all, ...kept]);
    },
  };
}

// What is stored, as far as it is what this script writes.
function load() {
  const found = read("localStorage", LOG);
  return Array.isArray(found) ? found.filter((entry) => ISO.test(entry?.at) && typeof entry.text === "string") : [];
}

const timeline = (entries) => entries.map(({ at, text }) => `- ${at.slice(0, 10)} ${at.slice(11, 16)} ${text}`).join("\n");

function draft({ obTitle, obServices, obRunbook }, given, entries) {
  const title = given.length ? `${obTitle} (${given.join(" ")})` : obTitle;
  const detected = entries.length ? `${entries[0].at.slice(0, 16)}Z` : "";
  return { title, detected, services: obServices, runbooks: obRunbook, timeline: timeline(entries) };
}
