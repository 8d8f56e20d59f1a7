// The stems and the little words of the site's languages, from the files that the theme brings for its own search.
//
// They are made for the library of the theme's worker, of which they need three functions.
// https://github.com/squidfunk/mkdocs-material/blob/9.8.1/material/templates/assets/javascripts/lunr/min
import { englishStem } from "./vocabulary.js";

const LITTLE =
  "a about after all also am an and any are as at be been but by can could did do does for from get got had has have he her his" +
  " how i if in into is it its just may me might must my of on or our she should so some than that the their them then" +
  " there these they this those to us was we were what when where which while who whom why will with would you your";

/** @type {any} */
const scope = self;

/**
 * Loads what the theme has of `languages`.
 *
 * @param {string[]} languages
 * @param {URL} folder
 */
export async function speechOf(languages, folder) {
  const others = languages.filter((language) => /^[a-z]+$/.test(language) && language !== "en");
  scope.lunr ??= {
    Pipeline: { registerFunction() {} },
    generateStopWordFilter: (/** @type {string[]} */ words) => inSet(new Set(words)),
  };
  const { lunr } = scope;
  for (const name of ["stemmer.support", ...others]) {
    if (!others.length) break;
    try {
      await scope.importScripts(`${new URL(`lunr.${name}.min.js`, folder)}`);
    } catch {
      // The theme has no such language: its words are compared as they are.
    }
  }
  const stemmers = others.map((language) => lunr[language]?.stemmer).filter(Boolean);
  const filters = others.map((language) => lunr[language]?.stopWordFilter).filter(Boolean);
  const english = new Set(LITTLE.split(" "));
  return {
    stem: (/** @type {string} */ word) =>
      [...stemmers, ...(languages.includes("en") || !stemmers.length ? [englishStem] : [])].reduce(stemmed, word),
    isLittle: (/** @type {string} */ word) => english.has(word) || filters.some((filter) => !filter(word)),
  };
}

/**
 * @param {string} word
 * @param {(word: string) => string} stem
 */
function stemmed(word, stem) {
  return stem(word) || word;
}

/** @param {Set<string>} words */
function inSet(words) {
  return (/** @type {string} */ word) => (words.has(word) ? undefined : word);
}
