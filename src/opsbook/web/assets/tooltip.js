// What a `title` says, and a name that is cut off, in a box of the site's own: for the mouse, the keyboard and the finger.
//
// The theme has such boxes (`content.tooltips`), but sets the text as HTML, and text comes from many hands. Here it is
// only ever set as text. While the box is open the title is taken off, or the browser would show its own beside it.
import { make } from "./dom.js";

const ID = "ob-tooltip";
const GAP = 8;
const DELAY = 150;

const box = make("div", { id: ID, className: "ob-tooltip", hidden: true });
box.setAttribute("role", "tooltip");
/** @type {{ host: Element, title: string | null, attribute: string } | null} */
let open = null;
let timer = 0;

export function tooltips() {
  document.body.append(box);
  on("pointerover", (event) => event.pointerType !== "touch" && hovered(event.target));
  on("pointerleave", () => later(close));
  on("focusin", (event) => show(hostOf(event.target)));
  on("focusout", close);
  on("click", (event) => tapped(event.target));
  on("keydown", (event) => event.key === "Escape" && close());
  on("scroll", place);
  window.addEventListener("resize", place);
}

/**
 * @template {keyof DocumentEventMap} Type
 * @param {Type} type
 * @param {(event: DocumentEventMap[Type]) => void} act
 */
const on = (type, act) => document.addEventListener(type, act, { capture: true, passive: true });

/** @param {() => void} act */
function later(act) {
  clearTimeout(timer);
  timer = setTimeout(act, DELAY);
}

/**
 * The pointer may rest on the box itself, to read or to enlarge it.
 *
 * @param {EventTarget | null} target
 */
function hovered(target) {
  const host = hostOf(target);
  if (isInBox(target) || (open && host === open.host)) clearTimeout(timer);
  else if (host) later(() => show(host));
  else if (open && open.host !== document.activeElement) later(close);
}

/**
 * A finger does not hover. A tap on a link or a button does what it says, so it opens the box of abbreviations alone.
 *
 * @param {EventTarget | null} target
 */
function tapped(target) {
  const abbreviation = target instanceof Element && target.closest("abbr");
  if (abbreviation) show(hostOf(abbreviation));
  else if (!isInBox(target)) close();
}

/** @param {EventTarget | null} target */
const isInBox = (target) => target instanceof Node && box.contains(target);

/**
 * Returns the element that has something to say where `target` is; null where there is none.
 *
 * @param {EventTarget | null} target
 */
function hostOf(target) {
  if (!(target instanceof Element)) return null;
  if (open?.host.contains(target)) return open.host;
  const titled = target.closest("[title]");
  if (titled) return titled.getAttribute("title")?.trim() ? titled : null;
  const link = target.closest("a, label") ?? target;
  return cutOff(link) ? link : null;
}

/** @param {Element} link */
function cutOff(link) {
  const name = link.matches(".md-ellipsis") ? link : link.querySelector(".md-ellipsis");
  return name instanceof HTMLElement && name.offsetWidth < name.scrollWidth ? name : null;
}

/** @param {Element | null} host */
function show(host) {
  if (!host || host === open?.host) return;
  close();
  const title = host.getAttribute("title");
  // biome-ignore lint/performance/useDomNodeTextContent: a subtitle stands on a line of its own, as it is shown
  const said = title ?? cutOff(host)?.innerText;
  if (!said) return;
  open = { host, title, attribute: describe(host, said) };
  if (title !== null) host.removeAttribute("title");
  box.textContent = said;
  box.hidden = false;
  place();
}

/** Closes the box, also where its element has gone with its page. */
export function close() {
  clearTimeout(timer);
  if (!open) return;
  const { host, title, attribute } = open;
  open = null;
  box.hidden = true;
  if (attribute) host.removeAttribute(attribute);
  if (title !== null && !host.hasAttribute("title")) host.setAttribute("title", title);
}

/**
 * An element without a name of its own goes by its title; one that shows the same words needs no description.
 *
 * @param {Element} host
 * @param {string} said
 * @returns {string} the attribute that was set, if any
 */
function describe(host, said) {
  const name = host.getAttribute("aria-label") ?? host.textContent.trim();
  if (name.includes(said.trim())) return "";
  const attribute = name ? "aria-describedby" : "aria-label";
  if (host.hasAttribute(attribute)) return "";
  host.setAttribute(attribute, name ? ID : said);
  return attribute;
}

// Below the element where there is room, else above it, and never beyond an edge of the window.
function place() {
  if (!open) return;
  const { clientWidth, clientHeight } = document.documentElement;
  const at = open.host.getClientRects()[0];
  if (!at || at.bottom < 0 || at.top > clientHeight) return close();
  const { width, height } = box.getBoundingClientRect();
  const below = at.bottom + GAP;
  const fits = below + height + GAP <= clientHeight || at.top - GAP - height < 0;
  const left = Math.min(at.left + at.width / 2 - width / 2, clientWidth - width - GAP);
  box.style.left = `${Math.max(GAP, left)}px`;
  box.style.top = `${fits ? below : at.top - GAP - height}px`;
}
