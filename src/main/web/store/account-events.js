/**
 * What happens in the account while nobody does anything: a reminder is due, an insight is ready. Asked for only while the
 * page is seen, since each tab would hold a connection; what came meanwhile comes when somebody looks again.
 */
export class AccountEvents {
  /** @type {EventSource|null} */
  #source = null;

  /** @param {import('../app/services.js').Services} services */
  constructor({ store, notices, words, router }) {
    this.store = store;
    this.notices = notices;
    this.words = words;
    this.router = router;
    document.addEventListener('visibilitychange', () => this.#look());
    store.subscribe(() => this.#look());
  }

  #look() {
    const wanted = this.store.state.session.status === 'in' && document.visibilityState === 'visible';
    if (wanted && !this.#source) {
      this.#follow();
    } else if (!wanted && this.#source) {
      this.#source.close();
      this.#source = null;
    }
  }

  #follow() {
    const source = new EventSource('/api/v1/events');
    this.#source = source;
    source.addEventListener('reminder', ({ data }) => this.#show('events.reminder', JSON.parse(data), '/tasks'));
    source.addEventListener('insight', ({ data }) => this.#show('events.insight', JSON.parse(data), '/insights'));
  }

  /** @param {string} key @param {Record<string, unknown>} values @param {string} screen */
  #show(key, values, screen) {
    this.notices.show(this.words.say(key, values), { label: this.words.say('events.show'), run: () => this.router.go(screen) });
  }
}
