// Answers for the server where that is dead or does not answer in time, from a copy that the browser keeps: of runbooks,
// alerts, services, drawings and the search. Nothing else is touched, so another site on the same host keeps its own.
//
// A page comes from the server first. A file with a hash in its name never changes, so its copy comes first. Any other
// file belongs to the page that asks for it: from the server where that answers, from the copy where the page did.
import { FILES, VERSION } from "./kept-files.js";

/** Milliseconds after which the copy is shown: at first, and once the server has not answered. */
const PATIENCE = 1200;
const LITTLE_PATIENCE = 500;
/** Milliseconds during which a server that did not answer gets little time, and is asked for no parts of a page. */
const REST = 30000;
const AT_ONCE = 6;
const HASH = "x-opsbook-hash";
const DATE = "x-opsbook-date";
const HASHED = /\.[0-9a-f]{8,64}\.(?:min\.)?(?:css|js)$/;

/** @type {ServiceWorkerGlobalScope} */
const worker = /** @type {any} */ (self);
const { scope } = worker.registration;
const PREFIX = `opsbook:${new URL(scope).pathname}:`;
const OWN = PREFIX + VERSION;
const COMPLETE = `${scope}?complete`;
const TRIED = `${scope}?tried`;
/** Milliseconds after which what could not be kept is tried again: there may be no room for it. */
const PAUSE = 600000;
let silentSince = 0;

worker.addEventListener("install", (event) => event.waitUntil(fill().then(() => worker.skipWaiting())));
worker.addEventListener("activate", (event) => event.waitUntil(tidy().then(() => worker.clients.claim())));
worker.addEventListener("fetch", (event) => {
  const path = keptPath(event.request);
  if (path !== null) event.respondWith(isPage(path) ? page(event, path) : part(event, path));
});

/**
 * Returns the name under which the answer to `request` is kept; null where it is not.
 *
 * @param {Request} request
 */
