// Answers what is typed: finds the pages, loads what is still missing of them, and shows what they say.

import { built } from "./built.js";
import { find } from "./finding.js";
import { indexOf } from "./indexing.js";
import { heldIn, shown } from "./passages.js";
import { parse } from "./query.js";
import { fold, tokensOf, wordsOf } from "./tokens.js";

const MARKUP = /<[^<>]*>|&\w+;/g;
const MOST = 50;
const MOST_SECTIONS = 5;
const DRAWN = 10; // The theme draws so many at once.
const PATIENCE = 100; // Milliseconds that an answer waits for what makes it better.
const ROUNDS = 3;
const PHRASE = 0.7; // What a page gains that begins with the words in their order.
const LATER = 0.7; // The share of it that a later section brings.
const FAINT = 0.03;

/** @typedef {import("./built.js").Given} Given */
/** @typedef {import("./indexing.js").SiteIndex} SiteIndex */
/** @typedef {import("./finding.js").Hit} Hit */
/** @typedef {import("./finding.js").IndexedPage} IndexedPage */
/** @typedef {import("./passages.js").Section} Section */
/** @typedef {import("./query.js").Query} Query */
/** @typedef {Record<string, unknown> & { location: string, score: number }} Item */

export class Search {
  /**
   * @param {Given} given
   * @param {URL} own
   * @param {(result: { items: Item[][], suggest?: string[] }) => void} answer
   */
  constructor(given, own, answer) {
    this.isSuggesting = !!given.options?.suggest;
    this.answer = answer;
    this.latest = "";
    this.prepare = () => (given.config.opsbook ? indexOf(given.config, own) : built(given, own));
    /** @type {Promise<SiteIndex> | undefined} */
    this.index = undefined;
  }

  /**
   * Answers at once, or as soon as what is missing has had a moment to arrive, and again when it has.
   *
   * @param {string} text
   */
  async ask(text) {
    this.latest = text;
    if (!text.trim()) {
      this.answer({ items: [] });
      return;
    }
    this.index ??= this.prepare();
    const index = await this.index;
    for (let round = 0; round < ROUNDS && text === this.latest; round++) {
      const { result, missing } = this.found(text, index);
      if (!missing.length) {
        this.answer(result);
        return;
      }
      const loaded = Promise.all(missing.map((name) => index.pieces?.load(name))).then(() => true);
      const isThere = await Promise.race([loaded, delay(PATIENCE)]);
      if (!isThere && text === this.latest) this.answer(result);
      await loaded;
    }
    if (text === this.latest) this.answer(this.found(text, index).result);
  }

  /**
   * @param {string} text
   * @param {SiteIndex} index
   */
  found(text, index) {
    const query = parse(text, index.speech);
    const { hits, words } = find(query, index);
    const likely = hits.slice(0, DRAWN + 2);
    for (const hit of likely) hit.score *= 1 + PHRASE * phraseIn(query, words, index.textsOf(hit.page, true) ?? []);
    hits.sort((a, b) => b.score - a.score || a.page - b.page);
    const least = (hits[0]?.score ?? 0) * FAINT;
    const kept = hits.slice(0, MOST).filter(({ score }) => score >= least);
    const items = kept.map((hit, at) => itemsOf(hit, at < DRAWN, query, words, index));
    const result = { items, ...(this.isSuggesting && { suggest: suggestions(query, index) }) };
    return { result, missing: index.missing() };
  }
}

/**
 * Returns how much of the query stands in its order in one of the sections.
 *
 * @param {Query} query
 * @param {Set<string>[]} words
 * @param {Section[]} sections
 */
function phraseIn(query, words, sections) {
  const shares = sections.map((section, at) => {
    const isThere = !at || heldIn(section, words).filter(Boolean).length > 1;
    return isThere ? phrased(query, words, section) * (at ? LATER : 1) : 0;
  });
  return Math.max(0, ...shares);
}

/** @type {WeakMap<Section, string[]>} */
const orders = new WeakMap();

