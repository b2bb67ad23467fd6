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

/** The same, in a moment in which nobody waits for anything; a failure is found out when somebody does. */
export function loadLaterWhenIdle() {
  if (loading !== null) {
    return;
  }
  const load = () => void loadLater().catch(() => {});
  if ('requestIdleCallback' in window) {
    requestIdleCallback(load, { timeout: 1000 });
  } else {
    setTimeout(load, 200);
  }
}
