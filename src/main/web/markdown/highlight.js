import { sanitize } from './sanitize.js';

/** Longer code stays plain: colouring it would hold up a frame. */
const MAX_LENGTH = 60_000;

/** @type {Promise<any>|null} */
let library = null;

/** Colours a code block once the library is there; the text stays where it is. @param {Element} code */
export async function highlight(code) {
  const language = code.getAttribute('data-language') ?? '';
  const text = code.textContent ?? '';
  if (language === '' || text.length > MAX_LENGTH) {
    return;
  }
  library ??= import('highlight.js').then(module => module.default);
  const hljs = await library.catch(() => {
    library = null;
  });
  if (!hljs?.getLanguage(language) || !code.isConnected) {
    return;
  }
  await idle();
  const { value } = hljs.highlight(text, { language, ignoreIllegals: true });
  code.replaceChildren(sanitize(value));
}

/** A moment in which no frame is due. */
function idle() {
  return new Promise(resolve => 'requestIdleCallback' in window ? requestIdleCallback(resolve, { timeout: 500 }) : setTimeout(resolve, 16));
}
