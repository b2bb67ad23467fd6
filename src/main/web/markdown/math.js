import { sanitizeFormula } from './sanitize.js';

const MAX_LENGTH = 5_000;
const REMEMBERED = 300;

/** @type {Promise<any>|null} */
let library = null;
/** @type {Map<string, Element>} */
const drawn = new Map();

/** Draws a formula in place of its source, once the library is there. @param {Element} element */
export async function drawMath(element) {
  const tex = element.textContent ?? '';
  const display = element.getAttribute('data-display') === 'true';
  const key = (display ? '1' : '0') + tex;
  if (tex.length > MAX_LENGTH) {
    return;
  }
  const known = drawn.get(key);
  if (known) {
    element.replaceChildren(known.cloneNode(true));
    return;
  }
  library ??= load();
  const katex = await library.catch(() => {
    library = null;
  });
  if (!katex || !element.isConnected || element.textContent !== tex) {
    return;
  }
  const formula = draw(katex, tex, display);
  if (!formula) {
    return;
  }
  element.replaceChildren(formula.cloneNode(true));
  if (drawn.size >= REMEMBERED) {
    drawn.clear();
  }
  drawn.set(key, formula);
}

/** What is no formula stays as it was written. @param {any} katex @param {string} tex @param {boolean} display @returns {Element|null} */
function draw(katex, tex, display) {
  try {
    const html = katex.renderToString(tex, { displayMode: display, throwOnError: true, trust: false, strict: 'ignore', maxExpand: 500, maxSize: 20 });
    const formula = document.createElement('span');
    formula.append(sanitizeFormula(html.replaceAll(' style="', ' data-style="')));
    formula.querySelectorAll('[data-style]').forEach(applyStyle);
    return formula;
  } catch {
    return null;
  }
}

const STYLES = /^(color|background-color|(min-)?width|height|top|bottom|left|vertical-align|position|text-shadow|(margin|padding|border)(-[a-z-]+)?)$/;

/** The policy forbids style attributes; the same said property by property is allowed. @param {Element} element */
function applyStyle(element) {
  for (const declaration of (element.getAttribute('data-style') ?? '').split(';')) {
    const [name, value = ''] = declaration.split(':');
    if (STYLES.test(name) && value !== 'fixed') {
      /** @type {HTMLElement} */ (element).style.setProperty(name, value);
    }
  }
  element.removeAttribute('data-style');
}

async function load() {
  const sheet = document.createElement('link');
  sheet.rel = 'stylesheet';
  sheet.href = new URL('../lib/katex/katex.min.css', import.meta.url).href;
  const styled = new Promise(resolve => {
    sheet.onload = sheet.onerror = resolve;
  });
  document.head.append(sheet);
  const [{ default: katex }] = await Promise.all([import('katex'), styled]);
  return katex;
}
