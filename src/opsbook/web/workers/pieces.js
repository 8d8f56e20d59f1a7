// Loads the pieces of the index, each once: by `fetch`, or as a script where a page is opened as a file.

const CALL = "opsbookSearch";

/** @typedef {{ version: string, postings: number[], texts: number[] }} Plan the first word and the first page of each piece */

/** @type {any} */
const scope = self;

export class Pieces {
  /**
   * @param {URL} folder
   * @param {string} version
   */
  constructor(folder, version) {
    this.folder = folder;
    this.version = version;
    /** @type {Map<string, any>} */
    this.loaded = new Map();
    /** @type {Map<string, Promise<unknown>>} */
    this.asked = new Map();
    scope[CALL] = (/** @type {string} */ name, /** @type {unknown} */ content) => this.loaded.set(name, content);
  }

  /** @param {string} name */
  load(name) {
    const asked = this.asked.get(name) ?? this.bring(`${new URL(`${name}.${this.version}.js`, this.folder)}`);
    this.asked.set(name, asked);
    return asked.catch(() => this.asked.delete(name));
  }

  /** @param {string} url */
  async bring(url) {
    if (scope.document) {
      await scope.importScripts(url);
      return;
    }
    const response = await fetch(url);
    if (!response.ok) throw new Error(`${url}: ${response.status}`);
    const text = await response.text();
    const [from, to] = [text.indexOf("\n"), text.lastIndexOf("\n", text.length - 2)];
    this.loaded.set(JSON.parse(text.slice(text.indexOf('"'), from - 1)), JSON.parse(text.slice(from, to)));
  }
}

/**
 * Returns the number of the piece that holds what has the number `at`, where each begins with one of `firsts`.
 *
 * @param {number[]} firsts
 * @param {number} at
 */
export function pieceOf(firsts, at) {
  return firsts.findLastIndex((first) => first <= at);
}
