// The panel of a runbook's variables: filled from the address, remembered for the tab, refused where a value does not fit.
import { isOnPage, keepInAddress } from "./address.js";
import { all, button, make, one } from "./dom.js";
import { refusal } from "./quoting.js";
import { read, write } from "./storage.js";

/** @typedef {ReturnType<typeof valuesPanel>} Values */
/** @typedef {ReturnType<typeof field>} Field */

const KEY = "opsbook:values"; // In the session storage: the values by the name of their variable, for all runbooks.
const PHONE = "(max-width: 59.9375em)";

/**
 * @param {HTMLDetailsElement | null} panel
 * @param {() => void} changed
 * @param {AbortSignal} left
 */
export function valuesPanel(panel, changed, left) {
  const rows = panel ? all("[data-ob-value]", HTMLElement, panel) : [];
  const fields = rows.map((row) => field(row, edited));
  const named = new Map(fields.map((each) => [each.name, each]));
  const state = panel?.querySelector("[data-ob-values-state]");
  const given = () => fields.filter(({ value }) => value);

  function edited() {
    remember(fields);
    keepInAddress(withValues(location.search, fields));
    show();
  }
  function show() {
    const empty = fields.length - given().length;
    const words = given().map(({ name, value }) => `${name} ${value}`);
    if (state) state.textContent = [...words, ...(empty ? [`${empty} empty`] : [])].join(" · ");
    changed();
  }
  function clear() {
    for (const { fill } of fields) fill("");
    edited();
  }

  if (panel) {
    const known = knownValues(fields);
    for (const { name, fill } of fields) fill(known[name] ?? "");
    remember(fields);
    one("[data-ob-values-hint]", HTMLElement, panel).remove();
    panel.append(button("Clear the values", clear));
    panel.open = !matchMedia(PHONE).matches;
    queueMicrotask(show);
    followOtherValues(fields, left);
  }

  return {
    names: [...named.keys()],
    /** @param {string} name */
    get: (name) => named.get(name)?.value ?? "",
    /** @param {string[]} names */
    missing: (names) => names.filter((name) => !named.get(name)?.value),
    given: () => given().map(({ name, value }) => `${name}=${value}`),
    /** @param {string} name */
    focus(name) {
      if (panel) panel.open = true;
      named.get(name)?.input.focus();
    },
  };
}

/**
 * The values to begin with: those of the address, and what the tab remembers, unless the two contradict each other.
 * Then it is another incident, and a value of the last one must not stand beside those of this one.
 *
 * @param {Field[]} fields
 */
function knownValues(fields) {
  const query = new URLSearchParams(location.search);
  /** @type {Record<string, string>} */
  const asked = {};
  for (const { name, parameters } of fields) {
    const value = parameters.map((parameter) => query.get(parameter)).find((text) => text?.trim());
    if (value) asked[name] = value.trim();
  }
  const kept = remembered();
  const isAnother = Object.entries(asked).some(([name, value]) => kept[name] && kept[name] !== value);
  if (isAnother) write("sessionStorage", KEY, null);
  return isAnother ? asked : { ...kept, ...asked };
}

/** @returns {Record<string, string>} */
function remembered() {
  const kept = read("sessionStorage", KEY);
  return kept && typeof kept === "object" ? kept : {};
}

/** @param {Field[]} fields */
function remember(fields) {
  const kept = remembered();
  for (const { name, value } of fields) {
    if (value) kept[name] = value;
    else delete kept[name];
  }
  write("sessionStorage", KEY, kept);
}

/**
 * Returns the query string `search` with the present values.
 *
 * @param {string} search
 * @param {Field[]} fields
 */
function withValues(search, fields) {
  const query = new URLSearchParams(search);
  for (const { parameters, value } of fields) {
    for (const parameter of parameters) query.delete(parameter);
    const [first] = parameters;
    if (value && first) query.set(first, value);
  }
  return query;
}

/**
 * Lets a link to this page with other values load it anew: instant navigation, which compares paths alone, would stay.
 *
 * @param {Field[]} fields
 * @param {AbortSignal} left
 */
function followOtherValues(fields, left) {
  /** @param {MouseEvent} event */
  function follow({ target }) {
    const link = target instanceof Element ? target.closest("a") : null;
    if (!link || !isOnPage(link)) return;
    const asked = new URLSearchParams(link.search);
    const differs = fields.some(({ parameters, value }) =>
      parameters.some((each) => (asked.get(each) ?? value) !== value),
    );
    if (differs) link.target ||= "_self"; // The theme leaves a link with a target to the browser.
  }
  document.addEventListener("click", follow, { capture: true, signal: left });
}

/**
 * One variable: its input, and `value`, which is empty until there is one that fits.
 *
 * @param {HTMLElement} row
 * @param {() => void} edited
 */
function field(row, edited) {
  const { obValue: name = "", obPattern: pattern = "", obExample: example = "", obParameters = "" } = row.dataset;
  const term = one("dt", HTMLElement, row);
  const details = one("dd", HTMLElement, row);
  const refused = make("p", { className: "ob-values__refused", id: `ob-refused-${name}` });
  refused.setAttribute("role", "alert");
  const input = make("input", { id: `ob-value-${name}`, type: "text", autocomplete: "off", spellcheck: false });
  input.setAttribute("autocapitalize", "off");
  input.setAttribute("autocorrect", "off");
  details.id = `ob-about-${name}`;
  input.setAttribute("aria-describedby", `${details.id} ${refused.id}`);
  term.replaceChildren(make("label", { htmlFor: input.id, textContent: name }));
  term.after(make("dd", {}, input, refused));

  const self = { name, input, parameters: obParameters.split(" "), value: "", fill };
  /** @param {unknown} raw */
  function take(raw) {
    const text = String(raw).trim();
    const reason = text && refusal(text, pattern, example);
    self.value = reason ? "" : text;
    input.setAttribute("aria-invalid", String(Boolean(reason)));
    refused.textContent = reason && `“${text.slice(0, 60)}” is refused: it ${reason}. For example: ${example}`;
  }
  /** @param {string} raw */
  function fill(raw) {
    input.value = raw;
    take(raw);
  }
  input.addEventListener("input", () => {
    take(input.value);
    edited();
  });
  return self;
}
