// The panel of a runbook's variables: filled from the address, remembered for the tab, refused where a value does not fit.
import { keepInAddress } from "./address.js";
import { all, button, make, one } from "./dom.js";
import { LONGEST, refusal } from "./quoting.js";
import { followOtherValues, knownValues, remember, withValues } from "./runbook-kept.js";
import { say, sayMany } from "./words.js";

/** @typedef {ReturnType<typeof valuesPanel>} Values */
/** @typedef {ReturnType<typeof field>} Field */

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
    state?.replaceChildren(words.join(" · "));
    if (empty)
      state?.append(words.length ? " · " : "", make("span", sayMany("%(count)s empty", "%(count)s empty", empty)));
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
    panel.append(button(say("Clear the values"), clear));
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
    const values = { value: text.slice(0, 60), most: LONGEST, pattern, example };
    Object.assign(refused, reason ? say(reason, values) : { textContent: "" });
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
