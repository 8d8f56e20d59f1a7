// Stands before the theme's search worker, whose name is in this one's address, and rewrites what people type.
//
// The theme looks for every word as the beginning of others, all alike. With a thousand pages `a pod is not ready` then
// finds what holds many words with `a`, `no` or `is`. Here a whole word counts far more than a beginning, and words
// that say nothing are left out. Who uses the operators of the theme's search gets what they ask for.
//
// The messages, the global `lunr` and the name of the file are the theme's own and documented nowhere:
// https://github.com/squidfunk/mkdocs-material/blob/9.8.1/src/templates/assets/javascripts/integrations/search/worker/message/index.ts
// https://github.com/squidfunk/mkdocs-material/blob/9.8.1/src/templates/assets/javascripts/integrations/search/worker/main/index.ts
// Its settings weigh fields and pages, and know neither whole words nor words to leave out.
const QUERY = 2;
const WHOLE = 10;
const OPERATORS = /["*^~]|(?:^|\s)[+-]\S|\b(?:title|text|tags):/;

/**
 * The worker itself, which has the library that the theme searches with once the theme's own script is loaded.
 *
 * @type {DedicatedWorkerGlobalScope & { lunr: { stopWordFilter(word: string): string | undefined } }}
 */
const worker = /** @type {any} */ (self);

worker.addEventListener("message", (event) => {
  const { type, data, rewritten } = event.data;
  if (type !== QUERY || rewritten) return;
  event.stopImmediatePropagation();
  worker.dispatchEvent(new MessageEvent("message", { data: { type, data: rewrite(data), rewritten: true } }));
});

/** @param {string} text */
function rewrite(text) {
  if (OPERATORS.test(text)) return text;
  const words = text.split(/[^\p{L}\p{N}_.]+/u).filter((word) => /[^.]/.test(word));
  const telling = words.filter((word) => worker.lunr.stopWordFilter(word.toLowerCase()));
  const kept = telling.length ? telling : words;
  return kept
    .flatMap((word, at) => (beginsOthers(word, at, kept) ? [`${word}^${WHOLE}`, word] : `${word}^${WHOLE}`))
    .join(" ");
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

const theirs = worker.location.search.slice(1);
if (/^search\.\w+\.min\.js$/.test(theirs)) worker.importScripts(theirs);
