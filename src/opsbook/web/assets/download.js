import { make } from "./dom.js";

/**
 * Saves `text` as a file that the reader downloads.
 *
 * @param {string} name
 * @param {string} text
 * @param {string} type
 */
export function download(name, text, type) {
  const url = URL.createObjectURL(new Blob([text], { type }));
  make("a", { href: url, download: name }).click();
  // The browser may still read it when the click is over.
  setTimeout(() => URL.revokeObjectURL(url), 1000);
}
