// What somebody has done of the onboarding tracks, kept in this browser for this site alone:
// { last, tracks: { id: { title, done: { step: { at, hash } }, count, total, next } } }.
import { read, write } from "./dom.js";

const FORMAT = "opsbook-onboarding";
const KEY = `opsbook:onboarding:${new URL("../../", import.meta.url).pathname}`;
let kept = null; // where the browser keeps nothing, a visit still works

export const load = () => sound(read("localStorage", KEY)) ?? kept ?? { last: null, tracks: {} };
export const done = (progress, track) => progress.tracks[track]?.done ?? {};
export const exported = (progress) => `${JSON.stringify({ format: FORMAT, ...progress }, null, 2)}\n`;

export function save(progress) {
  kept = progress;
  write("localStorage", KEY, progress);
}

export function watch(changed) {
  addEventListener("storage", (event) => event.key === KEY && changed());
}

// What a file holds, joined with what is here: the later reading of a step wins. Null where it is no such file.
export function joined(progress, text) {
  const given = sound(parsed(text));
  if (given?.format !== FORMAT) return null;
  const tracks = { ...progress.tracks };
  for (const [id, track] of Object.entries(given.tracks)) {
    const ticks = { ...done(progress, id) };
    for (const [step, { at, hash }] of Object.entries(track.done)) {
      if (!(ticks[step]?.at >= at)) ticks[step] = { at, hash };
    }
    tracks[id] = { ...track, ...tracks[id], done: ticks };
  }
  return { last: progress.last ?? given.last, tracks };
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

// What was read, as far as it is what this script writes.
function sound(read) {
  const tracks = Object.values(read?.tracks ?? { none: null });
  const ticks = tracks.flatMap((track) => Object.values(track?.done ?? { none: null }));
  return ticks.every((tick) => typeof tick?.at === "string" && typeof tick.hash === "string") ? read : null;
}
