// The words of an index, and which of them somebody may have meant.

const SHORTEST = 4;
const [FORM, LIKE] = [0.9, 0.8];
const MOST = 40;
const MOST_NEAR = 6;
const ENDINGS = /(?:ings?|ies|ied|ed|es|s|e|y|ions?|ments?)$/;

/** @typedef {Map<number, number>} Meant how near a word of the vocabulary is, 1 for the word itself, by its number */

export class Vocabulary {
  /**
   * @param {string[]} words sorted
   * @param {(word: string) => string} stem
   */
  constructor(words, stem) {
    this.words = words;
    this.stem = stem;
    /** @type {Int32Array | undefined} */
    this.letters = undefined;
  }

  /**
   * Returns the number of `word`, or that of the first word behind it.
   *
   * @param {string} word
   */
  place(word) {
    let [low, high] = [0, this.words.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (/** @type {string} */ (this.words[middle]) < word) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** @param {string} word */
  has(word) {
    return this.words[this.place(word)] === word;
  }

  /**
   * Returns the word itself, its other forms, and what begins with it where it may still be growing.
   *
   * @param {string} word
   * @param {boolean} isGrowing
   * @returns {Meant}
   */
  known(word, isGrowing) {
    /** @type {Meant} */
    const meant = new Map();
    const stem = this.stem(word);
    const root = word.slice(0, Math.max(3, Math.min(stem.length, word.length) - 2));
    for (let at = this.place(root); this.words[at]?.startsWith(root); at++) {
      const other = /** @type {string} */ (this.words[at]);
      if (other === word) meant.set(at, 1);
      else if (word.length > 3 && this.stem(other) === stem) meant.set(at, FORM);
      else if (isLike(this.stem(other), stem)) meant.set(at, LIKE);
      else if (isGrowing && other.startsWith(word)) meant.set(at, 0.4 + (0.4 * word.length) / other.length);
    }
    const place = this.place(word);
    if (meant.has(place))
      for (const [at, nearness] of meant) if (at !== place && nearness < LIKE) meant.set(at, nearness / 2);
    return best(meant);
  }

  /**
   * Returns the words that differ from `word` by so many letters that are wrong, missing, too many, or exchanged with the
   * next.
   *
   * @param {string} word
   * @param {boolean} isGrowing
   * @param {number} slips
   * @returns {Meant}
   */
  near(word, isGrowing, slips) {
    /** @type {Meant} */
    const meant = new Map();
    if (word.length < (slips > 1 ? 2 * SHORTEST : SHORTEST - 1)) return meant;
    const letters = lettersOf(word);
    this.letters ??= Int32Array.from(this.words, lettersOf);
    for (let at = 0; at < this.words.length; at++) {
      if (bits(letters & ~(/** @type {number} */ (this.letters[at]))) > slips) continue;
      const nearness = nearnessOf(word, /** @type {string} */ (this.words[at]), slips, isGrowing);
      if (nearness) meant.set(at, nearness);
    }
    return best(meant, MOST_NEAR);
  }

  /**
   * Returns the words that one such as `k8s` stands for: a number for the letters that are left out.
   *
   * @param {string} word
   * @returns {Meant}
   */
  shortened(word) {
    const [first, last, length] = [word[0], word[word.length - 1], Number.parseInt(word.slice(1), 10) + 2];
    /** @type {Meant} */
    const meant = new Map();
    for (let at = this.place(first ?? ""); this.words[at]?.startsWith(first ?? ""); at++) {
      if (this.words[at]?.length === length && this.words[at]?.endsWith(last ?? "")) meant.set(at, 0.9);
    }
    return meant;
  }

  /**
   * Returns the fewest words that `word` is written together of; none where it is not. The last may still be growing.
   *
   * @param {string} word
   * @param {boolean} isGrowing
   * @returns {string[]}
   */
  divided(word, isGrowing) {
    /** @type {string[][]} */
    const ways = [[]];
    const shortest = word.length < 6 ? 2 : 3;
    for (let end = shortest; end <= word.length && word.length < MOST; end++) {
      for (let at = 0; at <= end - shortest; at++) {
        const [before, part] = [ways[at], word.slice(at, end)];
        if (!before || part === word || before.length >= (ways[end]?.length ?? MOST) - 1) continue;
        if (this.has(part) || (isGrowing && end === word.length && part.length > 3 && this.begins(part))) {
          ways[end] = [...before, part];
        }
      }
    }
    return ways[word.length] ?? [];
  }

  /** @param {string} part */
  begins(part) {
    return !!this.words[this.place(part)]?.startsWith(part);
  }
}

/**
 * Returns whether one stem begins the other, but for an ending: stemmers know the endings with their accents alone.
 *
 * @param {string} one
 * @param {string} other
 */
function isLike(one, other) {
  const [short, long] = one.length < other.length ? [one, other] : [other, one];
  return short.length > SHORTEST && long.length - short.length < 3 && long.startsWith(short);
}

/**
 * Returns how near two words are that differ by at most so many slips; 0 if by more.
 *
 * @param {string} word
 * @param {string} other
 * @param {number} most
 * @param {boolean} isGrowing
 */
function nearnessOf(word, other, most, isGrowing) {
  if (word.length < SHORTEST) return word.length === other.length && sorted(word) === sorted(other) ? 0.5 : 0;
  if (other.length < word.length - most || other.length < SHORTEST - 1) return 0;
  const isWhole = other.length <= word.length + most;
  if (!isWhole && (!isGrowing || word.length < SHORTEST + 1)) return 0;
  const isFirst = word[0] === other[0];
  return isNear(word, other, most, isWhole) ? (isWhole ? 0.75 : 0.45) / most - (isFirst ? 0 : 0.1) : 0;
}

/**
 * Returns whether two words are the same but for so many slips, or whether the one begins the other.
 *
 * @param {string} word
 * @param {string} other
 * @param {number} slips
 * @param {boolean} isWhole
 * @param {number} [at]
 * @param {number} [there]
 * @returns {boolean}
 */
function isNear(word, other, slips, isWhole, at = 0, there = 0) {
  let [here, yonder] = [at, there];
  while (here < word.length && word[here] === other[yonder]) {
    here++;
    yonder++;
  }
  if (here >= word.length) return !isWhole || other.length - yonder <= slips;
  if (!slips) return false;
  const isExchanged = word[here] === other[yonder + 1] && word[here + 1] === other[yonder];
  return (
    isNear(word, other, slips - 1, isWhole, here + 1, yonder + 1) ||
    isNear(word, other, slips - 1, isWhole, here + 1, yonder) ||
    isNear(word, other, slips - 1, isWhole, here, yonder + 1) ||
    (isExchanged && isNear(word, other, slips - 1, isWhole, here + 2, yonder + 2))
  );
}

/**
 * Returns the stem of an English word, more or less: enough to tell forms of one word.
 *
 * @param {string} word
 */
export function englishStem(word) {
  if (word.length < 4 || /[^a-z]/.test(word)) return word;
  const stem = word.replace(ENDINGS, "");
  return (stem.length < 3 ? word : stem).replace(/(.)\1$/, "$1");
}

/**
 * Keeps the nearest words: what a short word begins may be half of all.
 *
 * @param {Meant} meant
 * @param {number} [most]
 */
function best(meant, most = MOST) {
  return meant.size <= most ? meant : new Map([...meant].sort(([, a], [, b]) => b - a).slice(0, most));
}

/**
 * Returns a bit for each letter of a word. Words that lack more letters than there are slips are not near.
 *
 * @param {string} word
 */
function lettersOf(word) {
  let letters = 0;
  for (let at = 0; at < word.length; at++) letters |= 1 << (word.charCodeAt(at) & 31);
  return letters;
}

/** @param {number} value */
function bits(value) {
  let count = 0;
  for (let rest = value; rest; rest &= rest - 1) count++;
  return count;
}

/** @param {string} word */
function sorted(word) {
  return [...word].sort().join("");
}
