// What somebody has done of the onboarding tracks, kept in this browser for this site alone.
import { read, write } from "./storage.js";

/**
 * A step that was read: when, and the hash of its page at that time.
 *
 * @typedef {{ at: string, hash: string }} Tick
 * @typedef {Record<string, Tick>} Ticks
 * @typedef {{ title: string, anchor: string }} Next
 * @typedef {{ title: string, done: Ticks, count: number, total: number, next: Next | null }} Track
 * @typedef {{ last: string | null, tracks: Record<string, Track>, format?: string }} Progress
 */

const FORMAT = "opsbook-onboarding";
const { currentScript } = document;
const own = currentScript instanceof HTMLScriptElement ? currentScript.src : location.href;
const KEY = `opsbook:onboarding:${new URL("../../", own).pathname}`;
/** @type {Progress | null} */
let kept = null; // where the browser keeps nothing, a visit still works

/** @returns {Progress} */
export const load = () => sound(read("localStorage", KEY)) ?? kept ?? { last: null, tracks: {} };

/**
 * @param {Progress} progress
 * @param {string} track
 * @returns {Ticks}
 */
export const done = (progress, track) => progress.tracks[track]?.done ?? {};

/** @param {Progress} progress */
export const exported = (progress) => `${JSON.stringify({ format: FORMAT, ...progress }, null, 2)}\n`;

/** @param {Progress} progress */
export function save(progress) {
  kept = progress;
  write("localStorage", KEY, progress);
}

/**
 * Calls `changed` when another tab has changed something, until the page is left.
 *
 * @param {() => void} changed
 * @param {AbortSignal} left
 */
export function watch(changed, left) {
  addEventListener("storage", (event) => event.key === KEY && changed(), { signal: left });
}

/**
 * Returns what a file holds, joined with what is here: the later reading of a step wins. Null where it is no such file.
 *
 * @param {Progress} progress
 * @param {string} text
 * @returns {Progress | null}
 */
export function joined(progress, text) {
  const given = sound(parsed(text));
  if (given?.format !== FORMAT) return null;
  const tracks = { ...progress.tracks };
  for (const [id, track] of Object.entries(given.tracks)) {
    const ticks = { ...done(progress, id) };
    for (const [step, { at, hash }] of Object.entries(track.done)) {
      const here = ticks[step];
      if (!here || here.at < at) ticks[step] = { at, hash };
    }
    tracks[id] = { ...track, ...tracks[id], done: ticks };
  }
  return { last: progress.last ?? given.last, tracks };
}

/** @param {string} text */
function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/**
 * Returns what was read if it is what this script writes; null if not.
 *
 * @param {any} read
 * @returns {Progress | null}
 */
function sound(read) {
  const tracks = Object.values(read?.tracks ?? { none: null });
  const ticks = tracks.flatMap((track) => Object.values(track?.done ?? { none: null }));
  return ticks.every((tick) => typeof tick?.at === "string" && typeof tick.hash === "string") ? read : null;
}
