// Answers what is typed: finds the pages, loads what is still missing of them, and shows what they say.

import { built } from "./built.js";
import { find } from "./finding.js";
import { indexOf } from "./indexing.js";
import { shown } from "./passages.js";
import { parse } from "./query.js";
import { fold, tokensOf, wordsOf } from "./tokens.js";

const MARKUP = /<[^<>]*>|&\w+;/g;
const MOST = 50;
const DRAWN = 10; // The theme draws so many at once.
const PATIENCE = 100; // Milliseconds that an answer waits for what makes it better.
const ROUNDS = 3;
const PHRASE = 0.7; // What a page gains that begins with the words in their order.
const FAINT = 0.03;

/** @typedef {import("./built.js").Given} Given */
/** @typedef {import("./indexing.js").SiteIndex} SiteIndex */
/** @typedef {import("./finding.js").Hit} Hit */
/** @typedef {import("./finding.js").IndexedPage} IndexedPage */
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
    for (const hit of likely) hit.score *= 1 + PHRASE * phrased(query, words, index.textsOf(hit.page, true)?.[0]);
    hits.sort((a, b) => b.score - a.score || a.page - b.page);
    const least = (hits[0]?.score ?? 0) * FAINT;
    const kept = hits.slice(0, MOST).filter(({ score }) => score >= least);
    const items = kept.map((hit, at) => itemsOf(hit, at < DRAWN, query, words, index));
    const result = { items, ...(this.isSuggesting && { suggest: suggestions(query, index) }) };
    return { result, missing: index.missing() };
  }
}

/**
 * Returns the share of the neighbours in a query that are neighbours in a section too.
 *
 * @param {Query} query
 * @param {Set<string>[]} words
 * @param {import("./passages.js").Section | undefined} section
 */
function phrased({ words: asked }, words, section) {
  if (!section || asked.length < 2) return 0;
  const written = wordsOf(`${section[1]} ${section[2]}`.replace(MARKUP, " ")).map(
    ({ word }) => tokensOf(word)[0] ?? "",
  );
  const isAt = (/** @type {number} */ at, /** @type {number} */ place) => {
    const here = written[place] ?? "";
    return asked[at]?.word === here || !!words[at]?.has(here);
  };
  let count = 0;
  for (let at = 0; at < asked.length - 1; at++) {
    if (written.some((_, place) => isAt(at, place) && isAt(at + 1, place + 1))) count++;
  }
  return count / (asked.length - 1);
}

/**
 * @param {number} milliseconds
 * @returns {Promise<false>}
 */
function delay(milliseconds) {
  return new Promise((done) => setTimeout(() => done(false), milliseconds));
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
  const [first, ...sections] = index.textsOf(hit.page, isDrawn) ?? [["", page.title, ""]];
  const own = shown(page.title, first?.[2] ?? "", words);
  const tags = page.tags.map((tag) => shown(tag, "", words).title);
  const terms = termsOf(query, hit.found);
  const item = { location: page.location, title: own.title, text: own.text, score: hit.score, terms };
  const more = sections.flatMap(([anchor, title, text], at) => {
    const section = shown(title, text, words);
    const count = section.found.filter((is, word) => is && query.words[word]?.isLittle !== true).length;
    return count ? [{ anchor, at, count, ...section }] : [];
  });
  more.sort((a, b) => b.count - a.count || a.at - b.at);
  const isTold = own.found.filter(Boolean).length >= (more[0]?.count ?? 0);
  return [
    { ...item, ...(tags.length && { tags }) },
    ...more.map(({ anchor, title, text }, at) => ({
      location: `${page.location}#${anchor}`,
      title,
      text,
      score: at || isTold ? hit.score / (at + 2) : hit.score,
      terms,
    })),
  ];
}

/**
 * Returns the words that a page has, and those that it lacks.
 *
 * @param {Query} query
 * @param {boolean[]} found
 */
function termsOf(query, found) {
  return Object.fromEntries(
    query.words.flatMap(({ typed, isLittle, asked }, at) =>
      asked === "-" || (isLittle && !found[at]) ? [] : [[typed.toLowerCase(), found[at] ?? false]],
    ),
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
