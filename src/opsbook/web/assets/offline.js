// The copy of the site that the browser keeps for when the network is gone: asks for it, and says where a page is of it.
import { make } from "./dom.js";
import { day, say } from "./words.js";
import { WORKER } from "./worker-address.js";

const { currentScript } = document;
const own = currentScript instanceof HTMLScriptElement ? currentScript.src : location.href;
/** When the copies of pages are from that are about to be shown, by their paths. */
const told = new Map([[location.pathname, document.documentElement.dataset.obCopy ?? ""]]);

/** Lets the browser keep a copy. It has nothing to keep one with on plain http, and on a page that is a file. */
export function keepCopy() {
  if (!WORKER || !location.protocol.startsWith("http") || !navigator.serviceWorker) return;
  const { serviceWorker } = navigator;
  serviceWorker.addEventListener("message", ({ data }) => {
    if (typeof data?.opsbookCopy === "string") told.set(new URL(data.address).pathname, data.opsbookCopy);
  });
  const register = () =>
    // A server that gives no such file, or one that nobody trusts: the site works without.
    serviceWorker.register(new URL(`../../${WORKER}`, own), { updateViaCache: "none" }).catch(() => {});
  if (document.readyState === "complete") register();
  else addEventListener("load", register);
}

/** Says that the page is a copy, and of when, where it is one. */
export function copyNote() {
  const date = told.get(location.pathname);
  told.delete(location.pathname);
  const main = document.querySelector("main");
  if (!main || !date) return;
  const text = say("The site cannot be reached. This is the copy of %(date)s.", { date: day(date) });
  const note = make("p", { className: "ob-copy-note", ...text });
  note.setAttribute("role", "status");
  main.append(note);
}
