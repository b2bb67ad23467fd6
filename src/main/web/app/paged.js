/** @template {{ id: number }} T */
export class Paged {
  /** @type {T[]|null} null: not yet loaded */
  items = null;
  total = 0;
  /** @type {unknown} */
  error = null;

  /**
   * A list that the server gives page by page, as far as somebody looks.
   *
   * @param {import('../api/client.js').ApiClient} api
   * @param {string} path of a list of the ALICE API, or of messages or conversations
   * @param {() => void} changed called after each change
   */
  constructor(api, path, changed) {
    this.api = api;
    this.path = path;
    this.changed = changed;
    /** @type {Record<string, unknown>} */
    this.filter = {};
  }

  /** Begins anew. @param {Record<string, unknown>} [filter] */
  async load(filter = this.filter) {
    if (filter !== this.filter) {
      this.filter = filter;
      this.items = null;
      this.changed();
    }
    try {
      const data = await this.#page(1);
      if (filter === this.filter) {
        this.items = data.items;
        this.total = data.total;
        this.error = null;
      }
    } catch (error) {
      this.error = error;
    }
    this.changed();
  }

  async loadMore() {
    const known = new Set(this.items?.map(item => item.id));
    try {
      const data = await this.#page(Math.floor(known.size / 50) + 1);
      this.items = [...this.items ?? [], ...data.items.filter((/** @type {T} */ item) => !known.has(item.id))];
      this.total = data.total;
    } catch (error) {
      this.error = error;
    }
    this.changed();
  }

  get hasMore() {
    return this.items !== null && this.items.length < this.total;
  }

  /** @param {T} item that has changed */
  put(item) {
    this.items = this.items?.map(each => each.id === item.id ? item : each) ?? null;
    this.changed();
  }

  /** @param {number} page @returns {Promise<{ items: T[], total: number }>} */
  async #page(page) {
    const { data, messages, conversations, total } = await this.api.get(this.path, { query: { ...this.filter, page, page_size: 50 } });
    return data ?? { items: messages ?? conversations, total };
  }
}
