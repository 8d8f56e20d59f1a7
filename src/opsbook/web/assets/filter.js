// Filters the rows of a table or list by the fields of a form, and keeps the filter in the address. A field fits a row
// that has its value among the words of the attribute of that name; text is looked for in the row's first cell, or in
// all of the row where the list says so. A group of rows is hidden with the last of them.

export function filter(form) {
  const list = document.querySelector("[data-ob-filtered]");
  const nothing = document.querySelector("[data-ob-nothing]");
  const rows = [...list.querySelectorAll("tbody tr, [data-ob-row]")];
  const groups = [...list.querySelectorAll("[data-ob-group]")];
  const read = (row) => (list.dataset.obFiltered === "all" ? row : row.cells[0]).textContent.toLowerCase();
  const texts = new Map(rows.map((row) => [row, read(row)]));
  const fields = [...form.elements].filter((field) => field.name);

  const apply = () => {
    const wanted = fields.filter((field) => field.value.trim());
    let shown = 0;
    for (const row of rows) {
      row.hidden = !wanted.every((field) => fits(row, field));
      shown += !row.hidden;
    }
    form.querySelector("output").value = `${shown} of ${rows.length}`;
    nothing.hidden = shown > 0;
    for (const group of groups) group.hidden = rows.every((row) => row.hidden || !group.contains(row));
    const query = new URLSearchParams(wanted.map((field) => [field.name, field.value.trim()])).toString();
    history.replaceState(history.state, "", (query ? `?${query}` : location.pathname) + location.hash);
  };
  const fits = (row, field) =>
    field.name === "find"
      ? field.value.trim().toLowerCase().split(/\s+/).every((word) => texts.get(row).includes(word))
      : (row.dataset[field.name] ?? "").split(" ").includes(field.value);

  const given = new URLSearchParams(location.search);
  for (const field of fields) {
    const value = given.get(field.name);
    if (value === null) continue;
    field.value = value;
    if (field.value !== value) field.value = "";
  }
  form.hidden = false;
  form.addEventListener("input", apply);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(apply));
  apply();
}
