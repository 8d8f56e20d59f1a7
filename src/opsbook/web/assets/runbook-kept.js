// Where the values of a runbook come from and are kept: the address, and the tab.
import { loadAnew } from "./address.js";
import { read, write } from "./storage.js";

/** @typedef {import("./runbook-values.js").Field} Field */

const KEY = "opsbook:values"; // In the session storage: the values by the name of their variable, for all runbooks.

/**
 * The values to begin with: those of the address, and what the tab remembers, unless the two contradict each other.
 * Then it is another incident, and a value of the last one must not stand beside those of this one.
 *
 * @param {Field[]} fields
 */
export function knownValues(fields) {
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
export function remember(fields) {
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
export function withValues(search, fields) {
  const query = new URLSearchParams(search);
  for (const { parameters, value } of fields) {
    for (const parameter of parameters) query.delete(parameter);
    const [first] = parameters;
    if (value && first) query.set(first, value);
  }
  return query;
}

/**
 * Loads this page anew where a link leads to it with other values.
 *
 * @param {Field[]} fields
 * @param {AbortSignal} left
 */
export function followOtherValues(fields, left) {
  const isOther = (/** @type {URLSearchParams} */ asked) =>
    fields.some(({ parameters, value }) => parameters.some((each) => (asked.get(each) ?? value) !== value));
  loadAnew(isOther, left);
}
