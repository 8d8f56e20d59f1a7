// What the reader has chosen, in the query string of the address: it can be sent to others, and outlives a reload.

/**
 * Makes `query` the query string of this page's address.
 *
 * @param {URLSearchParams} query
 */
export function keepInAddress(query) {
  const { pathname, hash, search: before } = location;
  const text = query.toString();
  try {
    history.replaceState(history.state, "", pathname + (text && `?${text}`) + hash);
  } catch {
    return; // Some browsers forbid it for a page that is a file.
  }
  // Instant navigation writes out the whole address of a link to a place on this page, with the query of that time.
  for (const link of document.links) {
    const isOld = link.search === before && link.search !== location.search;
    if (isOld && link.hash && isOnPage(link)) link.search = location.search;
  }
}

/**
 * Lets a click load this page anew if the link leads to it with a query that `isOther`. Instant navigation compares paths
 * alone, and would change the address and nothing else; it leaves a link with a target to the browser.
 *
 * @param {(query: URLSearchParams) => boolean} isOther
 * @param {AbortSignal} left
 */
export function loadAnew(isOther, left) {
  /** @param {MouseEvent} event */
  function clicked({ target }) {
    const link = target instanceof Element ? target.closest("a") : null;
    if (link && isOnPage(link) && isOther(new URLSearchParams(link.search))) link.target ||= "_self";
  }
  document.addEventListener("click", clicked, { capture: true, signal: left });
}

/** @param {HTMLAnchorElement | HTMLAreaElement} link */
const isOnPage = ({ origin, pathname }) => origin === location.origin && pathname === location.pathname;
