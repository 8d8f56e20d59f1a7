// An index of the text that the theme hands over, for a site that was built without one.

import { MARKUP, pageOf, speechIn } from "./indexing.js";
import { pack } from "./postings.js";
import { tokensIn } from "./tokens.js";
import { Vocabulary } from "./vocabulary.js";

const [TITLE, TAGS, WORDS, HEADINGS] = [1, 2, 4, 8];

/** @typedef {import("./indexing.js").Config} Config */
/** @typedef {import("./indexing.js").SiteIndex} SiteIndex */
/** @typedef {import("./passages.js").Section} Section */
/** @typedef {import("./indexing.js").Told} Told */
/** @typedef {{ location: string, title: string, text: string, tags?: string[], boost?: number, words?: string[] }} Entry */
/** @typedef {[word: string, mark: number][]} Marks */
/** @typedef {{ config: Config, docs: Entry[], options?: { suggest?: boolean } }} Given */

/**
 * Returns the index of the entries that the theme hands over.
 *
 * @param {Given} given
 * @param {URL} own
 * @returns {Promise<SiteIndex>}
 */
export async function built({ config, docs }, own) {
  const speech = await speechIn(config.lang, { trouble: "", signs: "", learning: "" }, own);
  /** @type {Map<string, [Entry, ...Entry[]]>} */
  const pages = new Map();
  for (const entry of docs) {
    const [location = ""] = entry.location.split("#");
    const page = pages.get(location);
    if (page) page.push(entry);
    else pages.set(location, [entry]);
  }
  const entries = [...pages.values()];
  /** @type {Section[][]} */
  const texts = entries.map((page) =>
    page.map(({ location, title, text }) => [location.split("#")[1] ?? "", title, text]),
  );
  const told = marked(entries.map(tellingWords), (mark, field) => mark | field, speech.stem, 4);
  const written = marked(entries.map(writtenWords), (mark, count) => Math.min(mark + count, 3), speech.stem, 2);
  return {
    pages: entries.map((page) => pageOf(toldOf(page), speech)),
    told: told.vocabulary,
    postings: told.postings,
    synonyms: {},
    speech,
    pieces: undefined,
    written: written.vocabulary,
    postingsOf: (at) => written.postings[at],
    textsOf: (page) => texts[page],
    missing: () => [],
  };
}

/**
 * @param {[Entry, ...Entry[]]} entries
 * @returns {Told}
 */
function toldOf(entries) {
  const [{ location, title, tags = [], boost = 1 }] = entries;
  const [told, written] = [tellingWords(entries), writtenWords(entries)].map(
    (words) => new Set(words.map(([word]) => word)),
  );
  return [location, title, tags, boost, 0, told?.size ?? 0, written?.size ?? 0];
}

/** @param {Entry[]} entries */
function tellingWords([first, ...sections]) {
  /** @type {[string | undefined, number][]} */
  const fields = [
    [first?.title, TITLE],
    [first?.tags?.join(" "), TAGS],
    [first?.words?.join(" "), WORDS],
    ...sections.map((each) => /** @type {[string, number]} */ ([each.title, HEADINGS])),
  ];
  return fields.flatMap(([text, mark]) =>
    tokensInHtml(text ?? "").map((word) => /** @type {[string, number]} */ ([word, mark])),
  );
}

/** @param {Entry[]} entries */
function writtenWords(entries) {
  return entries.flatMap(({ text }) => tokensInHtml(text).map((word) => /** @type {[string, number]} */ ([word, 1])));
}

/** @param {string} html */
function tokensInHtml(html) {
  return tokensIn(html.replace(MARKUP, " "));
}

/**
 * @param {Marks[]} pages
 * @param {(mark: number, more: number) => number} join
 * @param {(word: string) => string} stem
 * @param {number} size
 */
function marked(pages, join, stem, size) {
  /** @type {Map<string, Map<number, number>>} */
  const found = new Map();
  pages.forEach((marks, page) => {
    for (const [word, mark] of marks) {
      const known = found.get(word) ?? new Map();
      known.set(page, join(known.get(page) ?? 0, mark));
      found.set(word, known);
    }
  });
  const words = [...found.keys()].sort();
  return {
    vocabulary: new Vocabulary(words, stem),
    postings: words.map((word) => pack(found.get(word) ?? new Map(), size)),
  };
}
