import { LitElement } from 'lit';

/**
 * What the page's components have in common: they render into the document itself, where the style sheets, labels and
 * the browser's own search reach them, and they render again when what they watch in the store has changed.
 */
export class Element extends LitElement {
  static properties = { app: { attribute: false } };

  /** @type {unknown[]} */
  #seen = [];
  /** @type {(() => void)|null} */
  #unsubscribe = null;

  constructor() {
    super();
    /** @type {import('./services.js').Services} */
    this.app = /** @type {any} */ (undefined);
  }

  createRenderRoot() {
    return this;
  }

  connectedCallback() {
    super.connectedCallback();
    this.#unsubscribe ??= this.app?.store.subscribe(() => this.#look()) ?? null;
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#unsubscribe?.();
    this.#unsubscribe = null;
  }

  get state() {
    return this.app.store.state;
  }

  /** @param {string} key @param {Record<string, unknown>} [values] @returns {string} in the reader's language */
  t(key, values) {
    return this.app.words.say(key, values);
  }

  /** @returns {unknown[]} what this component shows of the store's state */
  watched() {
    return [];
  }

  #look() {
    const now = this.watched();
    if (now.length !== this.#seen.length || now.some((value, i) => value !== this.#seen[i])) {
      this.#seen = now;
      this.requestUpdate();
    }
  }
}
