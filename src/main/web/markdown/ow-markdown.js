import { copyText } from '../app/clipboard.js';
import { GrowingView } from './growing-view.js';
import { highlight } from './highlight.js';
import { drawMath } from './math.js';

/** Text in Markdown, as it is or as it comes. It draws by itself, apart from the components around it. */
export class OwMarkdown extends HTMLElement {
  /** @type {GrowingView|null} */
  #view = null;
  /** @type {import('../app/services.js').Services|null} */
  #app = null;
  #text = '';

  /** @param {import('../app/services.js').Services} app */
  set app(app) {
    if (this.#app === null) {
      this.#app = app;
      this.#view = new GrowingView(this, { words: app.words }, nodes => this.#finish(nodes), Number(this.dataset.under ?? 1));
      this.addEventListener('click', event => this.#click(event));
    }
  }

  /** All of a text that is complete. @param {string} text */
  set text(text) {
    if (text !== this.#text || this.childElementCount === 0) {
      this.show(text, true);
    }
  }

  /** @param {string} text @param {boolean} ended */
  show(text, ended) {
    this.#text = text;
    this.#view?.show(text, ended);
  }

  /** @param {ParentNode[]} nodes drawn for good */
  #finish(nodes) {
    for (const node of nodes) {
      matching(node, 'code[data-language]').forEach(highlight);
      matching(node, '.math').forEach(drawMath);
    }
    nodes.flatMap(node => matching(node, 'pre, .table')).forEach(element => laidOut.observe(element));
  }

  /** @param {Event} event */
  async #click(event) {
    const button = event.target instanceof Element ? event.target.closest('[data-act=copy-code]') : null;
    const code = button?.closest('figure')?.querySelector('code');
    if (button && code && this.#app) {
      const { words, announcer } = this.#app;
      await copyText(code.textContent ?? '');
      button.textContent = words.say('chat.copied');
      announcer.say(words.say('chat.copied'));
      setTimeout(() => button.textContent = words.say('chat.copy'), 1600);
    }
  }
}

/** @param {ParentNode} node @param {string} selector @returns {Element[]} */
function matching(node, selector) {
  const inside = [...node.querySelectorAll(selector)];
  return node instanceof Element && node.matches(selector) ? [node, ...inside] : inside;
}

/** What is wider than its place can be scrolled by keyboard too. Asked once it is laid out anyway, widths cost nothing. */
const laidOut = new ResizeObserver(entries => {
  for (const { target } of entries) {
    laidOut.unobserve(target);
    if (target.scrollWidth > target.clientWidth) {
      target.setAttribute('tabindex', '0');
    }
  }
});

customElements.define('ow-markdown', OwMarkdown);
