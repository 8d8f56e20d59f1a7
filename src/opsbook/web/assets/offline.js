// The copy of the site that the browser keeps for when the network is gone: asks for it, and says where a page is of it.
import { make } from "./dom.js";
import { day, say } from "./words.js";
import { WORKER } from "./worker-address.js";

/** @typedef {{ address: string, date: string }} Told */

const { currentScript } = document;
const own = currentScript instanceof HTMLScriptElement ? currentScript.src : location.href;
const { obCopy = "" } = document.documentElement.dataset;
/** @type {Told} */
let told = { address: location.href, date: obCopy };

/** Lets the browser keep a copy. It has nothing to keep one with on plain http, and on a page that is a file. */
export function keepCopy() {
  if (!WORKER || !location.protocol.startsWith("http") || !navigator.serviceWorker) return;
  const { serviceWorker } = navigator;
  serviceWorker.addEventListener("message", ({ data }) => {
    if (typeof data?.opsbookCopy === "string") told = { address: String(data.address), date: data.opsbookCopy };
    show();
  });
  const register = () =>
    // A server that gives no such file, or one that nobody trusts: the site works without.
    serviceWorker.register(new URL(`../../${WORKER}`, own), { updateViaCache: "none" }).catch(() => {});
  if (document.readyState === "complete") register();
  else addEventListener("load", register);
}

/** Says that the page is a copy, and of when, where it is one. */
export function copyNote() {
  show();
}

function show() {
  const main = document.querySelector("main");
  if (!main || !told.date || !isHere(told.address)) return;
  main.querySelector(".ob-copy-note")?.remove();
  const date = day(told.date);
  const text = say("The site cannot be reached. This is the copy of %(date)s.", { date });
  const note = make("p", { className: "ob-copy-note", ...text });
  note.setAttribute("role", "status");
  main.append(note);
}

/** @param {string} address */
const isHere = (address) => new URL(address).pathname === location.pathname;
