// Finds the pages for what somebody typed, best first.

import { meaning, withJoined } from "./meaning.js";

const BROUGHT = 0.4; // What a word of the manner, such as `stuck`, counts beside the words of the matter.
const WHOLE = 0.6; // What a page gains whose whole title is asked for.
const CLOSE = 60; // So many of the best are looked at again.
const SHORT = 2;

/** @typedef {import("./vocabulary.js").Vocabulary} Vocabulary */
/** @typedef {import("./query.js").Query} Query */
/** @typedef {import("./query.js").QueryWord} QueryWord */
/** @typedef {{ location: string, title: string, tags: string[], boost: number, isTrouble: boolean, told: number, written: number, titleWords: string[][] }} IndexedPage */
/**
 * @typedef {object} Index
 * @property {IndexedPage[]} pages
 * @property {Vocabulary} told the words of titles, tags, symptoms and headings
 * @property {string[]} postings
 * @property {Record<string, string[][]>} synonyms the words of each phrase that a word stands for
 * @property {Vocabulary | undefined} written the words of the text, once they are there
 * @property {(number: number) => string | undefined} postingsOf the pages of a word of the text, once they are there
 */
/** @typedef {{ page: number, score: number, found: boolean[] }} Hit */

/**
 * Returns the pages for `query`, best first, and the words of the index that stand for each word of it.
 *
 * @param {Query} query
 * @param {Index} index
 * @returns {{ hits: Hit[], words: Set<string>[] }}
 */
export function find(query, index) {
  const meant = query.words.map((each) => meaning(each, index));
  const strengths = meant.map((each, at) => withJoined(query.words, at, each.strengths, index));
  const telling = query.words.some(tells) ? query.words.map(tells) : query.words.map(() => true);
  const isMatter = query.words.some((each, at) => telling[at] && !each.isManner);
  const weights = strengths.map((each, at) => {
    const brought = isMatter && query.words[at]?.isManner ? BROUGHT : 1;
    return telling[at] ? brought * rarity(each.size, index) : 0;
  });
  // A page that does not say `stuck` is no worse an answer to what is stuck.
  const wantedWeights = weights.map((weight, at) => (isMatter && query.words[at]?.isManner ? 0 : weight));
  const all = wantedWeights.reduce((sum, weight) => sum + weight, 0);
  /** @type {Map<number, Hit>} */
  const hits = new Map();
  strengths.forEach((each, at) => {
    const weight = weights[at] ?? 0;
    for (const [page, value] of telling[at] ? each : []) {
      const hit = hits.get(page) ?? { page, score: 0, found: query.words.map(() => false) };
      hit.score += value * weight;
      hit.found[at] = true;
      hits.set(page, hit);
    }
  });
  for (const hit of hits.values()) {
    strengths.forEach((each, at) => {
      if (telling[at] || !each.has(hit.page)) return;
      hit.found[at] = true;
      hit.score *= 1 + 0.02 * (each.get(hit.page) ?? 0);
    });
    hit.score *=
      share(hit, wantedWeights, all) ** 2 * liking(/** @type {IndexedPage} */ (index.pages[hit.page]), query);
  }
  const allowed = [...hits.values()].filter((hit) => isWanted(hit, query)).sort(byScore);
  const words = meant.map((each) => new Set(each.words));
  const matter = words.filter((_, at) => telling[at] && !(isMatter && query.words[at]?.isManner));
  const titleOf = (/** @type {Hit} */ { page }) => /** @type {IndexedPage} */ (index.pages[page]).titleWords;
  const wanted = query.isOfTitles
    ? allowed.filter((hit) => heldIn(titleOf(hit), matter).length === matter.length)
    : allowed;
  for (const hit of wanted.slice(0, CLOSE)) {
    hit.score *= titled(titleOf(hit), matter);
  }
  return { hits: wanted.sort(byScore), words };
}

/**
 * @param {Hit} one
 * @param {Hit} other
 */
function byScore(one, other) {
  return other.score - one.score || one.page - other.page;
}

/**
 * Returns how much more a page counts for its title: for what of it is asked for, and for what of the query it holds.
 *
 * @param {string[][]} title the tokens of each of its words
 * @param {Set<string>[]} words
 */
function titled(title, words) {
  const isAsked = title.filter((tokens) => words.some((each) => tokens.some((token) => each.has(token))));
  const [asked, held] = [isAsked.length / (title.length || 1), heldIn(title, words).length / (words.length || 1)];
  return (1 + WHOLE * asked) * (1 + WHOLE * held ** 2);
}

/**
 * Returns those of `words` that stand in a title.
 *
 * @param {string[][]} title
 * @param {Set<string>[]} words
 */
function heldIn(title, words) {
  return words.filter((each) => title.some((tokens) => tokens.some((token) => each.has(token))));
}

/**
 * Returns the share of what was asked for that stands on a page.
 *
 * @param {Hit} hit
 * @param {number[]} weights
 * @param {number} all
 */
function share(hit, weights, all) {
  return weights.reduce((sum, weight, at) => sum + (hit.found[at] ? weight : 0), 0) / (all || 1);
}

/**
 * Returns how much more a page counts for what it is.
 *
 * @param {IndexedPage} page
 * @param {Query} query
 */
function liking(page, query) {
  if (!page.isTrouble) return page.boost;
  return page.boost * (query.manner > 0 ? 1.5 : query.manner < 0 ? 0.25 : 0.55);
}

/**
 * @param {Hit} hit
 * @param {Query} query
 */
function isWanted(hit, query) {
  return query.words.every(({ asked }, at) => (asked === "+" ? hit.found[at] : asked !== "-" || !hit.found[at]));
}

/** @param {QueryWord} each */
function tells(each) {
  return each.asked === "+" || (each.asked !== "-" && !each.isLittle && each.word.length > SHORT);
}

/**
 * Returns the weight of a word by how few pages have it.
 *
 * @param {number} count
 * @param {Index} index
 */
function rarity(count, index) {
  return Math.log(1 + (index.pages.length + 1) / (count + 1));
}
