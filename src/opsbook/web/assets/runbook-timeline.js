// The log as a list at the end of the runbook, what can be done with it, and the same actions beside the contents.
import { button, make, one, status } from "./dom.js";
import { entryLine, noteForm } from "./runbook-step.js";
import { day, gettext, say, word } from "./words.js";

/** @typedef {import("./runbook-log.js").Acts} Acts */
/** @typedef {import("./runbook-log.js").Entry} Entry */

const OLD = 6 * 3600 * 1000;

/**
 * @param {HTMLElement} root
 * @param {Acts} acts
 */
export function timelinePanel(root, acts) {
  const list = make("ol", { className: "ob-timeline" });
  const empty = make(
    "p",
    say("Tick a step or write a note: each is kept here with its time in UTC, in this browser only."),
  );
  const { form } = noteForm(gettext("Note"), (text) => acts.add("note", "", text));
  const undo = button(say("Undo"), acts.restore);
  const [below, beside] = [actions(acts), actions(acts)];
  const heading = make("h2", { id: "ob-timeline", ...say("Timeline") });
  const section = make("section", { className: "ob-log" }, heading, empty, list, form, below, undo);
  section.setAttribute("aria-labelledby", heading.id);
  one("[data-ob-handout]", HTMLElement).before(section);
  document.querySelector(".md-sidebar--secondary .md-nav--secondary")?.after(beside);
  const old = make("p", { className: "ob-old" });
  root.append(old);

  return {
    /**
     * @param {Entry[]} entries
     * @param {boolean} canRestore
     */
    show(entries, canRestore) {
      list.replaceChildren(...entries.map((entry) => entryLine(entry, entry.text, acts.remove)));
      empty.hidden = entries.length > 0;
      for (const tools of [below, beside]) tools.hidden = entries.length === 0;
      undo.hidden = !canRestore;
      const [first, last] = [entries[0], entries.at(-1)];
      const isOld = last !== undefined && Date.now() - Date.parse(last.at) > OLD;
      const began = word("This browser still holds a timeline that began on %(day)s.", {
        day: first ? day(first.at) : "",
      });
      old.replaceChildren(...(isOld ? [began, " ", button(say("Clear it"), acts.clear)] : []));
    },
  };
}

/** @param {Acts} acts */
function actions({ clear, copyTimeline, startPostMortem }) {
  const said = status();
  const copyIt = button(say("Copy timeline"), async () => {
    Object.assign(said, (await copyTimeline()) ? say("Copied") : say("The browser refused"));
  });
  const start = button(say("Start the post-mortem"), startPostMortem);
  start.hidden = !document.querySelector("[data-ob-post-mortem]"); // A site can do without its post-mortems.
  return make("div", { className: "ob-tools" }, copyIt, start, button(say("Clear"), clear), said);
}
