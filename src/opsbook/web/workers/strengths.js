// How much each page is about the words that are meant, by where they stand on it.

import { unpack } from "./postings.js";

const TITLE = 1;
const FIELDS = [
  [TITLE, 10],
  [2, 8],
  [4, 7],
  [8, 2.5],
];
const TOLD = Array.from({ length: 16 }, (_, mark) => strength(mark));
const WRITTEN = [0.6, 0.9, 1.2, 1.5];
const [MANY_TOLD, MANY_WRITTEN] = [400, 1500]; // So many words are those of a long page.

/** @typedef {import("./finding.js").Index} Index */
/** @typedef {import("./finding.js").IndexedPage} IndexedPage */
/** @typedef {Map<number, number>} Strengths how much a page is about a word, by the number of the page */

/** @param {number} mark */
function strength(mark) {
  const found = FIELDS.flatMap(([field, weight]) => (mark & /** @type {number} */ (field) ? [weight ?? 0] : []));
  return Math.max(0, ...found) + 0.15 * found.reduce((sum, weight) => sum + weight, 0);
}

/**
 * @param {Map<number, number>} told
 * @param {Map<number, number>} written
 * @param {Index} index
 * @returns {Strengths}
 */
export function strengthsOf(told, written, index) {
  /** @type {Strengths} */
  const strengths = new Map();
  const keep = (/** @type {number} */ page, /** @type {number} */ value) => {
    if (value > (strengths.get(page) ?? 0)) strengths.set(page, value);
  };
  for (const [at, nearness] of told) {
    unpack(index.postings[at] ?? "", 4, (page, mark) => {
      const known = /** @type {IndexedPage} */ (index.pages[page]);
      const spread = mark & TITLE ? 0.75 + 1 / (known.titleWords.length + 1) : 1 / (0.9 + known.told / MANY_TOLD);
      keep(page, nearness * (TOLD[mark] ?? 0) * spread);
    });
  }
  for (const [at, nearness] of written) {
    unpack(index.postingsOf(at) ?? "", 2, (page, mark) => {
      const { written: size } = /** @type {IndexedPage} */ (index.pages[page]);
      keep(page, (nearness * (WRITTEN[mark] ?? 0)) / (0.8 + size / MANY_WRITTEN));
    });
  }
  return strengths;
}

/**
 * @param {Strengths} some
 * @param {Strengths} others
 * @returns {Strengths}
 */
export function both(some, others) {
  return new Map(
    [...some].flatMap(([page, value]) => {
      const other = others.get(page);
      return other === undefined ? [] : [[page, Math.min(value, other)]];
    }),
  );
}

/**
 * @param {Strengths} some
 * @param {Strengths} others
 * @returns {Strengths}
 */
export function either(some, others) {
  const found = new Map(some);
  for (const [page, value] of others) found.set(page, Math.max(value, found.get(page) ?? 0));
  return found;
}
