// The words that somebody may have meant by one that the index does not know.

const SHORTEST = 5;
const LONG = 9;
const MOST = 3;
const PLAIN = /^[\p{L}\p{N}_.]+$/u; // What is no operator of the search that takes these words.

/**
 * Returns the words of `lists` that differ least from `word`, or that begin with what does: those of the first list that
 * has any, by their length. Returns nothing for a word that is short, or with which a word of the lists begins.
 *
 * @param {string} word
 * @param {string[][]} lists
 * @returns {string[]}
 */
export function nearest(word, lists) {
  if (word.length < SHORTEST || lists.some((terms) => terms.some((term) => term.startsWith(word)))) return [];
  for (let slips = 1; slips <= (word.length < LONG ? 1 : 2); slips++) {
    for (const terms of lists) {
      const found = terms.filter((term) => isNear(word, term, slips) && PLAIN.test(term));
      const far = (/** @type {string} */ term) => Math.abs(term.length - word.length);
      if (found.length) return found.sort((a, b) => far(a) - far(b)).slice(0, MOST);
    }
  }
  return [];
}

/**
 * Returns whether `term` begins with `word` but for at most `slips` letters that are wrong, missing, too many, or
 * exchanged with their neighbour. The two are compared from these places on.
 *
 * @param {string} word
 * @param {string} term
 * @param {number} slips
 * @param {number} [inWord]
 * @param {number} [inTerm]
 * @returns {boolean}
 */
function isNear(word, term, slips, inWord = 0, inTerm = 0) {
  let [at, there] = [inWord, inTerm];
  while (at < word.length && word[at] === term[there]) {
    at++;
    there++;
  }
  if (word.length - at <= slips) return true;
  if (!slips) return false;
  const isExchanged = word[at] === term[there + 1] && word[at + 1] === term[there];
  return (
    isNear(word, term, slips - 1, at + 1, there + 1) ||
    isNear(word, term, slips - 1, at + 1, there) ||
    isNear(word, term, slips - 1, at, there + 1) ||
    (isExchanged && isNear(word, term, slips - 1, at + 2, there + 2))
  );
}
