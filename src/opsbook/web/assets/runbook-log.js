// What was done with a runbook: ticked steps, notes and copied changes, each with its time in UTC. Kept in the browser
// until it is cleared, given out as the timeline of a post-mortem.
import { copy } from "./clipboard.js";
import { all } from "./dom.js";
import { saveDraft } from "./post-mortem-draft.js";
import { stepLog } from "./runbook-step.js";
import { timelinePanel } from "./runbook-timeline.js";
import { read, write } from "./storage.js";
import { gettext } from "./words.js";

/**
 * What was done: when, at the step of which anchor, what kind of thing, and in words.
 *
 * @typedef {{ at: string, step: string, kind: "done" | "note" | "copied", text: string }} Entry
 */
/** @typedef {ReturnType<typeof runbookLog>} Log */
/** @typedef {ReturnType<typeof storedLog>} Stored */
/** @typedef {Stored & { copyTimeline: () => Promise<boolean>, startPostMortem: () => void }} Acts */

const ISO = /^\d{4}-\d\d-\d\dT\d\d:\d\d:/;

/**
 * @param {HTMLElement} root
 * @param {import("./runbook-values.js").Values} values
 * @param {AbortSignal} left
 */
export function runbookLog(root, values, left) {
  const log = storedLog(`opsbook:log:${location.pathname}`, show, left);
  /** @type {Acts} */
  const acts = {
    ...log,
    copyTimeline: () => copy(`${timeline(log.entries())}\n`),
    startPostMortem() {
      saveDraft(draft(root.dataset, values.given(), log.entries()));
      location.assign(root.dataset.obPostMortem ?? "");
    },
  };
  const steps = all("[data-ob-step]", HTMLElement).map((heading) => stepLog(heading, acts));
  const panel = timelinePanel(root, acts);

  function show() {
    const entries = log.entries();
    for (const step of steps) step.show(entries.filter((entry) => entry.step === step.id));
    panel.show(entries, log.canRestore());
  }
  show();

  return {
    /**
     * Notes that a command was copied, at the step that stands before it.
     *
     * @param {HTMLElement} frame
     * @param {"change" | "destroy"} risk
     * @param {string} text
     */
    copied(frame, risk, text) {
      const step = steps.findLast(({ heading }) => precedes(heading, frame));
      const [first, ...rest] = text.split("\n");
      const command = `\`${first}\`${rest.length ? " …" : ""}`;
      const changed = gettext("Copied a change: %(command)s", { command });
      const destroyed = gettext("Copied a destructive command: %(command)s", { command });
      log.add("copied", step?.id ?? "", risk === "change" ? changed : destroyed);
    },
  };
}

/**
 * @param {Node} first
 * @param {Node} second
 */
const precedes = (first, second) => Boolean(first.compareDocumentPosition(second) & Node.DOCUMENT_POSITION_FOLLOWING);

/**
 * The entries and all that changes them. Another tab may write too, so each change starts from what is stored.
 *
 * @param {string} key
 * @param {() => void} changed
 * @param {AbortSignal} left
 */
function storedLog(key, changed, left) {
  let entries = load(key);
  /** @type {Entry[]} */
  let cleared = [];
  /** @param {(all: Entry[]) => Entry[]} next */
  function change(next) {
    entries = next(load(key)).sort((a, b) => a.at.localeCompare(b.at));
    write("localStorage", key, entries.length ? entries : null);
    changed();
  }
  /** @param {StorageEvent} event */
  const heard = (event) => {
    if (event.key !== key && event.key !== null) return;
    entries = load(key);
    changed();
  };
  addEventListener("storage", heard, { signal: left });
  return {
    entries: () => entries,
    canRestore: () => cleared.length > 0,
    /**
     * @param {Entry["kind"]} kind
     * @param {string} step
     * @param {string} text
     */
    add(kind, step, text) {
      cleared = [];
      change((all) => [...all, { at: new Date().toISOString(), step, kind, text }]);
    },
    /** @param {Entry} gone */
    remove: (gone) => change((all) => all.filter((entry) => entry.at !== gone.at || entry.text !== gone.text)),
    /** @param {string} step */
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

/**
 * Returns what is stored, as far as it is what this script writes.
 *
 * @param {string} key
 * @returns {Entry[]}
 */
function load(key) {
  const found = read("localStorage", key);
  return Array.isArray(found) ? found.filter((entry) => ISO.test(entry?.at) && typeof entry.text === "string") : [];
}

/** @param {Entry[]} entries */
const timeline = (entries) =>
  entries.map(({ at, text }) => `- ${at.slice(0, 10)} ${at.slice(11, 16)} ${text}`).join("\n");

/**
 * @param {DOMStringMap} data
 * @param {string[]} given
 * @param {Entry[]} entries
 * @returns {import("./post-mortem-draft.js").Draft}
 */
function draft({ obTitle = "", obServices: services = "", obRunbook: runbooks = "" }, given, entries) {
  const title = given.length ? `${obTitle} (${given.join(" ")})` : obTitle;
  const [first] = entries;
  const detected = first ? `${first.at.slice(0, 16)}Z` : "";
  return { title, detected, services, runbooks, timeline: timeline(entries) };
}
