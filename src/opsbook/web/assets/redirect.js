// Follows the one link of a redirect page, with the query string and the hash of this address.
(() => {
  const target = new URL(document.querySelector("[data-ob-redirect]").href);
  target.search = location.search;
  if (location.hash) target.hash = location.hash;
  location.replace(target);
})();
