const LOOK_MS = 15_000;
const LOOK_AGAIN_MS = 3_000;

/** Whether the server is there, and Ollama behind it. */
export class Connection {
  #timer = 0;
  /** @type {Set<() => void>} */
  #returned = new Set();

  /** @param {import('./store.js').Store} store @param {import('../api/client.js').ApiClient} api */
  constructor(store, api) {
    this.store = store;
    this.api = api;
    api.onReached(reachable => this.#heard(reachable));
    window.addEventListener('online', () => this.look());
    window.addEventListener('offline', () => this.#heard(false));
    document.addEventListener('visibilitychange', () => this.look());
  }

  /** @param {() => void} listener called when the server is there again */
  onReturn(listener) {
    this.#returned.add(listener);
  }

  /** Asks how things are, and from then on now and then, while somebody looks. */
  async look() {
    clearTimeout(this.#timer);
    if (document.visibilityState === 'hidden') {
      return;
    }
    try {
      const health = await this.api.get('/api/v1/health');
      this.#ollama(health.services?.ollama === 'ok' ? 'ok' : 'unreachable');
    } catch {
      // The client has told whether the server was reached.
    }
    const { server, ollama } = this.store.state.health;
    this.#timer = setTimeout(() => this.look(), server && ollama === 'ok' ? LOOK_MS : LOOK_AGAIN_MS);
  }

  /** @param {number} failures so far; waits longer each time, and no longer once the network is back */
  pause(failures) {
    return new Promise(resolve => {
      const done = () => {
        clearTimeout(timer);
        window.removeEventListener('online', done);
        document.removeEventListener('visibilitychange', done);
        resolve(undefined);
      };
      const timer = setTimeout(done, Math.min(8000, 300 * 2 ** failures) * (0.75 + Math.random() / 2));
      window.addEventListener('online', done);
      document.addEventListener('visibilitychange', done);
    });
  }

  /** @param {boolean} server */
  #heard(server) {
    const { health } = this.store.state;
    if (health.server === server) {
      return;
    }
    this.store.set({ health: { ...health, server } });
    if (server) {
      this.#returned.forEach(listener => listener());
    } else {
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => this.look(), LOOK_AGAIN_MS);
    }
  }

  /** @param {'ok'|'unreachable'} ollama */
  #ollama(ollama) {
    const { health } = this.store.state;
    if (health.ollama === ollama) {
      return;
    }
    const wasAway = health.ollama === 'unreachable';
    this.store.set({ health: { ...health, ollama } });
    if (wasAway) {
      this.#returned.forEach(listener => listener());
    }
  }
}
