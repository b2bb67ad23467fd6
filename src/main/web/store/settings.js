/** The account's settings, which the server keeps: the same on all devices. */
export class AccountSettings {
  /** @param {import('./store.js').Store} store @param {import('../api/client.js').ApiClient} api */
  constructor(store, api) {
    this.store = store;
    this.api = api;
  }

  async load() {
    try {
      const { settings, ollama_url: ollamaUrl } = await this.api.get('/api/config/get');
      this.store.set({ settings: { status: 'ready', values: settings, ollamaUrl } });
    } catch {
      this.store.set({ settings: { ...this.store.state.settings, status: 'failed' } });
    }
  }

  /** @param {Record<string, unknown>} values to be merged; null removes one */
  async save(values) {
    await this.api.post('/api/config/save', { settings: values });
    const { settings } = this.store.state;
    const merged = Object.fromEntries(Object.entries({ ...settings.values, ...values }).filter(([, value]) => value !== null));
    this.store.set({ settings: { ...settings, values: merged } });
  }

  /** @param {string} ollamaUrl */
  async saveOllamaUrl(ollamaUrl) {
    await this.api.post('/api/config/save', { ollama_url: ollamaUrl });
    await this.load();
  }
}
