// The page of the post-mortem template: filled with what the page of a runbook has noted, to copy or to save.
import { button, make, read, write } from "./dom.js";

const DRAFT = "opsbook:post-mortem"; // In the local storage: the fields of the template, by name.
const FIELDS = /\{(title|severity|started|detected|mitigated|resolved|services|runbooks|timeline)\}/g;

export function template(block) {
  const code = block.querySelector("code");
  const empty = code.textContent;
  const name = make("p", { className: "ob-template__name" });
  const discard = button("Discard", () => (write("localStorage", DRAFT, null), show()));
  const tools = make("div", { className: "ob-tools" }, button("Save as a file", () => download(code.textContent)), discard);
  block.before(name, tools);

  function show() {
    const draft = read("localStorage", DRAFT);
    const filled = typeof draft?.title === "string";
    code.textContent = filled ? fill(block.dataset.obTemplate, draft) : empty;
    name.textContent = filled ? `Filled with what was noted for “${draft.title}”. It goes to post-mortems/${fileName(draft)}.` : "";
    tools.hidden = !filled;
  }
  function download(text) {
    const url = URL.createObjectURL(new Blob([text], { type: "text/markdown" }));
    make("a", { href: url, download: fileName(read("localStorage", DRAFT)) }).click();
    setTimeout(() => URL.revokeObjectURL(url), 1000);
  }
  show();
}

function fill(text, draft) {
  const value = (name) => (typeof draft[name] === "string" ? draft[name] : "");
  return text.replace(FIELDS, (_, name) => (name === "title" ? JSON.stringify(value(name)) : value(name)));
}

// As the command line names it: the day, then the title in words that an address may hold.
function fileName({ title, started, detected }) {
  const day = (started || detected || new Date().toISOString()).slice(0, 10);
  const words = title.normalize("NFKD").toLowerCase().match(/[a-z0-9]+/g) ?? ["incident"];
  return `${day}-${words.slice(0, 8).join("-")}.md`;
}
