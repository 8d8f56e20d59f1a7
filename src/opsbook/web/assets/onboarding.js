// The pages of the onboarding tracks: a box to tick at each step, what changed since, and where to go on.
import { button, make } from "./dom.js";
import { done, exported, joined, load, save, watch } from "./progress.js";

const plural = (count) => (count === 1 ? "" : "s");

// A track's page.
export function track(panel) {
  const { obTrack: id, obTitle: title } = panel.dataset;
  const tasks = [...document.querySelectorAll("[data-ob-task]")].map((item) => task(item, change));
  const state = make("p", { className: "ob-track__state", role: "status" });
  const file = make("input", { type: "file", accept: "application/json,.json" });

  function show() {
    const ticks = done(load(), id);
    for (const each of tasks) each.show(ticks[each.key]);
    const count = tasks.filter(({ key }) => ticks[key]).length;
    const changed = tasks.filter(({ key, hash }) => ticks[key] && ticks[key].hash !== hash).length;
    state.textContent = `${count} of ${tasks.length} done${changed ? ` · ${changed} page${plural(changed)} changed since` : ""}`;
  }

  // Another tab may have written meanwhile, so each change starts from what is stored.
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
    if (confirm(`Clear every tick of the track “${title}” in this browser?`)) change(() => ({}));
  }

  file.addEventListener("change", async () => {
    const progress = joined(load(), await file.files[0].text());
    file.value = "";
    if (progress) save(progress);
    change((ticks) => ticks);
    if (!progress) state.textContent = "That file holds no onboarding progress; load one that was saved here.";
  });
  const load_ = make("label", { className: "ob-button ob-track__file" }, "Load a file", file);
  const tools = make("div", { className: "ob-tools" }, button("Save as a file", download), load_, button("Clear", clear));
  panel.append(state, tools);
  watch(show);
  show();
}

// One step: its box, and the notice that its page has changed.
function task(item, change) {
  const { obTask: key, obHash: hash } = item.dataset;
  const title = item.querySelector("a").textContent;
  const box = make("input", { type: "checkbox", className: "ob-tasks__box" });
  const said = make("span");
  const again = button("I have read it again", () => change(read));
  const notice = make("p", { className: "ob-tasks__changed" }, said, again);
  const read = (ticks) => ({ ...ticks, [key]: { at: new Date().toISOString(), hash } });
  const forget = ({ [key]: _, ...others }) => others;
  box.setAttribute("aria-label", `Done: ${title}`);
  box.addEventListener("change", () => change(box.checked ? read : forget));
  item.prepend(box);
  item.append(notice);
  return {
    key,
    hash,
    title,
    anchor: item.id,
    show(tick) {
      box.checked = Boolean(tick);
      notice.hidden = !tick || tick.hash === hash;
      if (tick) said.textContent = `Changed since you read it on ${tick.at.slice(0, 10)}. `;
      item.classList.toggle("ob-tasks__done", Boolean(tick) && notice.hidden);
    },
  };
}

function download() {
  const url = URL.createObjectURL(new Blob([exported(load())], { type: "application/json" }));
  make("a", { href: url, download: "onboarding.json" }).click();
  setTimeout(() => URL.revokeObjectURL(url), 1000);
}

// A card of the page of all tracks: how far that track is.
export function card(link) {
  const { count, total } = load().tracks[link.dataset.obTrackCard] ?? {};
  if (count) link.querySelector("[data-ob-track-state]").textContent = `${count} of ${total} done`;
}

// The dashboard: where to go on. The link leads to the page of all tracks until then.
export function resume(element) {
  const { last, tracks } = load();
  const { title, count, total, next } = tracks[last] ?? {};
  if (!next || !/^[a-z0-9-]+$/.test(last)) return;
  const link = element.querySelector("a");
  link.href = new URL(`${last}/#${next.anchor}`, link.href).href;
  link.textContent = `Continue: ${next.title}`;
  element.append(make("span", { className: "ob-list__aside", textContent: `${title}, ${count} of ${total} done` }));
  element.hidden = false;
}
