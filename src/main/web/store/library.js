import { isBefore } from './list-order.js';

/** @typedef {import('./store.js').Conversation} Conversation */

const PAGE = 100;

/** The list of all conversations, loaded page by page as far as somebody looks. */
export class Library {
  /**
   * @param {import('./store.js').Store} store
   * @param {import('../api/client.js').ApiClient} api
   * @param {import('../app/tabs.js').Tabs} tabs
   */
  constructor(store, api, tabs) {
    this.store = store;
    this.api = api;
    this.tabs = tabs;
  }

  get #state() {
    return this.store.state.library;
  }

  /** Loads the newest ones; what was loaded of the older ones stays. */
  async refresh() {
    if (this.#state.items.length === 0) {
      this.#change({ status: 'loading' });
    }
    const { tag } = this.#state;
    try {
      const page = await this.#page(1);
      if (tag !== this.#state.tag) {
        return;
      }
      const fresh = new Set(page.conversations.map(conversation => conversation.id));
      const last = page.conversations.at(-1);
      const older = page.total_pages > 1 && last ? this.#state.items.filter(each => !fresh.has(each.id) && isBefore(last, each)) : [];
      this.#change({ status: 'ready', total: page.total, items: [...page.conversations, ...older] });
    } catch {
      if (this.#state.status !== 'ready') {
        this.#change({ status: 'failed' });
      }
    }
  }

  /** Shows only what is filed under a tag, or all again. @param {string|null} tag */
  async filter(tag) {
    this.#change({ tag, items: [], total: 0, status: 'loading' });
    await this.refresh();
  }

  /** Loads the next page, if there is one. */
  async loadMore() {
    const { status, items, total, loadingMore } = this.#state;
    if (status !== 'ready' || loadingMore || items.length >= total) {
      return;
    }
    this.#change({ loadingMore: true });
    try {
      const page = await this.#page(Math.floor(items.length / PAGE) + 1);
      const known = new Set(this.#state.items.map(conversation => conversation.id));
      const more = page.conversations.filter(conversation => !known.has(conversation.id));
      const all = [...this.#state.items, ...more];
      this.#change({ loadingMore: false, items: all, total: more.length === 0 ? all.length : page.total });
    } catch {
      this.#change({ loadingMore: false });
    }
  }

  /** What is now known of a conversation. @param {Conversation} conversation */
  note(conversation) {
    const { items, total, status, tag } = this.#state;
    if (status !== 'ready') {
      return;
    }
    if (conversation.archived || (tag !== null && !conversation.tags?.includes(tag))) {
      this.remove(conversation.id);
      return;
    }
    const others = items.filter(each => each.id !== conversation.id);
    const isNew = others.length === items.length;
    const at = others.findIndex(each => isBefore(conversation, each));
    if (at < 0 && others.length < total - 1) {
      return;
    }
    others.splice(at < 0 ? others.length : at, 0, conversation);
    this.#change({ items: others, total: isNew && others.length > total ? total + 1 : total });
  }

  /** It was just used: it goes to the top. @param {number} id */
  touch(id) {
    const conversation = this.#state.items.find(each => each.id === id);
    if (conversation) {
      this.note({ ...conversation, updated_at: new Date().toISOString() });
    }
  }

  /** @param {number} id */
  remove(id) {
    this.without([id]);
  }

  /** @param {number[]} ids that are no longer in the list */
  without(ids) {
    const gone = new Set(ids);
    const items = this.#state.items.filter(each => !gone.has(each.id));
    const removed = this.#state.items.length - items.length;
    if (removed > 0) {
      this.#change({ items, total: this.#state.total - removed });
    }
  }

  /** @param {number} page @returns {Promise<{ conversations: Conversation[], total: number, total_pages: number }>} */
  #page(page) {
    return this.api.get('/api/conversations', { query: { page, page_size: PAGE, tag: this.#state.tag } });
  }

  /** @param {Partial<import('./store.js').Library>} change */
  #change(change) {
    this.store.set({ library: { ...this.#state, ...change } });
  }
}
