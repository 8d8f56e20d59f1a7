// What a word of a query may mean: words of the index, with the pages that are about them.

import { both, either, strengthsOf } from "./strengths.js";

const UNSURE = 0.5; // What a slip counts of a word that stands in some text as it was typed.
const IN_TEXT = 0.8; // What a word counts that is near and stands in the text alone.
const JOINED = 0.9;
const DOUBTED = 0.5; // What the parts of a word count that is a slip away from a whole word, such as the name of an alert.
const LONG = 7;

/** @typedef {import("./finding.js").Index} Index */
/** @typedef {import("./query.js").QueryWord} QueryWord */
/** @typedef {import("./strengths.js").Strengths} Strengths */
/** @typedef {import("./vocabulary.js").Vocabulary} Vocabulary */

/**
 * Returns the pages that one word of a query leads to.
 *
 * @param {QueryWord} asked
 * @param {Index} index
 * @returns {{ strengths: Strengths, words: string[] }}
 */
export function meaning({ word, isGrowing, asked, isLittle }, index) {
  const told = known(index.told, word, isGrowing);
  const written = isLittle ? new Map() : index.written && known(index.written, word, isGrowing);
  const other = asked ? [] : elsewhere(word, isGrowing, index);
  const isParted = other.length > 0;
  if (!asked && !told.size && (!isParted || word.length >= LONG)) {
    const share = written?.size ? UNSURE : 1;
    for (const [near, nearness] of nearest(word, isGrowing, index, !written?.size && !isParted, isParted ? 1 : 2)) {
      add(told, index.told.known(near, false), nearness * share);
      if (written) add(written, index.written?.known(near, false) ?? new Map(), nearness * share);
    }
  }
  const strengths = strengthsOf(told, written ?? new Map(), index);
  const partsCount = isParted && told.size ? DOUBTED : 1;
  return {
    strengths: other.reduce((found, { pages }) => either(found, weakened(pages, partsCount)), strengths),
    words: [...other.flatMap(({ words }) => words), ...wordsOf(told, written ?? new Map(), index)],
  };
}

/**
 * @param {Strengths} pages
 * @param {number} share
 */
function weakened(pages, share) {
  return share === 1 ? pages : new Map([...pages].map(([page, value]) => [page, value * share]));
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
 * @param {number} most slips
 * @returns {Map<string, number>}
 */
function nearest(word, isGrowing, index, isUnknown, most) {
  /** @type {Map<string, number>} */
  const found = new Map();
  const vocabularies = [index.told, ...(isUnknown && index.written ? [index.written] : [])];
  for (let slips = 1; slips <= most && !found.size; slips++) {
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
 * Adds the pages of what two neighbours are when they are written together, such as `file system`.
 *
 * @param {QueryWord[]} words
 * @param {number} at
 * @param {Strengths} strengths
 * @param {Index} index
 */
export function withJoined(words, at, strengths, index) {
  for (const first of [at - 1, at]) {
    const joined = `${words[first]?.word ?? ""}${words[first + 1]?.word ?? ""}`;
    if (!words[first] || !words[first + 1] || !index.told.has(joined)) continue;
    const found = strengthsOf(new Map([[index.told.place(joined), JOINED]]), new Map(), index);
    for (const [page, value] of found) strengths.set(page, Math.max(value, strengths.get(page) ?? 0));
  }
  return strengths;
}