/**
 * Returns the share of the neighbours in a query that are neighbours in a section too.
 *
 * @param {Query} query
 * @param {Set<string>[]} words
 * @param {Section} section
 */
function phrased({ words: asked }, words, section) {
  if (asked.length < 2) return 0;
  const written = orders.get(section) ?? wordsIn(`${section[1]} ${section[2]}`.replace(MARKUP, " "));
  orders.set(section, written);
  const places = asked.map(({ word }, at) => {
    return new Set(written.flatMap((here, place) => (here === word || words[at]?.has(here) ? place : [])));
  });
  const pairs = places
    .slice(1)
    .filter((here, at) => [...here].some((place) => places[at]?.has(place - 1) || places[at]?.has(place + 1)));
  return pairs.length / (asked.length - 1);
}

/** @param {string} text */
function wordsIn(text) {
  return wordsOf(text).map(({ word }) => tokensOf(word)[0] ?? "");
}

/**
 * @param {number} milliseconds
 * @returns {Promise<false>}
 */
function delay(milliseconds) {
  return new Promise((done) => setTimeout(() => done(false), milliseconds));
}

/**
 * Returns the address of a page. A page that is opened as a file has no server that finds the page of a folder.
 *
 * @param {string} location
 */
function addressOf(location) {
  const isFile = "document" in self; // The search runs in a frame then, and not in a worker.
  return isFile && (!location || location.endsWith("/")) ? `${location}index.html` : location;
}

/**
 * Returns what the theme shows of a page: the page, and its sections as far as they hold the words.
 *
 * @param {Hit} hit
 * @param {boolean} isDrawn
 * @param {Query} query
 * @param {Set<string>[]} words
 * @param {SiteIndex} index
 * @returns {Item[]}
 */
function itemsOf(hit, isDrawn, query, words, index) {
  const page = /** @type {IndexedPage} */ (index.pages[hit.page]);
  /** @type {Section[]} */
  const [first = ["", page.title, ""], ...sections] = index.textsOf(hit.page, isDrawn) ?? [];
  const tags = page.tags.map((tag) => shown(tag, "", words).title);
  const terms = termsOf(query, hit.found, words);
  const count = (/** @type {Section} */ section) =>
    heldIn(section, words).filter((is, at) => is && !query.words[at]?.isLittle).length;
  const counted = sections.map((section, at) => ({ section, at, count: count(section) }));
  const best = counted.filter(({ count }) => count).sort((a, b) => b.count - a.count || a.at - b.at);
  const isTold = count(first) >= (best[0]?.count ?? 0);
  const location = addressOf(page.location);
  const item = { location, ...shown(page.title, first[2], words), score: hit.score, terms };
  const more = best.slice(0, isDrawn ? MOST_SECTIONS : 0).map(({ section: [anchor, title, text] }, at) => ({
    location: `${location}#${anchor}`,
    ...shown(title, text, words),
    score: at || isTold ? hit.score / (at + 2) : hit.score,
    terms,
  }));
  return [{ ...item, ...(tags.length && { tags }) }, ...more];
}

/**
 * Returns the words that a page has, which the theme marks there, and those that it lacks.
 *
 * @param {Query} query
 * @param {boolean[]} found
 * @param {Set<string>[]} words
 */
function termsOf(query, found, words) {
  return Object.fromEntries(
    query.words.flatMap(({ typed, word, isLittle, asked }, at) => {
      if (asked === "-" || (isLittle && !found[at])) return [];
      const [nearest = word, ...others] = words[at] ?? [];
      const isWritten = !found[at] || [nearest, ...others].some((other) => other.startsWith(word));
      return [[isWritten ? typed.toLowerCase() : nearest, found[at] ?? false]];
    }),
  );
}

/**
 * Returns the word that the last one may become, which the theme completes.
 *
 * @param {Query} query
 * @param {SiteIndex} index
 */
function suggestions(query, index) {
  const last = fold(query.words[query.words.length - 1]?.word ?? "");
  const next = last ? index.told.words[index.told.place(last)] : undefined;
  return next?.startsWith(last) ? [next] : [];
}
