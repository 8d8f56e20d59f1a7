// Makes elements, and keeps values in the browser where it lets us.

export function make(tag, props = {}, ...children) {
  const element = Object.assign(document.createElement(tag), props);
  element.append(...children);
  return element;
}

export function button(text, act, className = "ob-button") {
  const element = make("button", { type: "button", className, textContent: text });
  element.addEventListener("click", act);
  return element;
}

// Where an action says how it went, to a screen reader as well.
export function status() {
  const said = make("span", { className: "ob-said" });
  said.setAttribute("role", "status");
  return said;
}

// `area` is "localStorage" or "sessionStorage". A browser may forbid both, and others may have written there.
export function read(area, key) {
  try {
    return JSON.parse(window[area].getItem(key));
  } catch {
    return null;
  }
}

export function write(area, key, value) {
  try {
    if (value === null) window[area].removeItem(key);
    else window[area].setItem(key, JSON.stringify(value));
  } catch {
    // Then the value lives as long as the page does.
  }
}
