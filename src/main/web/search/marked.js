import { html } from 'lit';

/**
 * @param {string} text
 * @param {string} query
 * @returns {unknown} the text, with every place that was looked for marked
 */
export function marked(text, query) {
  if (query === '') {
    return text;
  }
  const parts = text.split(new RegExp(`(${query.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')})`, 'iu'));
  return parts.map((part, i) => i % 2 === 1 ? html`<mark>${part}</mark>` : part);
}
