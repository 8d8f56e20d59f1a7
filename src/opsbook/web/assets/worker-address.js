/** The address, from the root of the site, of the worker that keeps a copy of it. The build puts it here, if there is one. */
export const WORKER = "";
