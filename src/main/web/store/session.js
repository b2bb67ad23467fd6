import { ApiError } from '../api/error.js';
import { forgetDrafts } from './drafts.js';

/** Who is signed in. The session itself is a cookie that no script can read. */
export class Session {
  /** @param {import('../app/services.js').Services} services */
  constructor(services) {
    this.services = services;
    this.store = services.store;
    this.api = services.api;
    this.api.onRefused(() => this.#ended());
  }

  /** Finds out who is signed in. */
  async load() {
    try {
      const { data } = await this.api.get('/api/v1/auth/session');
      if (data?.user) {
        this.#begin(data.user);
      } else {
        this.#ended(data ?? {});
      }
    } catch (error) {
      if (error instanceof ApiError && error.status === 401) {
        this.#ended();
      } else if (this.store.state.session.status !== 'in') {
        this.store.set({ session: { ...this.store.state.session, status: 'failed' } });
        setTimeout(() => this.store.state.session.status === 'failed' && this.load(), 3000);
      }
    }
    this.services.connection.look();
  }

  /** @param {{ email: string, password: string } | { api_key: string }} credentials */
  async signIn(credentials) {
    const { data } = await this.api.post('/api/v1/auth/session', credentials);
    this.#begin(data.user);
    this.services.tabs.tell({ kind: 'session' });
  }

  /** @param {{ email: string, password: string, display_name: string }} account */
  async register(account) {
    const { data } = await this.api.post('/api/v1/auth/session/register', account);
    this.#begin(data.user);
    this.services.tabs.tell({ kind: 'session' });
  }

  /** @returns {Promise<string>} a new account's key, to be kept by its owner */
  async makeKey() {
    const { api_key: key } = await this.api.post('/api/auth/setup', {});
    return key;
  }

  async signOut() {
    await this.api.delete('/api/v1/auth/session');
    this.#ended();
    this.services.router.go('/', { replace: true });
    this.services.tabs.tell({ kind: 'session' });
  }

  /** The account has changed. @param {import('../api/types.js').User} user */
  changed(user) {
    this.store.set({ session: { ...this.store.state.session, user } });
  }

  /** @param {import('../api/types.js').User} user */
  #begin(user) {
    const { session } = this.store.state;
    if (session.status === 'in' && session.user?.id === user.id) {
      this.changed(user);
      return;
    }
    if (session.user && session.user.id !== user.id) {
      this.#ended();
    }
    this.store.set({ session: { status: 'in', user, first: false, open: null } });
    remember('in');
    this.services.settings.load();
    this.services.models.load();
    this.services.library.refresh();
  }

  /** @param {{ first_start?: boolean, registration_open?: boolean }} [server] what it says of itself */
  #ended(server = {}) {
    if (this.store.state.session.status === 'in') {
      this.services.answers.forget();
      this.services.models.forget();
      this.services.prompts.forget();
      this.store.forget();
      forgetDrafts();
    }
    const { session } = this.store.state;
    const first = server.first_start ?? false;
    this.store.set({ session: { status: 'out', user: null, first, open: server.registration_open ?? session.open } });
    remember('out');
  }
}

/** What the next load of the document draws until it knows. @param {'in'|'out'} status */
function remember(status) {
  try {
    localStorage.setItem('was', status);
  } catch {
    // It draws what suits both.
  }
}
