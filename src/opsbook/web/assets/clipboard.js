// Puts a text on the clipboard, byte for byte. Plain http has no `navigator.clipboard`, so the old command is used there.
import { make } from "./dom.js";

/**
 * Returns whether the text is on the clipboard now.
 *
 * @param {string} text
 */
export async function copy(text) {
  if (window.isSecureContext && navigator.clipboard) {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      // Not allowed here: the old way may be.
    }
  }
  return copyBySelection(text);
}

/** @param {string} text */
function copyBySelection(text) {
  const focused = document.activeElement;
  const area = make("textarea", { className: "ob-offscreen", readOnly: true, value: text });
  document.body.append(area);
  area.select();
  /** @param {ClipboardEvent} event */
  const give = (event) => {
    event.clipboardData?.setData("text/plain", text);
    event.preventDefault();
    event.stopImmediatePropagation();
  };
  document.addEventListener("copy", give, true);
  let done = false;
  try {
    done = document.execCommand("copy");
  } catch {
    // Then the reader copies by hand.
  }
  document.removeEventListener("copy", give, true);
  area.remove();
  if (focused instanceof HTMLElement || focused instanceof SVGElement) focused.focus({ preventScroll: true });
  return done;
}
