// Finds and makes elements.

/**
 * Returns the one element that `selector` names. Throws where there is none, or one of another kind.
 *
 * @template {Element} T
 * @param {string} selector
 * @param {new () => T} kind
 * @param {ParentNode} [within]
 * @returns {T}
 */
export function one(selector, kind, within = document) {
  const found = within.querySelector(selector);
  if (!(found instanceof kind)) throw new TypeError(`no ${kind.name} is ${selector}`);
  return found;
}

/**
 * Returns all elements that `selector` names, in the order of the page.
 *
 * @template {Element} T
 * @param {string} selector
 * @param {new () => T} kind
 * @param {ParentNode} [within]
 * @returns {T[]}
 */
export function all(selector, kind, within = document) {
  const found = [...within.querySelectorAll(selector)];
  return found.flatMap((element) => (element instanceof kind ? [element] : []));
}

/**
 * Makes an element with properties and children.
 *
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Partial<HTMLElementTagNameMap[Tag]>} [props]
 * @param {...(Node | string)} children
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function make(tag, props = {}, ...children) {
  const element = Object.assign(document.createElement(tag), props);
  element.append(...children);
  return element;
}

/**
 * Makes an element of a picture with attributes and children.
 *
 * @template {keyof SVGElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Record<string, string | number>} attributes
 * @param {...(Node | string)} children
 * @returns {SVGElementTagNameMap[Tag]}
 */
export function draw(tag, attributes, ...children) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
  element.append(...children);
  return element;
}

/**
 * Makes a button that calls `act`. Its props are what it says.
 *
 * @param {Partial<HTMLButtonElement>} props
 * @param {() => void} act
 * @param {string} [className]
 */
export function button(props, act, className = "ob-button") {
  const element = make("button", { type: "button", className, ...props });
  element.addEventListener("click", act);
  return element;
}

/** Makes the place where an action says how it went, to a screen reader as well. */
export function status() {
  const said = make("span", { className: "ob-said" });
  said.setAttribute("role", "status");
  return said;
}
