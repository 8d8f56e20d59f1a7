// The words of the scripts, in the language of the page. An English text is its own key; one without a translation stays
// English, and is marked as such where the page is in another language.
import { CATALOGS } from "./catalogs.js";
import { make } from "./dom.js";

/** @typedef {Record<string, string | number>} Values what stands in the places that a text names, as `%(name)s` */

const code = document.documentElement.lang;
const own = [code, code.split("-")[0] ?? ""].find((each) => CATALOGS[each.toLowerCase()]);
const catalog = CATALOGS[own?.toLowerCase() ?? ""] ?? {};

/** The language that the scripts speak. */
export const LANGUAGE = own ?? "en";

/** The marks of an element in which all words are English: none on a page in English. */
const ENGLISH = /^(en\b|$)/i.test(code) ? {} : { lang: "en", dir: "ltr" };

const numbers = new Intl.NumberFormat(LANGUAGE);
const days = new Intl.DateTimeFormat(LANGUAGE, { dateStyle: "medium", timeZone: "UTC" });
const plurals = new Intl.PluralRules(LANGUAGE);

/**
 * Returns `text` with `values` in their places.
 *
 * @param {string} text
 * @param {Values} values
 */
function filled(text, values) {
  return text.replace(/%\((\w+)\)s/g, (_, /** @type {string} */ name) => {
    const value = values[name] ?? "";
    return typeof value === "number" ? numbers.format(value) : value;
  });
}

/**
 * Returns a number as the language has it.
 *
 * @param {number} value
 */
export const count = (value) => numbers.format(value);

/**
 * Returns a day as the language has it; in English, whose countries differ, as YYYY-MM-DD.
 *
 * @param {string} at
 */
export const day = (at) => (own ? days.format(new Date(at)) : at.slice(0, 10));

/**
 * Returns a text of the engine.
 *
 * @param {string} text
 * @param {Values} [values]
 */
export function gettext(text, values = {}) {
  const found = catalog[text];
  return filled(typeof found === "string" ? found : text, values);
}

/**
 * Returns the form of a text that fits `count`, which stands in its place of that name.
 *
 * @param {string} singular
 * @param {string} plural
 * @param {number} count
 * @param {Values} [values]
 */
function ngettext(singular, plural, count, values = {}) {
  const forms = catalog[singular];
  const english = count === 1 ? singular : plural;
  const text = typeof forms === "object" ? (forms[plurals.select(count)] ?? forms.other) : english;
  return filled(text ?? english, { count, ...values });
}

/**
 * Returns the properties of an element that says a text of the engine and nothing else.
 *
 * @param {string} text
 * @param {Values} [values]
 */
export function say(text, values) {
  return { ...marks(text), textContent: gettext(text, values) };
}

/**
 * The same for a text with a form for `count`.
 *
 * @param {string} singular
 * @param {string} plural
 * @param {number} count
 * @param {Values} [values]
 */
export function sayMany(singular, plural, count, values) {
  return { ...marks(singular), textContent: ngettext(singular, plural, count, values) };
}

/**
 * Returns what marks an element that holds a text of the engine, where that has no translation.
 *
 * @param {string} text
 */
const marks = (text) => (text in catalog ? {} : ENGLISH);

/**
 * Makes a text of the engine for a place that holds other texts as well.
 *
 * @param {string} text
 * @param {Values} [values]
 */
export const word = (text, values) => ("lang" in marks(text) ? make("span", say(text, values)) : gettext(text, values));
