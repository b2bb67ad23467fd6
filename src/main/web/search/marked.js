import { html } from 'lit';

/** Of what stands before the place that was looked for: little enough to see that place on a small screen. */
const BEFORE = 28;

/**
 * @param {string} snippet
 * @param {string} query
 * @returns {string} the part of it that begins shortly before the place that was looked for
 */
export function fromMatch(snippet, query) {
  const at = snippet.toLowerCase().indexOf(query.toLowerCase());
  const space = at > BEFORE ? snippet.indexOf(' ', at - BEFORE) : -1;
  return space >= 0 && space < at ? '… ' + snippet.slice(space + 1) : snippet;
}

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
