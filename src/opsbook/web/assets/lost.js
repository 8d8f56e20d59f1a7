// The page for addresses at which nothing is: searches for the words of the address.
import { button, one } from "./dom.js";

/** @param {HTMLElement} place */
export function lost(place) {
  const words = wanted();
  if (!words || !document.querySelector("[data-md-component=search-query]")) return;
  const search = () => {
    const query = one("[data-md-component=search-query]", HTMLInputElement);
    const toggle = one("#__search", HTMLInputElement);
    if (!toggle.checked) toggle.click(); // By its event, on which the theme shows the results.
    query.focus();
    query.value = words;
    query.dispatchEvent(new Event("input", { bubbles: true }));
    query.dispatchEvent(new KeyboardEvent("keyup", { bubbles: true }));
  };
  place.append(button({ textContent: `${place.dataset.obLost ?? ""} “${words}”` }, search));
  place.hidden = false;
  search();
}

/** Returns the words of the address below the root of the site. */
function wanted() {
  /** @type {{ base?: string }} */
  const { base = "." } = JSON.parse(document.querySelector("#__config")?.textContent ?? "{}");
  const root = new URL(base, location.href).pathname.replace(/\/?$/, "/");
  let path = location.pathname;
  if (path.startsWith(root)) path = path.slice(root.length);
  try {
    path = decodeURIComponent(path);
  } catch {
    // Half a character: what is left of it finds something all the same.
  }
  const words = path.replace(/(^404|index)?\.html?$/, "").split(/[^\p{L}\p{N}]+/u);
  return words.filter(Boolean).join(" ").slice(0, 100);
}
