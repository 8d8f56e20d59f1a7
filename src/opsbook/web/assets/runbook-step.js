// A step in use: its box to tick, the time at which that was, notes. The table of contents shows the same.
import { copy } from "./clipboard.js";
import { all, button, make } from "./dom.js";
import { gettext, say } from "./words.js";

/** @typedef {import("./runbook-log.js").Entry} Entry */
/** @typedef {import("./runbook-log.js").Stored} Stored */

/**
 * @param {HTMLElement} heading
 * @param {Stored} log
 */
export function stepLog(heading, { add, untick, remove }) {
  const { id } = heading;
  const { obStep: number = "" } = heading.dataset;
  const box = make("input", { type: "checkbox" });
  box.setAttribute("aria-label", gettext("Step %(number)s is done", { number }));
  box.addEventListener("change", () =>
    box.checked ? add("done", id, gettext("Done: step %(title)s", { title: titleOf(heading) })) : untick(id),
  );
  const time = make("time", { className: "ob-step__time", dir: "ltr" });
  const notes = make("ul", { className: "ob-notes" });
  const note = noteOn(id, number, add);
  const head = make("div", { className: "ob-step__head" });
  heading.replaceWith(head);
  head.append(make("label", { className: "ob-tick" }, box), heading, time, linkTo(heading, number), note.opener);
  head.after(note.form, notes);
  const contents = contentsEntry(id);

  return {
    id,
    heading,
    /** @param {Entry[]} entries */
    show(entries) {
      const done = entries.find(({ kind }) => kind === "done");
      const at = done ? clock(done.at) : "";
      box.checked = Boolean(done);
      time.textContent = at && `${at} UTC`;
      heading.classList.toggle("ob-step--done", Boolean(done));
      contents(at);
      const written = entries.filter(({ kind }) => kind === "note");
      notes.replaceChildren(
        ...written.map((entry) => entryLine(entry, entry.text.replace(noteText(number, ""), ""), remove)),
      );
    },
  };
}

/**
 * A button that copies the address of a step, with the values that the reader has filled in. The anchor is that of the
 * file, so the address leads to the step wherever that moves.
 *
 * @param {HTMLElement} heading
 * @param {string} number
 */
function linkTo(heading, number) {
  const copier = button(say("Link"), async () => {
    const address = new URL(`#${heading.id}`, location.href).href;
    const isCopied = await copy(address);
    Object.assign(copier, isCopied ? say("Copied") : say("The browser refused"));
    setTimeout(() => Object.assign(copier, say("Link")), 2000);
  });
  copier.setAttribute("aria-label", gettext("Copy the link to step %(number)s", { number }));
  return copier;
}

/**
 * What the log says of a note on a step.
 *
 * @param {string} number
 * @param {string} text
 */
const noteText = (number, text) => gettext("Step %(number)s: %(text)s", { number, text });

/** @param {HTMLElement} heading */
function titleOf(heading) {
  const isLink = (/** @type {Node} */ node) => node instanceof Element && node.classList.contains("headerlink");
  const words = [...heading.childNodes].filter((node) => !isLink(node));
  return words.map((node) => node.textContent).join("");
}

/**
 * @param {string} id
 * @param {string} number
 * @param {Stored["add"]} add
 */
function noteOn(id, number, add) {
  const label = gettext("Note on step %(number)s", { number });
  const { form, field } = noteForm(label, (text) => {
    add("note", id, noteText(number, text));
    form.hidden = true;
  });
  form.hidden = true;
  const opener = button(say("Note"), () => {
    form.hidden = !form.hidden;
    if (!form.hidden) field.focus();
  });
  opener.setAttribute("aria-label", label);
  return { form, opener };
}

/**
 * Shows in the tables of contents (the theme has one for phones as well) when the step was done.
 *
 * @param {string} id
 */
function contentsEntry(id) {
  // By the end of the address, since instant navigation writes out the whole of it.
  const wanted = new URL(`#${id}`, location.href).hash;
  const links = all(".md-nav--secondary a", HTMLAnchorElement).filter(({ hash }) => hash === wanted);
  const times = links.map(() => make("span", { className: "ob-toc-time" }));
  for (const [index, time] of times.entries()) links[index]?.append(time);
  return (/** @type {string} */ at) => {
    for (const link of links) link.classList.toggle("ob-toc-done", Boolean(at));
    for (const time of times) time.textContent = at;
  };
}

/** @param {string} at */
export const clock = (at) => at.slice(11, 16);

/**
 * An entry of the log as a line that can be taken out.
 *
 * @param {Entry} entry
 * @param {string} text
 * @param {Stored["remove"]} remove
 */
export function entryLine(entry, text, remove) {
  const time = make("time", { dateTime: entry.at, textContent: clock(entry.at), title: entry.at });
  const gone = button({ textContent: "×" }, () => remove(entry), "ob-remove");
  gone.setAttribute("aria-label", gettext("Remove: %(text)s", { text: entry.text }));
  return make("li", {}, time, make("span", { textContent: text }), gone);
}

/**
 * A form that gives `add` what somebody writes.
 *
 * @param {string} label
 * @param {(text: string) => void} add
 */
export function noteForm(label, add) {
  const field = make("input", { type: "text", autocomplete: "off" });
  field.setAttribute("aria-label", label);
  const submit = make("button", { className: "ob-button", ...say("Add") });
  const form = make("form", { className: "ob-note" }, field, submit);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (field.value.trim()) add(field.value.trim());
    field.value = "";
  });
  return { form, field };
}
