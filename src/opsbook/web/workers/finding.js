// Finds the pages for what somebody typed, best first.

import { unpack } from "./postings.js";

const TITLE = 1;
const FIELDS = [
  [TITLE, 10],
  [2, 8],
  [4, 7],
  [8, 2.5],
];
const BROUGHT = 0.4; // What a word of the manner, such as `stuck`, counts beside the words of the matter.
const WHOLE = 0.6; // What a page gains whose whole title is asked for.
const TOLD = Array.from({ length: 16 }, (_, mark) => strength(mark));
const WRITTEN = [0.6, 0.9, 1.2, 1.5];
const UNSURE = 0.5; // What a slip counts of a word that stands in some text as it was typed.
const IN_TEXT = 0.8; // What a word counts that is near and stands in the text alone.
const CLOSE = 60; // So many of the best are looked at again.
const [MANY_TOLD, MANY_WRITTEN] = [400, 1500]; // So many words are those of a long page.
const SHORT = 2;
const JOINED = 0.9;

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
/** @typedef {Map<number, number>} Strengths how much a page is about a word, by the number of the page */
/** @typedef {{ page: number, score: number, found: boolean[] }} Hit */

/** @param {number} mark */
function strength(mark) {
  const found = FIELDS.flatMap(([field, weight]) => (mark & /** @type {number} */ (field) ? [weight ?? 0] : []));
  return Math.max(0, ...found) + 0.15 * found.reduce((sum, weight) => sum + weight, 0);
}

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

/**
 * Returns the pages that one word of a query leads to.
 *
 * @param {QueryWord} asked
 * @param {Index} index
 * @returns {{ strengths: Strengths, words: string[] }}
 */
function meaning({ word, isGrowing, asked, isLittle }, index) {
  const told = known(index.told, word, isGrowing);
  const written = isLittle ? new Map() : index.written && known(index.written, word, isGrowing);
  const other = asked ? [] : elsewhere(word, isGrowing, index);
  if (!asked && !other.length && !told.size) {
    const share = written?.size ? UNSURE : 1;
    for (const [near, nearness] of nearest(word, isGrowing, index, !written?.size)) {
      add(told, index.told.known(near, false), nearness * share);
      if (written) add(written, index.written?.known(near, false) ?? new Map(), nearness * share);
    }
  }
  const strengths = strengthsOf(told, written ?? new Map(), index);
  return {
    strengths: other.reduce((found, { pages }) => either(found, pages), strengths),
    words: [...other.flatMap(({ words }) => words), ...wordsOf(told, written ?? new Map(), index)],
  };
}

/**
 * @param {Map<number, number>} told
 * @param {Map<number, number>} written
 * @param {Index} index
 */
function wordsOf(told, written, index) {
  const inText = [...written.keys()].map((at) => index.written?.words[at] ?? "");
  return [...[...told.keys()].map((at) => index.told.words[at] ?? ""), ...inText];
}

/**
 * Returns the words that may have been meant by one with a slip, with how near they are.
 *
 * @param {string} word
 * @param {boolean} isGrowing
 * @param {Index} index
 * @param {boolean} isUnknown whether the text has no such word
 * @returns {Map<string, number>}
 */
function nearest(word, isGrowing, index, isUnknown) {
  /** @type {Map<string, number>} */
  const found = new Map();
  const vocabularies = [index.told, ...(isUnknown && index.written ? [index.written] : [])];
  for (let slips = 1; slips < 3 && !found.size; slips++) {
    for (const vocabulary of vocabularies) {
      for (const [at, nearness] of vocabulary.near(word, isGrowing, slips)) {
        const near = vocabulary.words[at] ?? "";
        const share = vocabulary === index.told ? 1 : IN_TEXT;
        found.set(near, Math.max(found.get(near) ?? 0, nearness * share));
      }
    }
  }
  return found;
}

/**
 * @param {Vocabulary} vocabulary
 * @param {string} word
 * @param {boolean} isGrowing
 */
function known(vocabulary, word, isGrowing) {
  const found = vocabulary.known(word, isGrowing);
  return /^[a-z]\d+[a-z]$/.test(word) && !found.size ? vocabulary.shortened(word) : found;
}

/**
 * @param {Map<number, number>} meant
 * @param {Map<number, number>} others
 * @param {number} share
 */
function add(meant, others, share) {
  for (const [at, nearness] of others) meant.set(at, Math.max(meant.get(at) ?? 0, nearness * share));
}

/**
 * Returns the phrases that a word stands for, and the words that it is written together of, with their pages.
 *
 * @param {string} word
 * @param {boolean} isGrowing
 * @param {Index} index
 */
function elsewhere(word, isGrowing, index) {
  const phrases = (index.synonyms[word] ?? []).map((phrase) => ({ phrase, isGrowing: false, share: 1 }));
  const parts = index.told.divided(word, isGrowing);
  return [...phrases, ...(parts.length ? [{ phrase: parts, isGrowing, share: JOINED }] : [])]
    .map(({ phrase, isGrowing, share }) => {
      const known = phrase.map((part, at) => {
        const isLast = isGrowing && at === phrase.length - 1;
        return { told: index.told.known(part, isLast), written: index.written?.known(part, isLast) ?? new Map() };
      });
      const pages = known.map(({ told, written }) => strengthsOf(told, written, index)).reduce(both);
      return {
        words: known.flatMap(({ told, written }) => wordsOf(told, written, index)),
        pages: new Map([...pages].map(([page, value]) => [page, value * share])),
      };
    })
    .filter(({ pages }) => pages.size);
}

/**
 * @param {Map<number, number>} told
 * @param {Map<number, number>} written
 * @param {Index} index
 * @returns {Strengths}
 */
function strengthsOf(told, written, index) {
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
 * Adds the pages of what two neighbours are when they are written together, such as `file system`.
 *
 * @param {QueryWord[]} words
 * @param {number} at
 * @param {Strengths} strengths
 * @param {Index} index
 */
function withJoined(words, at, strengths, index) {
  for (const first of [at - 1, at]) {
    const joined = `${words[first]?.word ?? ""}${words[first + 1]?.word ?? ""}`;
    if (!words[first] || !words[first + 1] || !index.told.has(joined)) continue;
    const found = strengthsOf(new Map([[index.told.place(joined), JOINED]]), new Map(), index);
    for (const [page, value] of found) strengths.set(page, Math.max(value, strengths.get(page) ?? 0));
  }
  return strengths;
}

/**
 * @param {Strengths} some
 * @param {Strengths} others
 * @returns {Strengths}
 */
function both(some, others) {
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
function either(some, others) {
  const found = new Map(some);
  for (const [page, value] of others) found.set(page, Math.max(value, found.get(page) ?? 0));
  return found;
}
