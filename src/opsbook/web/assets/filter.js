// Filters the rows of a table or list by the fields of a form, and keeps the filter in the address. A field fits a row
// that has its value in the attribute of that name, where commas stand between values; text is looked for in the row's first cell, or in
// all of the row where the list says so. A group of rows is hidden with the last of them.
import { keepInAddress, loadAnew } from "./address.js";
import { all, one } from "./dom.js";
import { say } from "./words.js";

/** @typedef {HTMLInputElement | HTMLSelectElement} Field */

/**
 * @param {HTMLFormElement} form
 * @param {AbortSignal} left
 */
export function filter(form, left) {
  const list = one("[data-ob-filtered]", HTMLElement);
  const nothing = one("[data-ob-nothing]", HTMLElement);
  const count = one("output", HTMLOutputElement, form);
  const rows = all("tbody tr, [data-ob-row]", HTMLElement, list);
  const groups = all("[data-ob-group]", HTMLElement, list);
  const texts = new Map(rows.map((row) => [row, searched(row, list).textContent.toLowerCase()]));
  const fields = fieldsOf(form);

  function apply() {
    const wanted = fields.filter((field) => field.value.trim());
    for (const row of rows) row.hidden = !wanted.every((field) => fits(row, field));
    const shown = rows.filter((row) => !row.hidden).length;
    Object.assign(count, say("%(shown)s of %(total)s", { shown, total: rows.length }));
    nothing.hidden = shown > 0;
    for (const group of groups) group.hidden = rows.every((row) => row.hidden || !group.contains(row));
    keepInAddress(new URLSearchParams(wanted.map((field) => [field.name, field.value.trim()])));
  }
  /**
   * @param {HTMLElement} row
   * @param {Field} field
   */
  function fits(row, field) {
    if (field.name !== "find") return (row.dataset[field.name] ?? "").split(",").includes(field.value);
    const words = field.value.trim().toLowerCase().split(/\s+/);
    return words.every((word) => texts.get(row)?.includes(word));
  }

  fillFromAddress(fields);
  loadAnew((asked) => fields.some(({ name, value }) => (asked.get(name) ?? "") !== value.trim()), left);
  form.hidden = false;
  form.addEventListener("input", apply);
  form.addEventListener("submit", (event) => event.preventDefault());
  // The fields are empty only after this event.
  form.addEventListener("reset", () => setTimeout(() => form.isConnected && apply()));
  apply();
}

/** @param {HTMLFormElement} form */
function fieldsOf(form) {
  const kinds = [...form.elements].filter(
    (each) => each instanceof HTMLInputElement || each instanceof HTMLSelectElement,
  );
  return kinds.filter((field) => field.name);
}

/**
 * The part of a row that text is looked for in.
 *
 * @param {HTMLElement} row
 * @param {HTMLElement} list
 * @returns {HTMLElement}
 */
function searched(row, list) {
  const cell = row instanceof HTMLTableRowElement && list.dataset.obFiltered !== "all" ? row.cells[0] : undefined;
  return cell ?? row;
}

/** @param {Field[]} fields */
function fillFromAddress(fields) {
  const given = new URLSearchParams(location.search);
  for (const field of fields) {
    const value = given.get(field.name);
    if (value === null) continue;
    field.value = value;
    if (field.value !== value) field.value = "";
  }
}
