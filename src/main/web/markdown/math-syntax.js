const DELIMITERS = [
  { open: '$$', close: '$$', display: true },
  { open: '\\[', close: '\\]', display: true },
  { open: '\\(', close: '\\)', display: false },
  { open: '$', close: '$', display: false },
];

/** TeX between $…$, \(…\), $$…$$ and \[…\]: becomes an element that holds its source until it is drawn. @param {any} markdown */
export function math(markdown) {
  markdown.inline.ruler.before('escape', 'math', inlineMath);
  markdown.block.ruler.before('fence', 'math_block', blockMath, { alt: ['paragraph', 'reference', 'blockquote', 'list'] });
  const { escapeHtml } = markdown.utils;
  markdown.renderer.rules.math = (/** @type {any[]} */ tokens, /** @type {number} */ at) =>
    `<span class="math" data-display="${tokens[at].meta.display}">${escapeHtml(tokens[at].content)}</span>`;
  markdown.renderer.rules.math_block = (/** @type {any[]} */ tokens, /** @type {number} */ at) =>
    `<div class="math" data-display="true">${escapeHtml(tokens[at].content)}</div>\n`;
}

/** @param {any} state @param {boolean} silent */
function inlineMath(state, silent) {
  const { src, pos, posMax } = state;
  if (src[pos] !== '$' && src[pos] !== '\\') {
    return false;
  }
  const delimiter = DELIMITERS.find(each => src.startsWith(each.open, pos));
  if (!delimiter) {
    return false;
  }
  const from = pos + delimiter.open.length;
  const end = src.indexOf(delimiter.close, from);
  if (end <= from || end + delimiter.close.length > posMax || !looksLikeMath(src, from, end, delimiter.open)) {
    return false;
  }
  if (!silent) {
    const token = state.push('math', 'span', 0);
    token.content = src.slice(from, end).trim();
    token.meta = { display: delimiter.display };
  }
  state.pos = end + delimiter.close.length;
  return true;
}

/** A single $ is mostly money: math touches its delimiters, and no digit follows the second one. @param {string} src @param {number} from @param {number} end @param {string} open */
function looksLikeMath(src, from, end, open) {
  if (open !== '$') {
    return true;
  }
  return !/\s/.test(src[from]) && !/[\s\\]/.test(src[end - 1]) && !/[0-9]/.test(src[end + 1] ?? '') && !src.slice(from, end).includes('\n\n');
}

/** @param {any} state @param {number} startLine @param {number} endLine @param {boolean} silent */
function blockMath(state, startLine, endLine, silent) {
  const line = lineAt(state, startLine);
  const delimiter = line.startsWith('$$') ? DELIMITERS[0] : line.startsWith('\\[') ? DELIMITERS[1] : null;
  if (!delimiter || state.sCount[startLine] - state.blkIndent >= 4) {
    return false;
  }
  const lines = [];
  for (let at = startLine; at < endLine; at++) {
    const text = at === startLine ? line.slice(2) : lineAt(state, at);
    const end = text.indexOf(delimiter.close);
    if (end >= 0) {
      if (text.slice(end + 2).trim() !== '') {
        return false;
      }
      lines.push(text.slice(0, end));
      return silent || put(state, startLine, at + 1, lines.join('\n').trim());
    }
    lines.push(text);
  }
  return false;
}

/** @param {any} state @param {number} startLine @param {number} endLine @param {string} content */
function put(state, startLine, endLine, content) {
  const token = state.push('math_block', 'div', 0);
  token.block = true;
  token.content = content;
  token.map = [startLine, endLine];
  state.line = endLine;
  return true;
}

/** @param {any} state @param {number} line */
function lineAt(state, line) {
  return state.src.slice(state.bMarks[line] + state.tShift[line], state.eMarks[line]);
}
