import MarkdownIt from 'markdown-it';
import { math } from './math-syntax.js';

/** @typedef {{ words: import('../i18n/words.js').Words }} Env */

/** Markdown as models write it. Raw HTML stays text; what comes out is sanitized all the same. */
export const markdown = new MarkdownIt('default', { html: false, linkify: true, breaks: false });
markdown.linkify.set({ fuzzyLink: false, fuzzyEmail: false, fuzzyIP: false });
markdown.use(math);

const { rules } = markdown.renderer;
const { escapeHtml } = markdown.utils;

rules.fence = rules.code_block = (/** @type {any[]} */ tokens, /** @type {number} */ at, /** @type {unknown} */ _options, /** @type {Env} */ env) => {
  const language = languageOf(tokens[at].info ?? '');
  const copy = escapeHtml(env.words.say('chat.copy'));
  return `<figure class="code"><figcaption><span>${escapeHtml(language)}</span>`
    + `<button type="button" data-act="copy-code">${copy}</button></figcaption>`
    + `<pre><code data-language="${escapeHtml(language)}">${escapeHtml(tokens[at].content)}</code></pre></figure>\n`;
};

rules.image = (/** @type {any[]} */ tokens, /** @type {number} */ at, /** @type {unknown} */ _options, /** @type {Env} */ env) => {
  const address = tokens[at].attrGet('src') ?? '';
  const alt = escapeHtml(tokens[at].content);
  if (/^data:image\/(png|jpeg|gif|webp);base64,/i.test(address)) {
    return `<img src="${escapeHtml(address)}" alt="${alt}">`;
  }
  const label = escapeHtml(env.words.say('chat.image', { alt: tokens[at].content, host: hostOf(address) }));
  return `<a class="image" href="${escapeHtml(address)}">${label}</a>`;
};

rules.table_open = () => '<div class="table"><table>\n';
rules.table_close = () => '</table></div>\n';

for (const cell of ['th_open', 'td_open']) {
  rules[cell] = (/** @type {any[]} */ tokens, /** @type {number} */ at, /** @type {any} */ options, /** @type {Env} */ _env, /** @type {any} */ self) => {
    const align = /text-align:(\w+)/.exec(tokens[at].attrGet('style') ?? '');
    tokens[at].attrs = align ? [['class', align[1]]] : null;
    return self.renderToken(tokens, at, options);
  };
}

markdown.core.ruler.push('task_lists', (/** @type {any} */ state) => {
  state.tokens.forEach((/** @type {any} */ token, /** @type {number} */ i) => {
    const text = token.type === 'inline' && state.tokens[i - 2]?.type === 'list_item_open' ? token.children[0] : null;
    if (text?.type === 'text') {
      text.content = text.content.replace(/^\[([ xX])\] /, (/** @type {string} */ _, /** @type {string} */ mark) => mark === ' ' ? '☐ ' : '☑ ');
    }
  });
});

/**
 * Headings follow each other without gaps, whatever the text does, so that one can move by them; they look as they were meant.
 *
 * @param {any[]} tokens
 * @param {number} level of the heading before them
 * @returns {number} of the last one
 */
export function levelHeadings(tokens, level) {
  for (const token of tokens) {
    if (token.type === 'heading_open') {
      const meant = Number(token.markup === '=' ? 1 : token.markup === '-' ? 2 : token.markup.length);
      level = Math.min(6, meant + 1, level + 1);
      token.attrSet('class', `title-${Math.min(4, meant)}`);
      token.tag = `h${level}`;
    } else if (token.type === 'heading_close') {
      token.tag = `h${level}`;
    }
  }
  return level;
}

/** @param {string} info what follows the opening fence */
function languageOf(info) {
  return info.trim().split(/[\s{:,]/)[0].slice(0, 40);
}

/** @param {string} address */
function hostOf(address) {
  try {
    return new URL(address).host;
  } catch {
    return '';
  }
}
