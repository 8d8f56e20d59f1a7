// Follows the one link of a redirect page, with the query string and the hash of this address. It runs as a classic
// script, so it imports nothing.
(() => {
  const link = document.querySelector("[data-ob-redirect]");
  if (!(link instanceof HTMLAnchorElement)) return;
  const target = new URL(link.href);
  target.search = location.search;
  if (location.hash) target.hash = location.hash;
  location.replace(target);
})();
