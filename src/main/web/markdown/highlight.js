import { sanitize } from './sanitize.js';

/** Longer code stays plain: drawing its colours would hold up a frame. */
const MAX_LENGTH = 60_000;

/** The library takes longer to start than a frame lasts, so it has a thread of its own. @type {Worker|null} */
let worker = null;
let asked = 0;
/** @type {Map<number, (html: string|null) => void>} who waits for which answer of it */
const waiting = new Map();

/** Colours a code block once that is worked out; the text stays where it is. @param {Element} code */
export async function highlight(code) {
  const language = code.getAttribute('data-language') ?? '';
  const text = code.textContent ?? '';
  if (language === '' || text.length > MAX_LENGTH) {
    return;
  }
  const coloured = await ask(text, language);
  await idle();
  if (coloured !== null && code.isConnected && code.textContent === text) {
    code.replaceChildren(sanitize(coloured));
  }
}

/** @param {string} text @param {string} language @returns {Promise<string|null>} HTML; null: no such language is known, or the library did not come */
function ask(text, language) {
  return new Promise(resolve => {
    worker ??= start();
    waiting.set(++asked, resolve);
    worker.postMessage({ id: asked, text, language });
  });
}

/** @returns {Worker} */
function start() {
  const address = new URL('../markdown/highlight-worker.js', import.meta.url).href;
  const policy = /** @type {any} */ (globalThis).trustedTypes?.createPolicy('highlight', { createScriptURL: () => address });
  const started = new Worker(policy?.createScriptURL('') ?? address, { type: 'module' });
  started.onmessage = ({ data: { id, html } }) => {
    waiting.get(id)?.(html);
    waiting.delete(id);
  };
  started.onerror = () => {
    waiting.forEach(resolve => resolve(null));
    waiting.clear();
  };
  return started;
}

/** A moment in which no frame is due. */
function idle() {
  return new Promise(resolve => 'requestIdleCallback' in window ? requestIdleCallback(resolve, { timeout: 500 }) : setTimeout(resolve, 16));
}
