// Cuts text into the words that are compared, as `mkdocs/search_tokens.py` does for the index.

const ACCENTS = /[\u0300-\u036f]/g;
const WORD = /[0-9]+(?:\.[0-9]+)*(?![\p{L}\p{N}])|[\p{L}\p{N}]+/gu;
const UNSPACED = /([\u0e00-\u0e7f\u3005-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]+)/;
const PIECE = /[A-Z]+(?![a-z])[0-9]*|[A-Z]?[a-z]+[0-9]*|[0-9]+[a-z]*/g;
const ASCII = /^[!-~]*$/;
const LONGEST = 60;

/**
 * Returns `text` without case and accents.
 *
 * @param {string} text
 */
export function fold(text) {
  if (ASCII.test(text)) return text.toLowerCase();
  return text.toLowerCase().normalize("NFKD").replace(ACCENTS, "").normalize("NFC").replaceAll("ß", "ss");
}

/**
 * Returns each run of letters and digits of `text`, with its place.
 *
 * @param {string} text
 */
export function wordsOf(text) {
  return [...text.matchAll(WORD)]
    .filter(([word]) => word.length <= LONGEST)
    .map(({ 0: word, index }) => ({ word, at: index }));
}

/**
 * Returns the tokens of one run of letters and digits: the whole of it first.
 *
 * @param {string} word
 * @returns {string[]}
 */
export function tokensOf(word) {
  const folded = fold(word);
  if (ASCII.test(word)) {
    const pieces = piecesOf(word).map((piece) => piece.toLowerCase());
    const ends = pieces.slice(1, -1).map((_, at) => pieces.slice(at + 1).join(""));
    return [folded, ...pieces, ...ends];
  }
  return folded.split(UNSPACED).flatMap((part, at) => (at % 2 ? pairs(part) : part || []));
}

/**
 * Returns the pieces of a name in camel case, none where it has but one.
 *
 * @param {string} word
 * @returns {string[]}
 */
export function piecesOf(word) {
  const found = word === word.toLowerCase() ? [] : (word.match(PIECE) ?? []);
  return found.length > 1 ? found : [];
}

/** @param {string} signs */
function pairs(signs) {
  return Array.from({ length: Math.max(signs.length - 1, 1) }, (_, at) => signs.slice(at, at + 2));
}

/**
 * Returns all tokens of `text`.
 *
 * @param {string} text
 */
export function tokensIn(text) {
  return wordsOf(text).flatMap(({ word }) => tokensOf(word));
}
