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
 * Returns whether a link leads to the page on which it stands.
 *
 * @param {HTMLAnchorElement | HTMLAreaElement} link
 */
export const isOnPage = ({ origin, pathname }) => origin === location.origin && pathname === location.pathname;
