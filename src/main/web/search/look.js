import { fromMatch } from './marked.js';

const SHOWN = 30;
const TITLES = 10;
const DAY_MS = 86_400_000;

/**
 * @typedef {{ href: string, title: string, text: string, at: string }} Hit
 * @typedef {import('../api/types.js').Conversation} Conversation
 * @typedef {import('../api/types.js').SearchHit} SearchHit
 *
 * @typedef {{ fields: object, cursor: string|null, items: SearchHit[] }} Stream  a search; cursor null: that was all
 *
 * @typedef {object} Filters  what is looked at
 * @property {'all'|'user'|'assistant'} role
 * @property {number} days   how far back; 0: all
 * @property {string} tag    '': whatever it is filed under
 */

/** @type {Filters} */
export const EVERYTHING = { role: 'all', days: 0, tag: '' };

/** What was looked for, found page by page. Several words are found together, as one text, and apart. */
export class Look {
  /** @type {Conversation[]} */
  #titles = [];
  /** @type {Stream[]} */
  #streams;
  #asked;
  #query;

  /** @param {import('../app/services.js').Services} app @param {string} query @param {Filters} filters @param {AbortSignal} signal */
  constructor(app, query, { role, days, tag }, signal) {
    this.app = app;
    this.signal = signal;
    this.role = role;
    this.tag = tag;
    this.after = days > 0 ? new Date(Date.now() - days * DAY_MS).toISOString() : null;
    this.#query = query;
    this.#asked = { query, limit: SHOWN, ...(role === 'all' ? {} : { role }), ...(this.after === null ? {} : { after: this.after }), ...(tag === '' ? {} : { tag }) };
    this.#streams = (/[\s"-]/.test(query) ? [{}, { mode: 'words' }] : [{}]).map(fields => ({ fields, cursor: '', items: [] }));
  }

  /** Conversations by title and the newest messages by text. */
  async begin() {
    const [titles] = await Promise.all([
      this.role === 'all' ? this.app.api.get('/api/conversations', { query: { search: this.#query, page_size: TITLES, tag: this.tag, updated_after: this.after }, signal: this.signal }) : { conversations: [] },
      this.more(),
    ]);
    this.#titles = titles.conversations;
  }

  /** The next older messages. */
  async more() {
    await Promise.all(this.#streams.filter(stream => stream.cursor !== null).map(async stream => {
      const page = await this.app.api.post('/api/chat/search', { ...this.#asked, ...stream.fields, cursor: stream.cursor }, { signal: this.signal });
      stream.items.push(...page.items);
      stream.cursor = page.next_cursor;
    }));
  }

  get hasMore() {
    return this.#streams.some(stream => stream.cursor !== null);
  }

  /** @returns {Hit[]} titles first, then each message once, the newest first */
  get hits() {
    const known = new Map([...this.app.store.state.library.items, ...this.#titles].map(each => [each.id, each.title]));
    return [
      ...this.#titles.map(each => ({ href: `/c/${each.id}`, title: each.title, text: '', at: each.updated_at })),
      ...this.#messages().map(hit => ({
        href: `/c/${hit.conversation_id}#m${hit.message_id}`,
        title: known.get(hit.conversation_id) ?? this.app.words.say('search.message'),
        text: fromMatch(hit.snippet, this.#query),
        at: hit.created_at,
      })),
    ];
  }

  /** Those that nothing can come before any more: what one search has found further back waits for the other. */
  #messages() {
    const each = [...new Map(this.#streams.flatMap(stream => stream.items).map(hit => [hit.message_id, hit])).values()].sort(newestFirst);
    const ends = this.#streams.filter(stream => stream.cursor !== null && stream.items.length > 0).map(stream => /** @type {SearchHit} */ (stream.items.at(-1)));
    return each.filter(hit => ends.every(end => newestFirst(hit, end) <= 0));
  }
}

/** @param {SearchHit} a @param {SearchHit} b */
function newestFirst(a, b) {
  return a.created_at === b.created_at ? b.message_id - a.message_id : a.created_at < b.created_at ? 1 : -1;
}
