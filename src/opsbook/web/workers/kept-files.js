// What a browser keeps of the site. The build puts the list of a site here.

/** The files to keep, each with the beginning of the SHA-256 of its bytes. A page stands under its address.
 *
 * @type {Record<string, string>}
 */
export const FILES = {};

/** What is another one for each list. */
export const VERSION = "";
