// What somebody typed: its words, the operators of the theme's search, and whether it sounds like trouble.

import { fold, tokensOf, wordsOf } from "./tokens.js";

const QUOTED = /"([^"]*)"/g;
const OPERATOR = /(?:^|\s)([+-])(?=[\p{L}\p{N}])/gu;
const SIGNS = /[*~^](?:\d+(?:\.\d+)?)?(?=\s|$)|\b(?:title|text|tags):/g;
const NAMED = /^title:|\stitle:/;

/**
 * @typedef {object} QueryWord
 * @property {string} typed
 * @property {string} word as it is compared
 * @property {boolean} isGrowing whether it may be the beginning of a longer one
 * @property {boolean} isLittle whether it says nothing by itself
 * @property {boolean} isManner whether it says what somebody wants rather than what about
 * @property {"" | "+" | "-"} asked
 */
/**
 * @typedef {object} Query
 * @property {QueryWord[]} words
 * @property {number} manner 1 for trouble, -1 for learning
 * @property {boolean} isOfTitles
 */
/**
 * The words of the site's languages by which the manner is told, and those that say little.
 *
 * @typedef {{ trouble: Set<string>, signs: Set<string>, learning: Set<string>, isLittle: (word: string) => boolean }} Speech
 */

/**
 * @param {string} text
 * @param {Speech} speech
 * @returns {Query}
 */
export function parse(text, speech) {
  const spoken = fold(text).split(/[^\p{L}\p{N}']+/u);
  const isTrouble = spoken.some((word) => speech.trouble.has(word) || speech.signs.has(word));
  const isLearning = spoken.some((word) => speech.learning.has(word)) || [...speech.learning].some(isIn(fold(text)));
  return {
    words: queryWords(text, speech),
    manner: isTrouble ? 1 : isLearning ? -1 : 0,
    isOfTitles: NAMED.test(text),
  };
}

/** @param {string} text */
function isIn(text) {
  // Words of a script without spaces are not told apart in a sentence.
  return (/** @type {string} */ word) => /[^\0-\u02ff]/.test(word) && text.includes(word);
}

/**
 * @param {string} text
 * @param {Speech} speech
 * @returns {QueryWord[]}
 */
function queryWords(text, speech) {
  const plain = text.replace(SIGNS, " ").replace(QUOTED, (_, inside) => inside.replace(/(^|\s)(?=\S)/g, "$1+"));
  const operators = new Map([...plain.matchAll(OPERATOR)].map((found) => [found.index + found[0].length, found[1]]));
  const found = wordsOf(plain).flatMap(({ word, at }) => {
    const [whole = "", ...others] = tokensOf(word);
    const isUnspaced = whole !== fold(word);
    const tokens = isUnspaced ? [whole, ...others] : [whole];
    return tokens.map((token) => ({ typed: isUnspaced ? token : word, word: token, asked: operators.get(at) ?? "" }));
  });
  return found.map((each) => ({
    .../** @type {{ typed: string, word: string, asked: "" | "+" | "-" }} */ (each),
    isGrowing: found.length === 1 || each.word.length > 2,
    isManner: speech.trouble.has(each.word),
    isLittle: speech.isLittle(each.typed.toLowerCase()) || speech.isLittle(each.word),
  }));
}
