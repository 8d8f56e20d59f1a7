// The pages of the onboarding tracks: a box to tick at each step, what changed since, and where to go on.
import { all, button, make, one } from "./dom.js";
import { download } from "./download.js";
import { N_ } from "./message.js";
import { done, exported, joined, load, save, watch } from "./progress.js";
import { day, gettext, say, sayMany, word } from "./words.js";

/** @typedef {import("./progress.js").Tick} Tick */
/** @typedef {import("./progress.js").Ticks} Ticks */
/** @typedef {(edit: (ticks: Ticks) => Ticks) => void} Change */

const DONE = N_("%(done)s of %(total)s done");

/**
 * A track's page.
 *
 * @param {HTMLElement} panel
 * @param {AbortSignal} left
 */
export function track(panel, left) {
  const { obTrack: id = "", obTitle: title = "" } = panel.dataset;
  const tasks = all("[data-ob-task]", HTMLElement).map((item) => task(item, change));
  const state = make("p", { className: "ob-track__state", role: "status" });

  function show() {
    const ticks = done(load(), id);
    for (const each of tasks) each.show(ticks[each.key]);
    const read = tasks.filter(({ key }) => ticks[key]);
    const changed = read.filter(({ key, hash }) => ticks[key]?.hash !== hash).length;
    state.replaceChildren(word(DONE, { done: read.length, total: tasks.length }));
    if (!changed) return;
    const since = sayMany("%(count)s page changed since", "%(count)s pages changed since", changed);
    state.append(" · ", make("span", since));
  }

  // Another tab may have written meanwhile, so each change starts from what is stored.
  /** @type {Change} */
  function change(edit) {
    const progress = load();
    const ticks = edit({ ...done(progress, id) });
    const open = tasks.find(({ key }) => !ticks[key]);
    const count = tasks.filter(({ key }) => ticks[key]).length;
    const next = open ? { title: open.title, anchor: open.anchor } : null;
    progress.tracks[id] = { title, done: ticks, count, total: tasks.length, next };
    save({ ...progress, last: count ? id : progress.last });
    show();
  }

  function clear() {
    if (confirm(gettext("Clear every tick of the track “%(title)s” in this browser?", { title }))) change(() => ({}));
  }

  /** @param {string} text */
  function take(text) {
    const progress = joined(load(), text);
    if (progress) save(progress);
    change((ticks) => ticks);
    if (progress) return;
    state.replaceChildren(word("That file holds no onboarding progress; load one that was saved here."));
  }

  const saving = button(say("Save as a file"), () => download("onboarding.json", exported(load()), "application/json"));
  panel.append(state, make("div", { className: "ob-tools" }, saving, fileButton(take), button(say("Clear"), clear)));
  watch(show, left);
  show();
}

/**
 * The button that gives `take` the text of a file.
 *
 * @param {(text: string) => void} take
 */
function fileButton(take) {
  const input = make("input", { type: "file", accept: "application/json,.json" });
  input.addEventListener("change", async () => {
    const text = await input.files?.[0]?.text();
    input.value = "";
    if (text !== undefined) take(text);
  });
  return make("label", { className: "ob-button ob-track__file" }, word("Load a file"), input);
}

/**
 * One step: its box, and the notice that its page has changed.
 *
 * @param {HTMLElement} item
 * @param {Change} change
 */
function task(item, change) {
  const { obTask: key = "", obHash: hash = "" } = item.dataset;
  const title = one("a", HTMLElement, item).textContent;
  const box = make("input", { type: "checkbox", className: "ob-tasks__box" });
  const said = make("span");
  const again = button(say("I have read it again"), () => change(read));
  const notice = make("p", { className: "ob-tasks__changed" }, said, again);
  const read = (/** @type {Ticks} */ ticks) => ({ ...ticks, [key]: { at: new Date().toISOString(), hash } });
  const forget = (/** @type {Ticks} */ { [key]: _, ...others }) => others;
  box.setAttribute("aria-label", gettext("Done: %(title)s", { title }));
  box.addEventListener("change", () => change(box.checked ? read : forget));
  item.prepend(box);
  item.append(notice);
  return {
    key,
    hash,
    title,
    anchor: item.id,
    /** @param {Tick | undefined} tick */
    show(tick) {
      box.checked = Boolean(tick);
      notice.hidden = !tick || tick.hash === hash;
      if (tick) said.replaceChildren(word("Changed since you read it on %(day)s.", { day: day(tick.at) }), " ");
      item.classList.toggle("ob-tasks__done", Boolean(tick) && notice.hidden);
    },
  };
}

/**
 * A card of the page of all tracks: how far that track is.
 *
 * @param {HTMLElement} link
 */
export function card(link) {
  const { count, total } = load().tracks[link.dataset.obTrackCard ?? ""] ?? {};
  if (count)
    one("[data-ob-track-state]", HTMLElement, link).replaceChildren(word(DONE, { done: count, total: total ?? 0 }));
}

/**
 * The dashboard: where to go on. The track itself is linked below.
 *
 * @param {HTMLElement} element
 */
export function resume(element) {
  const { last, tracks } = load();
  const { title, count, total, next } = tracks[last ?? ""] ?? {};
  const page = all("[data-ob-track-link]", HTMLAnchorElement).find((link) => link.dataset.obTrackLink === last);
  if (!next || !page) return;
  const link = one("a", HTMLAnchorElement, element);
  link.href = `${page.href}#${next.anchor}`;
  link.replaceChildren(word("Continue:"), ` ${next.title}`);
  element.append(
    make("span", { className: "ob-list__aside" }, `${title}, `, word(DONE, { done: count ?? 0, total: total ?? 0 })),
  );
  element.hidden = false;
}
