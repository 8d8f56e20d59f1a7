// Sets up the page that is shown, and again each page that the theme's instant navigation puts in its place.

/** @typedef {{ document$?: { subscribe(turned: () => void): void } }} Theme */

/**
 * Calls `setUp` for each page that comes to be shown, once. Its signal is aborted when the page has gone.
 *
 * @param {(left: AbortSignal) => void} setUp
 */
export function onEachPage(setUp) {
  /** @type {Element | null} */
  let shown = null;
  let leaving = new AbortController();
  function turn() {
    const content = document.querySelector("[data-md-component=container]") ?? document.body;
    if (content === shown) return;
    leaving.abort();
    if (shown) takeApart(shown);
    shown = content;
    leaving = new AbortController();
    setUp(leaving.signal);
  }
  turn();
  // The theme's own event, which its manual gives to scripts of a site. It comes for the first page as well:
  // https://squidfunk.github.io/mkdocs-material/customization/#additional-javascript
  const { document$ } = /** @type {Theme} */ (window);
  document$?.subscribe(turn);
}

/**
 * The theme holds on to some elements of each page that it has replaced, and one of them keeps all that it hangs
 * together with. So nothing hangs together any more.
 *
 * @param {Element} gone
 */
function takeApart(gone) {
  if (gone.isConnected) return;
  for (const element of gone.querySelectorAll("*")) element.remove();
}
