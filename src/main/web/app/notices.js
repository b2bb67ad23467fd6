import { ApiError } from '../api/error.js';

const SHOWN_MS = 6000;

/** Short notices at the edge of the page. */
export class Notices {
  #next = 1;

  /** @param {import('../store/store.js').Store} store @param {import('../i18n/words.js').Words} words */
  constructor(store, words) {
    this.store = store;
    this.words = words;
  }

  /** @param {string} text @param {{ label: string, run: () => void }} [action] */
  show(text, action) {
    const id = this.#next++;
    this.store.set({ toasts: [...this.store.state.toasts.filter(toast => toast.text !== text).slice(-2), { id, text, action }] });
    setTimeout(() => this.dismiss(id), action ? SHOWN_MS * 2 : SHOWN_MS);
  }

  /** @param {unknown} error @param {string} [field] of what was sent, at which it is told @returns {string} what to tell of it */
  explain(error, field) {
    if (!(error instanceof ApiError)) {
      console.error(error);
      return this.words.say('error.unexpected');
    }
    if (error.isUnreachable) {
      return this.words.say('error.unreachable');
    }
    if (error.status === 429) {
      return this.words.say('error.tooMany', { seconds: error.retryAfter ?? 60 });
    }
    const wrong = field === undefined ? null : error.field(field);
    if (wrong !== null) {
      return this.words.wrong(wrong);
    }
    return error.errors.length > 0
      ? error.errors.map(each => `${each.loc.at(-1)}: ${this.words.wrong(each.msg)}`).join('; ')
      : this.words.wrong(error.message);
  }

  /** @param {unknown} error */
  failed(error) {
    this.show(this.explain(error));
  }

  /** @param {number} id */
  dismiss(id) {
    this.store.set({ toasts: this.store.state.toasts.filter(toast => toast.id !== id) });
  }
}
