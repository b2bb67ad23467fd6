import DOMPurify from 'dompurify';

const TAGS = ['p', 'br', 'hr', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'ul', 'ol', 'li', 'blockquote', 'pre', 'code', 'em', 'strong', 's', 'del',
  'a', 'img', 'table', 'thead', 'tbody', 'tr', 'th', 'td', 'figure', 'figcaption', 'button', 'div', 'span', '#text'];
const ATTRIBUTES = ['href', 'title', 'class', 'start', 'src', 'alt', 'type', 'data-act', 'data-language', 'data-display'];

const purify = DOMPurify;
purify.addHook('afterSanitizeAttributes', node => {
  if (node instanceof HTMLAnchorElement) {
    node.target = '_blank';
    node.rel = 'noopener noreferrer';
  }
});

/**
 * @param {string} html made from what a model or a stranger wrote
 * @returns {DocumentFragment} what of it is harmless
 */
export function sanitize(html) {
  return purify.sanitize(html, {
    ALLOWED_TAGS: TAGS,
    ALLOWED_ATTR: ATTRIBUTES,
    ALLOW_DATA_ATTR: false,
    ALLOW_ARIA_ATTR: false,
    ADD_URI_SAFE_ATTR: ['data-act', 'data-language', 'data-display', 'type', 'start', 'alt', 'title'],
    ALLOWED_URI_REGEXP: /^(?:https?:|mailto:)/i,
    RETURN_DOM_FRAGMENT: true,
  });
}

/**
 * @param {string} html a formula as KaTeX writes it, with {@code data-style} in place of {@code style}
 * @returns {DocumentFragment}
 */
export function sanitizeFormula(html) {
  return purify.sanitize(html, {
    USE_PROFILES: { html: true, mathMl: true, svg: true },
    ADD_TAGS: ['semantics', 'annotation'],
    ADD_ATTR: ['data-style', 'encoding', 'preserveAspectRatio'],
    FORBID_TAGS: ['a', 'img', 'form', 'input', 'button', 'style'],
    FORBID_ATTR: ['style', 'href', 'src', 'id'],
    RETURN_DOM_FRAGMENT: true,
  });
}
