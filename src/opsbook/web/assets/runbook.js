// Commands in use: copied from any page, and on that of a runbook with the reader's values in them and a log of what was
// done. The pages are complete without this script; it only adds.
import { copy } from "./clipboard.js";
import { all, button, make, one, status } from "./dom.js";
import { commandFrame } from "./runbook-command.js";
import { runbookLog } from "./runbook-log.js";
import { valuesPanel } from "./runbook-values.js";
import { say } from "./words.js";

/** @typedef {ReturnType<typeof commandFrame>} Frame */

/** @param {AbortSignal} left */
export function runbook(left) {
  const root = document.querySelector("[data-ob-runbook]");
  const [panel = null] = all("[data-ob-values]", HTMLDetailsElement);
  const fillAll = () => {
    for (const frame of frames) frame.fill();
  };
  const values = valuesPanel(panel, fillAll, left);
  const log = root instanceof HTMLElement ? runbookLog(root, values, left) : null;
  const frames = all("[data-ob-command]", HTMLElement).map((frame) => commandFrame(frame, values, log));
  if (root) (panel ?? root).after(copyAll(frames, values));
}

/**
 * @param {Frame[]} frames
 * @param {import("./runbook-values.js").Values} values
 */
function copyAll(frames, values) {
  const said = status();
  const act = button(say("Copy all"), async () => {
    const missing = values.missing(values.names);
    const done = await copy(handout(frames.filter((frame) => frame.risk).map((frame) => frame.text)));
    const names = missing.join(", ");
    const copied = names ? say("Copied as Markdown, without %(names)s", { names }) : say("Copied as Markdown");
    Object.assign(said, done ? copied : say("The browser refused"));
  });
  return make("div", { className: "ob-tools" }, act, said);
}

/**
 * Returns the runbook as Markdown: the texts of the commands in their places, links with whole addresses.
 *
 * @param {string[]} commands
 */
function handout(commands) {
  /** @type {(string | null)[]} */
  const texts = JSON.parse(one("[data-ob-handout]", HTMLElement).dataset.obHandout ?? "[]");
  const [page] = location.href.split(/[?#]/);
  /** @param {string} text */
  const whole = (text) => text.replace(/\]\((?![a-z]+:)([^()\s]+)/g, (_, link) => `](${new URL(link, page)}`);
  const codes = commands.values();
  return texts.map((text) => (text === null ? (codes.next().value ?? "") : whole(text))).join("");
}