function keptPath({ method, url, headers }) {
  const [address = ""] = url.split(/[?#]/);
  if (method !== "GET" || !address.startsWith(scope) || headers.has("range")) return null;
  try {
    const path = decodeURIComponent(address.slice(scope.length)).replace(/(^|\/)index\.html$/, "$1");
    return Object.hasOwn(FILES, path) ? path : null;
  } catch {
    return null; // Half a character.
  }
}

const isSilent = () => Date.now() - silentSince < REST;

/** @param {string} path */
const isPage = (path) => /(?:^|\/|\.html)$/.test(path);

/**
 * Returns the page, of the server if it answers in time.
 *
 * @param {FetchEvent} event
 * @param {string} path
 */
async function page(event, path) {
  const copy = await find(path);
  if (!copy) return keeping(event, path, await fetch(event.request));
  const fresh = await inTime(event.request, { cache: "no-cache" });
  if (fresh) {
    silentSince = 0;
    event.waitUntil(complete());
    return isSparing() ? keeping(event, path, fresh) : fresh;
  }
  const date = copy.headers.get(DATE) ?? "";
  if (event.request.mode !== "navigate") {
    const client = await worker.clients.get(event.clientId);
    client?.postMessage({ opsbookCopy: date, address: event.request.url });
  }
  const html = await copy.text();
  return new Response(html.replace(/<html\b/i, `$& data-ob-copy="${date}"`), { headers: copy.headers });
}

/**
 * Returns what a page is made of.
 *
 * @param {FetchEvent} event
 * @param {string} path
 */
async function part(event, path) {
  const copy = await find(path);
  if (!copy) return keeping(event, path, await fetch(event.request));
  const isRight = HASHED.test(path) && copy.headers.get(HASH) === FILES[path];
  if (isRight || isSilent()) return copy;
  return (await inTime(event.request)) ?? copy;
}

/**
 * Returns the whole answer of the server; null where it takes too long, breaks off, or is one of a server in trouble.
 *
 * @param {Request} request
 * @param {RequestInit} [how]
 */
async function inTime(request, how) {
  try {
    const answer = await fetch(request, {
      ...how,
      signal: AbortSignal.timeout(isSilent() ? LITTLE_PATIENCE : PATIENCE),
    });
    if (answer.status < 500) {
      const whole = answer.clone();
      await answer.arrayBuffer();
      return whole;
    }
  } catch {
    // The copy is shown.
  }
  silentSince = Date.now();
  return null;
}

/**
 * Returns the copy of a file: that of this version if it is complete, else one of the version before it.
 *
 * @param {string} path
 */
async function find(path) {
  const others = (await caches.keys()).filter((name) => name.startsWith(PREFIX) && name !== OWN);
  const own = await caches.open(OWN);
  const names = (await own.match(COMPLETE)) ? [OWN, ...others] : [...others, OWN];
  for (const name of names) {
    const found = await (await caches.open(name)).match(addressOf(path), { ignoreVary: true });
    if (found) return found;
  }
  return undefined;
}

/** @param {string} path */
const addressOf = (path) => scope + path.split("/").map(encodeURIComponent).join("/");

/** Whether the reader has asked the browser to be sparing. */
const isSparing = () => /** @type {any} */ (worker.navigator).connection?.saveData === true;

/**
 * Fetches what this version lacks. Under a data saver it takes over what is there, and files are kept as they are read.
 * What fails is tried again when a page is read.
 */
async function fill() {
  const own = await caches.open(OWN);
  const missing = Object.entries(FILES);
  let failed = 0;
  const next = async () => {
    for (let file = missing.shift(); file; file = missing.shift()) {
      const [path, hash] = file;
      if (await own.match(addressOf(path))) continue;
      const old = await find(path);
      if (old?.headers.get(HASH) === hash) await keep(path, old);
      else if (isSparing() && old) await own.put(addressOf(path), old);
      else if (!isSparing() && !(await fetched(path))) failed++;
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, next));
  if (!failed && !isSparing()) await own.put(COMPLETE, new Response());
}

/**
 * Fetches a file and keeps it. Returns whether that went well.
 *
 * @param {string} path
 */
async function fetched(path) {
  try {
    // A redirect leads to a page of somebody else, such as one that asks for a password.
    const answer = await fetch(addressOf(path), { cache: "no-cache", redirect: "error" });
    if (answer.ok) await keep(path, answer);
    return answer.ok;
  } catch {
    return false; // No network, or no room.
  }
}

/**
 * Keeps what the server says now. Its hash is kept where the bytes are those of the list: a server may change them, or
 * still have old ones.
 *
 * @param {string} path
 * @param {Response} answer
 */
async function keep(path, answer) {
  const bytes = await answer.arrayBuffer();
  const headers = new Headers(answer.headers);
  for (const name of ["content-encoding", "content-length"]) headers.delete(name); // The bytes are what came out.
  const hash = FILES[path] ?? "";
  headers.set(HASH, (await digest(bytes)).startsWith(hash) ? hash : "");
  headers.set(DATE, new Date().toISOString());
  const own = await caches.open(OWN);
  await own.put(addressOf(path), new Response(bytes, { headers }));
}

/** @param {ArrayBuffer} bytes */
async function digest(bytes) {
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return [...hash].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/**
 * Returns `answer`, and keeps what it says, unless it is a redirect or an error.
 *
 * @param {FetchEvent} event
 * @param {string} path
 * @param {Response} answer
 */
function keeping(event, path, answer) {
  const isWhole = answer.status === 200 && answer.type === "basic" && !answer.redirected;
  if (isWhole) event.waitUntil(keep(path, answer.clone()).catch(() => {}));
  return answer;
}

/** Fetches what an earlier visit did not get, then removes the versions before this one. */
async function complete() {
  const own = await caches.open(OWN);
  if (isSparing() || (await own.match(COMPLETE))) return;
  const tried = await own.match(TRIED);
  if (tried && Date.now() - Number(await tried.text()) < PAUSE) return;
  await own.put(TRIED, new Response(String(Date.now())));
  await fill();
  await tidy();
}

/** Removes the copies of former versions, once this one is complete and no newer one is on its way. */
async function tidy() {
  const isDone = isSparing() || (await (await caches.open(OWN)).match(COMPLETE));
  if (worker.registration.installing || !isDone) return;
  const others = (await caches.keys()).filter((name) => name.startsWith(PREFIX) && name !== OWN);
  await Promise.all(others.map((name) => caches.delete(name)));
}
