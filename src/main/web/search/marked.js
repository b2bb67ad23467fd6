import { html } from 'lit';

/** Of what stands before the place that was looked for: little enough to see that place on a small screen. */
const BEFORE = 28;

/**
 * @param {string} snippet
 * @param {string} query
 * @returns {string} the part of it that begins shortly before the place that was looked for
 */
export function fromMatch(snippet, query) {
  const at = snippet.search(sought(query));
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
  return text.split(sought(query)).map((part, i) => i % 2 === 1 ? html`<mark>${part}</mark>` : part);
}

/** @param {string} query @returns {RegExp} all of it; or its phrases in quotation marks and its words, but for what must not be there */
function sought(query) {
  const phrases = [...query.matchAll(/(?<!\S)"([^"]+)"/g)].map(found => found[1]);
  const words = query.replace(/(?<!\S)-?"[^"]*"?/g, ' ').split(/\s+/).filter(word => word.length > 1 && !word.startsWith('-'));
  const parts = [query, ...phrases, ...words].map(part => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`(${parts.join('|')})`, 'iu');
}
