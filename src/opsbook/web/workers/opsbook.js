// Stands before the theme's search worker, whose name is in this one's address, and rewrites what people type.
//
// The theme looks for every word as the beginning of others, all alike. With a thousand pages `a pod is not ready` then
// finds what holds many words with `a`, `no` or `is`. Here a whole word counts far more than a beginning, and words
// that say nothing are left out. Who uses the operators of the theme's search gets what they ask for.
//
// A word that nothing begins with is taken for a slip of the finger, and the nearest words of the index stand in for it.
//
// The messages, the global `lunr` and the name of the file are the theme's own and documented nowhere. Another engine's
// search has neither the library nor texts for messages, and is left alone.
// https://github.com/squidfunk/mkdocs-material/blob/9.8.1/src/templates/assets/javascripts/integrations/search/worker/message/index.ts
// https://github.com/squidfunk/mkdocs-material/blob/9.8.1/src/templates/assets/javascripts/integrations/search/worker/main/index.ts
// Its settings weigh fields and pages, and know neither whole words nor words to leave out.
import { nearest } from "./nearest.js";

const QUERY = 2;
const WHOLE = 10;
const TOLD = ["title", "tags", "words"];
const UNSPACED = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}]/u;
const OPERATORS = /["*^~]|(?:^|\s)[+-]\S|\b(?:title|text|tags):/;

/** @typedef {Record<string, object>} Postings where a word stands: the entries by the name of the field */
/** @typedef {{ invertedIndex: Record<string, Postings>, pipeline: { runString(word: string): string[] } }} Index */
/**
 * What the theme's own script brings: the library that it searches with.
 *
 * @typedef {object} Lunr
 * @property {(word: string) => string | undefined} stopWordFilter
 * @property {{ separator: RegExp }} tokenizer
 * @property {{ prototype: { build(): Index } }} Builder
 */
/** @type {DedicatedWorkerGlobalScope & { lunr?: Lunr, document?: { currentScript: { src: string } | null } }} */
const worker = /** @type {any} */ (self);
/** @type {Index | null} */
let index = null;
/**
 * All words of the index: first those by which pages are told apart, of titles, alerts and symptoms, then those of text.
 *
 * @type {[string[], string[]]}
 */
const terms = [[], []];

worker.addEventListener("message", (event) => {
  const { type, data, rewritten } = event.data ?? {};
  if (type !== QUERY || rewritten || typeof data !== "string" || !worker.lunr) return;
  event.stopImmediatePropagation();
  const query = rewrite(data, worker.lunr);
  worker.dispatchEvent(new MessageEvent("message", { data: { type, data: query, rewritten: true } }));
});

/**
 * @param {string} text
 * @param {Lunr} lunr
 */
function rewrite(text, lunr) {
  if (OPERATORS.test(text)) return text;
  const words = text.split(/[^\p{L}\p{N}_.]+/u).filter((word) => /[^.]/.test(word));
  const telling = words.filter((word) => isTelling(word.toLowerCase(), lunr));
  const kept = telling.length ? telling : words;
  return kept
    .flatMap((word, at) => {
      const found = meant(word.toLowerCase(), lunr);
      const words = found.length ? found : [word];
      return words.flatMap((each) => [`${each}^${WHOLE}`, ...(beginsOthers(word, at, kept) ? [each] : [])]);
    })
    .join(" ");
}

/**
 * Returns whether the index has words such as `word`. It leaves out the little words of the site's languages: each but
 * English brings its own list.
 *
 * @param {string} word
 * @param {Lunr} lunr
 */
function isTelling(word, lunr) {
  const languages = /** @type {Partial<Lunr>[]} */ (/** @type {unknown[]} */ (Object.values(lunr)));
  const own = languages.flatMap((language) => language?.stopWordFilter ?? []);
  return (own.length ? own : [lunr.stopWordFilter]).every((filter) => filter(word));
}

/**
 * The last word may still be growing; of the others, two letters begin too much.
 *
 * @param {string} word
 * @param {number} at
 * @param {string[]} words
 */
function beginsOthers(word, at, words) {
  return word.length > 2 || at === words.length - 1;
}

/**
 * Returns the words that stand in for one that the index does not know. A word of a script without spaces is left alone,
 * since the index cuts those as it sees fit, and so is one that the index takes for several, or leaves out.
 *
 * @param {string} word
 * @param {Lunr} lunr
 */
function meant(word, lunr) {
  if (!index || UNSPACED.test(word) || !isTelling(word, lunr) || lunr.tokenizer.separator.test(word)) return [];
  const { invertedIndex, pipeline } = index;
  if (pipeline.runString(word).some((stem) => Object.hasOwn(invertedIndex, stem))) return [];
  return nearest(word, terms);
}

/**
 * Keeps the index that the theme's script builds, since it hands out none.
 *
 * @param {Lunr} lunr
 */
function keepIndex({ Builder: { prototype } }) {
  const { build } = prototype;
  prototype.build = function () {
    index = build.call(this);
    for (const [term, postings] of Object.entries(index.invertedIndex)) {
      const isTold = TOLD.some((field) => Object.keys(postings[field] ?? {}).length);
      terms[isTold ? 0 : 1].push(term);
    }
    return index;
  };
}

// In the frame that stands for a worker on a page opened as a file, the address is the page's.
const own = new URL(worker.document?.currentScript?.src ?? worker.location.href);
const theirs = own.search.slice(1);
if (/^search\.\w+\.min\.js$/.test(theirs)) {
  Promise.resolve(worker.importScripts(theirs)).then(() => worker.lunr && keepIndex(worker.lunr));
}
