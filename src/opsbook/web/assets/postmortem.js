// The page of the post-mortem template: filled with what the page of a runbook has noted, to copy or to save.
import { button, make, one } from "./dom.js";
import { download } from "./download.js";
import { discardDraft, fileName, loadDraft } from "./post-mortem-draft.js";
import { say, word } from "./words.js";

/** @typedef {import("./post-mortem-draft.js").Draft} Draft */

const FIELDS = /\{(title|severity|started|detected|mitigated|resolved|services|runbooks|timeline)\}/g;

/** @param {HTMLElement} block */
export function template(block) {
  const code = one("code", HTMLElement, block);
  const empty = code.textContent;
  const name = make("p", { className: "ob-template__name" });
  const tools = make(
    "div",
    { className: "ob-tools" },
    button(say("Save as a file"), save),
    button(say("Discard"), discard),
  );
  block.before(name, tools);

  function show() {
    const draft = loadDraft();
    code.textContent = draft ? fill(block.dataset.obTemplate ?? "", draft) : empty;
    name.replaceChildren(
      ...(draft
        ? [
            word("Filled with what was noted for"),
            ` “${draft.title}”. `,
            word("It goes to post-mortems/%(file)s.", { file: fileName(draft) }),
          ]
        : []),
    );
    tools.hidden = !draft;
  }
  function save() {
    const draft = loadDraft();
    if (draft) download(fileName(draft), code.textContent, "text/markdown");
  }
  function discard() {
    discardDraft();
    show();
  }
  show();
}

/**
 * @param {string} text
 * @param {Draft} draft
 */
function fill(text, draft) {
  return text.replace(FIELDS, (_, /** @type {string} */ name) => {
    const value = draft[name] ?? "";
    return name === "title" ? JSON.stringify(value) : value;
  });
}
