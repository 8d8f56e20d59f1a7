// The words of the scripts in the languages of the site. The build puts them here; without any, all is English.

/** @type {Record<string, Record<string, string | Record<string, string>>>} */
export const CATALOGS = {};
