import { levelHeadings, markdown } from './parser.js';
import { patch } from './patch.js';
import { sanitize } from './sanitize.js';
import { OpenFence } from './open-fence.js';
import { OpenParagraph } from './open-paragraph.js';

/**
 * Shows Markdown that may still grow. Blocks that are complete are drawn once and left alone; only the last one, to which
 * the next piece belongs, is parsed again. So a piece costs the same in a long text as in a short one.
 */
export class GrowingView {
  #text = '';
  /** Whether the text was taken for whole: if it grows after all, its last block is open again. */
  #ended = false;
  /** Where in the text the open block begins. */
  #closed = 0;
  /** @type {ChildNode[]} */
  #openNodes = [];
  /** What adds to the open block without parsing it again. @type {OpenFence|OpenParagraph|null} */
  #open = null;
  /** The level of the last heading that is drawn for good. */
  #level;

  /**
   * @param {HTMLElement} root
   * @param {import('./parser.js').Env} env
   * @param {(nodes: ParentNode[]) => void} onClosed given what was drawn for good
   * @param {number} [headingAbove] the level of the heading that the text stands under
   */
  constructor(root, env, onClosed, headingAbove = 1) {
    this.headingAbove = headingAbove;
    this.#level = headingAbove;
    this.root = root;
    this.env = env;
    this.onClosed = onClosed;
  }

  /** @param {string} text all of it so far @param {boolean} ended whether nothing will follow */
  show(text, ended) {
    if (text.includes('\r')) {
      text = text.replace(/\r\n?/g, '\n');
    }
    if (!text.startsWith(this.#text) || (this.#ended && !(ended && text === this.#text))) {
      this.#clear();
    }
    this.#text = text;
    this.#ended = ended;
    if (!ended && this.#open?.grow(text)) {
      return;
    }
    this.#open = null;
    if (ended && this.#closed > 0 && /^ {0,3}\[[^\]\n]+\]:/m.test(text)) {
      this.#clear();
      this.#text = text;
    }
    this.#draw(ended);
  }

  /** @param {boolean} ended */
  #draw(ended) {
    const tail = this.#text.slice(this.#closed);
    const tokens = markdown.parse(tail, this.env);
    const last = ended ? tokens.length : lastBlock(tokens);
    if (last > 0) {
      this.#close(tokens.slice(0, last));
      this.#closed += last < tokens.length ? startOf(tail, tokens[last].map[0]) : tail.length;
    }
    if (ended) {
      return;
    }
    const open = tokens.slice(last);
    levelHeadings(open, this.#level);
    const fragment = this.#render(open);
    this.#openNodes = patch(this.root, this.#openNodes, [...fragment.childNodes]);
    if (open.length === 1 && open[0].type === 'fence') {
      const start = last > 0 ? this.#closed : this.#closed + startOf(tail, open[0].map[0]);
      this.#open = OpenFence.of(open[0], this.#text, start, this.root);
    } else {
      this.#open = OpenParagraph.of(open, this.#text, this.root);
    }
  }

  /** @param {any[]} tokens of blocks to which nothing can be added */
  #close(tokens) {
    this.#level = levelHeadings(tokens, this.#level);
    const nodes = patch(this.root, this.#openNodes, [...this.#render(tokens).childNodes]);
    this.#openNodes = [];
    this.onClosed(/** @type {ParentNode[]} */ (/** @type {unknown} */ (nodes.filter(node => node instanceof Element))));
  }

  /** @param {any[]} tokens */
  #render(tokens) {
    return sanitize(markdown.renderer.render(tokens, markdown.options, this.env));
  }

  #clear() {
    this.root.replaceChildren();
    this.#text = '';
    this.#closed = 0;
    this.#openNodes = [];
    this.#open = null;
    this.#level = this.headingAbove;
  }
}

/** @param {any[]} tokens @returns {number} where the last block begins */
function lastBlock(tokens) {
  for (let i = tokens.length - 1; i >= 0; i--) {
    if (tokens[i].level === 0 && tokens[i].nesting >= 0 && tokens[i].map) {
      return i;
    }
  }
  return 0;
}

/** @param {string} text @param {number} line @returns {number} where a line begins */
function startOf(text, line) {
  let at = 0;
  for (let i = 0; i < line; i++) {
    at = text.indexOf('\n', at) + 1;
  }
  return at;
}
