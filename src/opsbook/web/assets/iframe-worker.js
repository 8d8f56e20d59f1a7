// A worker for a page that is opened as a file, where browsers have none: a hidden frame that runs the same script. The
// theme's search asks for it, and takes the name `IFrameWorker` for the sign that it is there:
// https://github.com/squidfunk/mkdocs-material/blob/9.8.1/src/templates/assets/javascripts/integrations/search/worker/main/index.ts
// It does what `iframe-worker` by Martin Donath does, which the theme loads from another host and whose inline script the
// policy of this site forbids. A classic script, so it imports nothing.
(() => {
  class IFrameWorker extends EventTarget {
    /** @type {((event: MessageEvent) => void) | null} */
    onmessage = null;
    #frame = Object.assign(document.createElement("iframe"), { hidden: true });
    #loaded = Promise.resolve();
    /** @type {(data: unknown, origin: string) => void} */
    #receive;

    /** @param {string | URL} url */
    constructor(url) {
      super();
      document.body.append(this.#frame);
      const { contentWindow: scope, contentDocument: within } = this.#frame;
      if (!scope || !within) throw new Error("the frame of a worker is not there");
      // Else some browsers put another empty document in the place of this one later on.
      within.open();
      within.write("<!doctype html><title></title><body>");
      within.close();
      this.#receive = scope.postMessage.bind(scope);
      Object.assign(scope, {
        postMessage: (/** @type {unknown} */ data) => this.#give(data),
        importScripts: (/** @type {string[]} */ ...urls) => this.#load(urls),
      });
      this.#load([new URL(url, location.href).href]);
    }

    /**
     * A message waits until the script and all that it imports are there, as it would for a worker.
     *
     * @param {unknown} data
     */
    postMessage(data) {
      this.#loaded.then(() => this.#receive(data, "*"));
    }

    terminate() {
      this.#frame.remove();
    }

    /** @param {unknown} data */
    #give(data) {
      const event = new MessageEvent("message", { data });
      this.onmessage?.(event);
      this.dispatchEvent(event);
    }

    /**
     * Loads scripts into the frame one after the other, after those that were asked for before.
     *
     * @param {string[]} urls
     */
    #load(urls) {
      const within = this.#frame.contentDocument;
      const first = within?.querySelector("script")?.src ?? location.href;
      for (const url of urls) {
        this.#loaded = this.#loaded.then(
          () =>
            new Promise((done, fail) => {
              const script = Object.assign(document.createElement("script"), { src: new URL(url, first).href });
              script.addEventListener("load", () => done());
              script.addEventListener("error", () => fail(new Error(`${script.src} cannot be loaded`)));
              within?.body.append(script);
            }),
        );
      }
      return this.#loaded;
    }
  }

  if (location.protocol === "file:") Object.assign(window, { IFrameWorker, Worker: IFrameWorker });
})();
