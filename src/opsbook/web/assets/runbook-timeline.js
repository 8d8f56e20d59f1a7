// The log as a list at the end of the runbook, what can be done with it, and the same actions beside the contents.
import { button, make, status } from "./dom.js";
import { entryLine, noteForm } from "./runbook-step.js";

const OLD = 6 * 3600 * 1000;
const EMPTY = "Tick a step or write a note: each is kept here with its time in UTC, in this browser only.";

export function timelinePanel(root, acts) {
  const list = make("ol", { className: "ob-timeline" });
  const empty = make("p", { textContent: EMPTY });
  const note = noteForm("Note", (text) => acts.add("note", "", text));
  const undo = button("Undo", acts.restore);
  const tools = [actions(acts), actions(acts)];
  const heading = make("h2", { id: "ob-timeline", textContent: "Timeline" });
  const section = make("section", { className: "ob-log" }, heading, empty, list, note, tools[0], undo);
  section.setAttribute("aria-labelledby", heading.id);
  document.querySelector("[data-ob-handout]").parentElement.before(section);
  document.querySelector(".md-sidebar--secondary .md-nav--secondary")?.after(tools[1]);
  const old = make("p", { className: "ob-old" });
  root.append(old);

  return {
    show(entries, canRestore) {
      list.replaceChildren(...entries.map((entry) => entryLine(entry, entry.text, acts.remove)));
      empty.hidden = entries.length > 0;
      for (const each of tools) each.hidden = entries.length === 0;
      undo.hidden = !canRestore;
      const isOld = entries.length > 0 && Date.now() - Date.parse(entries.at(-1).at) > OLD;
      const message = `This browser still holds a timeline that began on ${entries[0]?.at.slice(0, 10)}. `;
      old.replaceChildren(...(isOld ? [message, button("Clear it", acts.clear)] : []));
    },
  };
}

function actions({ clear, copyTimeline, startPostMortem }) {
  const said = status();
  const copyIt = button("Copy timeline", async () => {
    said.textContent = (await copyTimeline()) ? "Copied" : "The browser refused";
  });
  const start = button("Start the post-mortem", startPostMortem);
  return make("div", { className: "ob-tools" }, copyIt, start, button("Clear", clear), said);
}
