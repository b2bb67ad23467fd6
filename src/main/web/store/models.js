import { ApiError } from '../api/error.js';

/** The models that there are to talk to. */
export class Models {
  /** @type {Map<string, Promise<import('../api/types.js').ModelInfo>>} */
  #info = new Map();

  /** @param {import('./store.js').Store} store @param {import('../api/client.js').ApiClient} api */
  constructor(store, api) {
    this.store = store;
    this.api = api;
  }

  /** @param {{ refresh?: boolean }} [options] refresh: not what the server remembers, but what Ollama says now */
  async load({ refresh = false } = {}) {
    const { models } = this.store.state;
    if (models.status === 'idle') {
      this.store.set({ models: { ...models, status: 'loading' } });
    }
    try {
      const { models: items } = await this.api.get('/api/models/list', { query: { refresh: refresh || null } });
      this.store.set({ models: { status: 'ready', items, error: null } });
    } catch (error) {
      const { items } = this.store.state.models;
      this.store.set({ models: { status: 'failed', items, error: error instanceof ApiError ? error : null } });
    }
  }

  /** After a failure, or while there is none, the list may have changed. */
  refreshIfFailed() {
    const { status, items } = this.store.state.models;
    if (status === 'failed' || (status === 'ready' && items.length === 0)) {
      this.load({ refresh: true });
    }
  }

  /** @param {string} name @returns {Promise<import('../api/types.js').ModelInfo>} */
  info(name) {
    let info = this.#info.get(name);
    if (!info) {
      info = this.api.get(`/api/models/${name.split('/').map(encodeURIComponent).join('/')}/info`);
      info.catch(() => this.#info.delete(name));
      this.#info.set(name, /** @type {Promise<import('../api/types.js').ModelInfo>} */ (info));
    }
    return /** @type {Promise<import('../api/types.js').ModelInfo>} */ (info);
  }

  /** @param {import('../api/types.js').Conversation|null|undefined} conversation @returns {string} the model to ask; '' for none */
  for(conversation) {
    const { models, settings } = this.store.state;
    const wanted = conversation?.model_name ?? settings.values.default_model;
    return wanted || models.items[0]?.name || '';
  }

  forget() {
    this.#info.clear();
  }
}
