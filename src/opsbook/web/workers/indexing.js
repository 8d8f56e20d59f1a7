// The index: as the build has made it, in pieces, or made here of the text that the theme hands over.

import { Pieces, pieceOf } from "./pieces.js";
import { speechOf } from "./stems.js";
import { fold, tokensOf, wordsOf } from "./tokens.js";
import { Vocabulary } from "./vocabulary.js";

export const MARKUP = /<[^<>]*>|&\w+;/g;

/** @typedef {import("./passages.js").Section} Section */
/** @typedef {{ trouble: string, signs: string, learning: string }} Manners */
/** @typedef {import("./pieces.js").Plan & Manners} Plan */
/** @typedef {{ lang: string[], opsbook?: Plan }} Config */
/** @typedef {import("./query.js").Speech & { stem: (word: string) => string }} SiteSpeech */
/**
 * @typedef {object} Loading
 * @property {SiteSpeech} speech
 * @property {Pieces | undefined} pieces
 * @property {(page: number, isWanted: boolean) => Section[] | undefined} textsOf what stands on a page, once it is there
 * @property {() => string[]} missing the pieces that were asked for since the last call and are not there
 */
/** @typedef {import("./finding.js").Index & Loading} SiteIndex */
/** @typedef {[location: string, title: string, tags: string[], boost: number, trouble: number, told: number, written: number]} Told */

/**
 * Returns the index whose pieces lie beside the scripts of the engine.
 *
 * @param {Config} config
 * @param {URL} own
 * @returns {Promise<SiteIndex>}
 */
export async function indexOf({ lang, opsbook }, own) {
  const plan = /** @type {Plan} */ (opsbook);
  const pieces = new Pieces(new URL("../../opsbook/search/", own), plan.version);
  const [speech] = await Promise.all([speechIn(lang, plan, own), pieces.load("pages")]);
  const { pages, words, postings, synonyms } = pieces.loaded.get("pages") ?? {
    pages: [],
    words: "",
    postings: "",
    synonyms: {},
  };
  /** @type {Set<string>} */
  const missing = new Set();
  const piece = (/** @type {string} */ name) => {
    if (!pieces.loaded.has(name)) missing.add(name);
    return pieces.loaded.get(name);
  };
  /** @type {Vocabulary | undefined} */
  let written;
  return {
    pages: pages.map((/** @type {Told} */ page) => pageOf(page, speech)),
    told: new Vocabulary(words.split(" "), speech.stem),
    postings: postings.split(" "),
    synonyms: tokensIn(synonyms),
    speech,
    pieces,
    get written() {
      const content = written ? undefined : piece("words");
      if (content) written = new Vocabulary(content.words.split(" "), speech.stem);
      return written;
    },
    postingsOf: (at) => {
      const number = pieceOf(plan.postings, at);
      const content = piece(`postings-${number}`);
      if (typeof content === "string") pieces.loaded.set(`postings-${number}`, content.split(" "));
      return pieces.loaded.get(`postings-${number}`)?.[at - (plan.postings[number] ?? 0)];
    },
    textsOf: (page, isWanted) => {
      const number = pieceOf(plan.texts, page);
      const content = isWanted ? piece(`texts-${number}`) : pieces.loaded.get(`texts-${number}`);
      return content?.[page - (plan.texts[number] ?? 0)];
    },
    missing: () => {
      const names = [...missing];
      missing.clear();
      return names;
    },
  };
}

/**
 * @param {string[]} languages
 * @param {Manners} manners
 * @param {URL} own
 * @returns {Promise<SiteSpeech>}
 */
export async function speechIn(languages, { trouble, signs, learning }, own) {
  const speech = await speechOf(languages, new URL("../lunr/min/", own));
  const told = (/** @type {string} */ words) => new Set(words.split(" ").map(fold).filter(Boolean));
  return { ...speech, trouble: told(trouble), signs: told(signs), learning: told(learning) };
}

/**
 * @param {Told} told
 * @param {SiteSpeech} speech
 */
export function pageOf([location, title, tags, boost, trouble, told, written], { isLittle }) {
  const words = wordsOf(title.replace(MARKUP, " ")).map(({ word }) => tokensOf(word));
  const telling = words.filter(([word = ""]) => !isLittle(word));
  const titleWords = telling.length ? telling : words;
  return { location, title, tags, boost, isTrouble: !!trouble, told, written, titleWords };
}

/** @param {Record<string, string[]>} synonyms */
function tokensIn(synonyms) {
  const entries = Object.entries(synonyms).map(([word, phrases]) => [
    fold(word),
    phrases.map((phrase) => wordsOf(phrase).flatMap(({ word }) => tokensOf(word)[0] ?? [])),
  ]);
  return /** @type {Record<string, string[][]>} */ (Object.fromEntries(entries));
}
