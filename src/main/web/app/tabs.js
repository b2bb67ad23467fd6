/** @typedef {{ kind: 'session' } | { kind: 'library' } | { kind: 'conversation', id: number }} News */

/** What the page's other tabs in this browser have done. News never carry texts, only what to ask the server for. */
export class Tabs {
  #channel = 'BroadcastChannel' in globalThis ? new BroadcastChannel('ollama-web') : null;

  /** @param {News} news */
  tell(news) {
    this.#channel?.postMessage(news);
  }

  /** @param {(news: News) => void} listener */
  onNews(listener) {
    this.#channel?.addEventListener('message', event => listener(event.data));
  }
}
