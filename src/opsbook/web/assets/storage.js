// Keeps values in the browser, where it lets us: it may forbid that, and others may have written there.

/** @typedef {"localStorage" | "sessionStorage"} Area */

/**
 * Returns the value of `key`, of whatever shape; null where there is none.
 *
 * @param {Area} area
 * @param {string} key
 * @returns {any}
 */
export function read(area, key) {
  try {
    return JSON.parse(window[area].getItem(key) ?? "null");
  } catch {
    return null;
  }
}

/**
 * Keeps `value` under `key`; null takes the key away.
 *
 * @param {Area} area
 * @param {string} key
 * @param {unknown} value
 */
export function write(area, key, value) {
  try {
    if (value === null) window[area].removeItem(key);
    else window[area].setItem(key, JSON.stringify(value));
  } catch {
    // Then the value lives as long as the page does.
  }
}
