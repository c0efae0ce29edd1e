// Runs in the measured page, before its own script: what is timed from outside takes the way there and back as well.
globalThis.bench = {
  /** Milliseconds from the navigation until there are rows, and they are painted. */
  useful: new Promise((resolve) => {
    const watcher = new MutationObserver(() => {
      if (!document.querySelector('tbody th a')) return;
      watcher.disconnect();
      requestAnimationFrame(() => setTimeout(() => resolve(performance.now())));
    });
    watcher.observe(document, { subtree: true, childList: true });
  }),

  /** Milliseconds from the next `event` until an element has the text, and it is painted. */
  took: undefined,
  watch(event, { selector, text }) {
    this.took = new Promise((resolve, reject) => {
      setTimeout(() => reject(new Error(`${text} never came`)), 20_000);
      const begin = () => {
        const began = performance.now();
        const watcher = new MutationObserver(() => {
          if (![...document.querySelectorAll(selector)].some((found) => found.textContent.includes(text))) return;
          watcher.disconnect();
          requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - began)));
        });
        watcher.observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true });
      };
      document.addEventListener(event, begin, { capture: true, once: true });
    });
  },
};
