/**
 * @typedef {import('../api/types.js').Prompt} Prompt
 * @typedef {import('../api/types.js').PromptTemplate} PromptTemplate
 */

const PAGE = 100;

/** Texts to begin with: the templates of the server, and an account's own prompts, loaded page by page as far as somebody looks. */
export class Prompts {
  /** @type {Promise<PromptTemplate[]>|null} */
  #templates = null;
  /** Which loading of the list is the last: answers to earlier ones are not taken. */
  #round = {};

  /** @param {import('./store.js').Store} store @param {import('../api/client.js').ApiClient} api */
  constructor(store, api) {
    this.store = store;
    this.api = api;
  }

  get #state() {
    return this.store.state.prompts;
  }

  /** @returns {Promise<PromptTemplate[]>} asked for once */
  templates() {
    if (this.#templates === null) {
      this.#templates = /** @type {Promise<PromptTemplate[]>} */ (this.api.get('/api/prompts/templates').then(answer => answer.templates));
      this.#templates.catch(() => this.#templates = null);
    }
    return this.#templates;
  }

  /** Loads the list from its beginning; what was there is shown until then. */
  async refresh() {
    const round = this.#round = {};
    this.#change({ error: null, loadingMore: false, ...(this.#state.status === 'ready' ? {} : { status: 'loading' }) });
    try {
      const { prompts, total } = await this.#page(1);
      this.#change({ status: 'ready', items: prompts, total }, round);
    } catch (error) {
      this.#change({ error, ...(this.#state.status === 'ready' ? {} : { status: 'failed' }) }, round);
    }
  }

  get hasMore() {
    const { status, items, total } = this.#state;
    return status === 'ready' && items.length < total;
  }

  /** Loads the next page, if there is one. */
  async loadMore() {
    if (!this.hasMore || this.#state.loadingMore) {
      return;
    }
    const round = this.#round;
    this.#change({ error: null, loadingMore: true });
    try {
      const page = await this.#page(Math.floor(this.#state.items.length / PAGE) + 1);
      const known = new Set(this.#state.items.map(prompt => prompt.id));
      const more = page.prompts.filter(prompt => !known.has(prompt.id));
      const items = [...this.#state.items, ...more];
      this.#change({ loadingMore: false, items, total: more.length === 0 ? items.length : page.total }, round);
    } catch (error) {
      this.#change({ error, loadingMore: false }, round);
    }
  }

  /** @param {number|undefined} id undefined: a new one @param {{ name: string, content: string, category: string|null }} draft */
  async save(id, draft) {
    this.#note(await (id === undefined ? this.api.post('/api/prompts', draft) : this.api.patch(`/api/prompts/${id}`, draft)));
  }

  /** @param {number} id */
  async remove(id) {
    await this.api.delete(`/api/prompts/${id}`);
    const { items, total } = this.#state;
    const others = items.filter(each => each.id !== id);
    this.#change({ items: others, total: total + others.length - items.length });
  }

  /** What was asked for an account is not taken for the next one. */
  forget() {
    this.#round = {};
  }

  /** Puts it where its name belongs, as far as the list is loaded. @param {Prompt} prompt */
  #note(prompt) {
    const { status, items, total } = this.#state;
    if (status !== 'ready') {
      return;
    }
    const others = items.filter(each => each.id !== prompt.id);
    const at = others.findIndex(each => each.name.toLowerCase() > prompt.name.toLowerCase());
    others.splice(at < 0 ? others.length : at, 0, prompt);
    this.#change({ items: others, total: total + others.length - items.length });
  }

  /** @param {number} page @returns {Promise<{ prompts: Prompt[], total: number }>} */
  #page(page) {
    return this.api.get('/api/prompts', { query: { page, page_size: PAGE } });
  }

  /** @param {Partial<import('./store.js').PromptList>} change @param {object} [round] to which it belongs */
  #change(change, round = this.#round) {
    if (round === this.#round) {
      this.store.set({ prompts: { ...this.#state, ...change } });
    }
  }
}
