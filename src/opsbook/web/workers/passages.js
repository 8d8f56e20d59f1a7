// Chooses what a hit shows of a page: the sections that answer best, and of each the blocks that hold the words.

import { tokensIn, tokensOf, wordsOf } from "./tokens.js";

const MOST_BLOCKS = 2;
const MOST_SIGNS = 320;
const FRAYED = /^[\s,;:.)]+/; // What is left of a table, whose cells the theme does not keep apart.
const TAG = /<[^<>]*>/g;
const MARKUP = /<[^<>]*>|&\w+;/g;

/** @typedef {[anchor: string, title: string, text: string]} Section */
/** @typedef {Set<string>[]} Meant the words of the index that stand for each word of the query */

/** @type {WeakMap<Section, { title: Set<string>, text: Set<string> }>} */
const known = new WeakMap();

/**
 * Returns for each word of the query whether it stands in the section. What a section holds is read once.
 *
 * @param {Section} section
 * @param {Meant} meant
 */
export function heldIn(section, meant) {
  const { title, text } = known.get(section) ?? read(section);
  return meant.map((words) => [...words].some((word) => title.has(word) || text.has(word)));
}

/** @param {Section} section */
function read(section) {
  const [title, text] = [section[1], section[2]].map((html) => new Set(tokensIn(html.replace(MARKUP, " "))));
  const sets = { title: title ?? new Set(), text: text ?? new Set() };
  known.set(section, sets);
  return sets;
}

/**
 * Returns a section with its words marked, its text cut to what holds them.
 *
 * @param {string} title
 * @param {string} text
 * @param {Meant} meant
 */
export function shown(title, text, meant) {
  const blocks = blocksOf(text).map((block) => {
    const here = meant.map(() => false);
    const html = mark(block, meant, here);
    return { html, count: here.filter(Boolean).length };
  });
  const most = Math.max(...blocks.map(({ count }) => count));
  const kept = blocks.filter(({ count }) => count && count >= most - 1).sort((a, b) => b.count - a.count);
  const chosen = new Set(kept.slice(0, MOST_BLOCKS));
  const said = blocks.filter((block) => chosen.has(block)).map(({ html }) => shortened(html.replace(FRAYED, "")));
  return { title: mark(title, meant, []), text: said.join("") };
}

/**
 * Returns the outermost elements of `text`, and what stands between them.
 *
 * @param {string} text
 */
function blocksOf(text) {
  const blocks = [];
  let [depth, from] = [0, 0];
  for (const { 0: tag, index } of text.matchAll(TAG)) {
    if (tag[1] !== "/") {
      if (!depth && index > from) blocks.push(text.slice(from, index));
      if (!depth) from = index;
      depth++;
    } else if (!--depth) {
      blocks.push(text.slice(from, index + tag.length));
      from = index + tag.length;
    }
  }
  if (from < text.length) blocks.push(text.slice(from));
  return blocks.filter((block) => block.trim());
}

/**
 * @param {string} html
 * @param {Meant} meant
 * @param {boolean[]} found
 */
function mark(html, meant, found) {
  return html
    .split(/(<[^<>]*>|&\w+;)/)
    .map((part, at) => (at % 2 ? part : markText(part, meant, found)))
    .join("");
}

/**
 * @param {string} text
 * @param {Meant} meant
 * @param {boolean[]} found
 */
function markText(text, meant, found) {
  let [marked, from] = ["", 0];
  for (const { word, at } of wordsOf(text)) {
    const tokens = tokensOf(word);
    const isMeant = meant.map((words) => tokens.some((token) => words.has(token)));
    if (!isMeant.some(Boolean)) continue;
    isMeant.forEach((is, each) => {
      found[each] ||= is;
    });
    marked += `${text.slice(from, at)}<mark>${word}</mark>`;
    from = at + word.length;
  }
  return marked + text.slice(from);
}

/**
 * Returns a long block from a little before its first mark on, with its elements closed.
 *
 * @param {string} html
 */
function shortened(html) {
  if (html.replace(TAG, "").length <= MOST_SIGNS) return html;
  const first = Math.max(html.indexOf("<mark>"), 0);
  const [outer] = html.match(/^(?:<(?!mark)\w+>)*/) ?? [""];
  const begin = first < MOST_SIGNS / 2 ? outer.length : startOf(html, first - MOST_SIGNS / 4);
  const end = endOf(html, begin + MOST_SIGNS);
  const cut = `${begin > outer.length ? "…" : ""}${html.slice(begin, end)}${end < html.length ? "…" : ""}`;
  return balanced(outer + cut);
}

/**
 * @param {string} html
 * @param {number} near
 */
function startOf(html, near) {
  const at = html.slice(near).search(/\s/);
  const place = at < 0 ? near : near + at + 1;
  const open = html.lastIndexOf("<", place);
  return open > html.lastIndexOf(">", place) ? html.indexOf(">", place) + 1 : place;
}

/**
 * @param {string} html
 * @param {number} near
 */
function endOf(html, near) {
  const at = html.slice(near).search(/\s|<|$/);
  const place = Math.min(near + Math.max(at, 0), html.length);
  const open = html.lastIndexOf("<", place - 1);
  return open > html.lastIndexOf(">", place - 1) ? open : place;
}

/**
 * Returns `html` without the ends that have no beginning, and with those that are missing.
 *
 * @param {string} html
 */
function balanced(html) {
  /** @type {string[]} */
  const open = [];
  const kept = html.replace(TAG, (tag) => {
    const name = tag.replace(/[</>]/g, "");
    if (tag[1] !== "/") open.push(name);
    else if (open[open.length - 1] === name) open.pop();
    else return "";
    return tag;
  });
  return (
    kept +
    open
      .reverse()
      .map((name) => `</${name}>`)
      .join("")
  );
}
