// Takes the place of the worker of a site that wants none any more: it removes what that kept, and itself.

/** @type {ServiceWorkerGlobalScope} */
const worker = /** @type {any} */ (self);

worker.addEventListener("install", () => worker.skipWaiting());
worker.addEventListener("activate", (event) => event.waitUntil(end()));

async function end() {
  const prefix = `opsbook:${new URL(worker.registration.scope).pathname}:`;
  const own = (await caches.keys()).filter((name) => name.startsWith(prefix));
  await Promise.all(own.map((name) => caches.delete(name)));
  await worker.registration.unregister();
}
