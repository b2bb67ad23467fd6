/** @type {Promise<unknown>|null} */
let loading = null;

/**
 * Loads what the first screen goes without ({@code later.js}), once.
 *
 * @returns {Promise<unknown>} rejected if the server did not give it; the next call tries again
 */
export function loadLater() {
  if (loading === null) {
    const hints = document.getElementById('later-modules');
    if (hints instanceof HTMLTemplateElement) {
      document.head.append(hints.content);
    }
    loading = import('./later.js').catch(error => {
      loading = null;
      throw error;
    });
  }
  return loading;
}

/**
 * The same, and what else the first message needs, in moments in which nobody waits for anything. A failure is found out
 * when somebody does.
 *
 * @param {import('../i18n/words.js').Words} words
 */
export function prepareWhenIdle(words) {
  if (loading === null) {
    whenIdle(() => loadLater().then(() => whenIdle(() => words.prepare()), () => {}));
  }
}

/** @param {() => void} work */
function whenIdle(work) {
  if ('requestIdleCallback' in window) {
    requestIdleCallback(work, { timeout: 1000 });
  } else {
    setTimeout(work, 200);
  }
}
