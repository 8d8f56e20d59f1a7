// The search: takes the place of the theme's worker, in whose address it is called, and speaks its messages.
//
// The theme's search is built in the browser, of the text of all pages, and knows neither slips nor whole words. This one
// reads an index that the build has made, in pieces. Where a site of the theme was built without it, it makes one of what
// the theme hands over. Another engine's search sends other messages, and is left to its own worker.
//
// The messages and the name of the file are the theme's own and documented nowhere.
// https://github.com/squidfunk/mkdocs-material/blob/9.8.1/src/templates/assets/javascripts/integrations/search/worker/message/index.ts
// https://github.com/squidfunk/mkdocs-material/blob/9.8.1/src/templates/assets/javascripts/integrations/search/worker/main/index.ts
import { Search } from "./search.js";

const [SETUP, READY, QUERY, RESULT] = [0, 1, 2, 3];

/** @type {DedicatedWorkerGlobalScope & { document?: { currentScript: { src: string } | null } }} */
const worker = /** @type {any} */ (self);
// In the frame that stands for a worker on a page opened as a file, the address is the page's.
const own = new URL(worker.document?.currentScript?.src ?? worker.location.href);
const theirs = own.search.slice(1);

/** @type {Search | null} */
let search = null;

worker.addEventListener("message", async (event) => {
  const { type, data } = event.data ?? {};
  if (type === SETUP && data?.config && Array.isArray(data.docs)) {
    event.stopImmediatePropagation();
    search = new Search(data, own, (items) => worker.postMessage({ type: RESULT, data: items }));
    worker.postMessage({ type: READY });
  } else if (search && type === QUERY) {
    event.stopImmediatePropagation();
    await search.ask(data).catch((error) => {
      worker.postMessage({ type: RESULT, data: { items: [] } });
      worker.reportError(error);
    });
  } else if (!search && event.isTrusted && /^search\.\w+\.min\.js$/.test(theirs)) {
    event.stopImmediatePropagation();
    await hand(event.data);
  }
});

/** @type {Promise<unknown> | undefined} */
let asked;

/**
 * Hands a message to the worker of another engine.
 *
 * @param {unknown} data
 */
async function hand(data) {
  asked ??= Promise.resolve(worker.importScripts(theirs));
  await asked;
  worker.dispatchEvent(new MessageEvent("message", { data }));
}
