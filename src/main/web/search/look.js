import { fromMatch } from './marked.js';

const SHOWN = 30;
const TITLES = 10;
const DAY_MS = 86_400_000;

/**
 * @typedef {{ href: string, title: string, text: string, at: string }} Hit
 * @typedef {import('../api/types.js').Conversation} Conversation
 * @typedef {import('../api/types.js').SearchHit} SearchHit
 *
 * @typedef {object} Filters  what is looked at
 * @property {'all'|'user'|'assistant'} role
 * @property {number} days   how far back; 0: all
 * @property {string} tag    '': whatever it is filed under
 */

/** @type {Filters} */
export const EVERYTHING = { role: 'all', days: 0, tag: '' };

/**
 * Finds conversations by title and messages by text. Several words are found together, as one text, and apart.
 *
 * @param {import('../app/services.js').Services} app @param {string} query @param {Filters} filters @param {AbortSignal} signal
 * @returns {Promise<Hit[]>}
 */
export async function look(app, query, { role, days, tag }, signal) {
  const after = days > 0 ? new Date(Date.now() - days * DAY_MS).toISOString() : null;
  const given = { ...(role === 'all' ? {} : { role }), ...(after === null ? {} : { after }), ...(tag === '' ? {} : { tag }) };
  const find = (/** @type {object} */ more) => app.api.post('/api/chat/search', { query, limit: SHOWN, cursor: '', ...given, ...more }, { signal });
  const [titles, together, apart] = await Promise.all([
    role === 'all' ? app.api.get('/api/conversations', { query: { search: query, page_size: TITLES, tag, updated_after: after }, signal }) : { conversations: [] },
    find({}),
    /[\s"-]/.test(query) ? find({ mode: 'words' }) : { items: [] },
  ]);
  const known = new Map([...app.store.state.library.items, ...titles.conversations].map(each => [each.id, each.title]));
  return [
    ...titles.conversations.map((/** @type {Conversation} */ each) => ({ href: `/c/${each.id}`, title: each.title, text: '', at: each.updated_at })),
    ...newest([...together.items, ...apart.items]).map(hit => ({
      href: `/c/${hit.conversation_id}#m${hit.message_id}`,
      title: known.get(hit.conversation_id) ?? app.words.say('search.message'),
      text: fromMatch(hit.snippet, query),
      at: hit.created_at,
    })),
  ];
}

/** @param {SearchHit[]} hits @returns {SearchHit[]} each message once, the newest first */
function newest(hits) {
  const each = [...new Map(hits.map(hit => [hit.message_id, hit])).values()];
  return each.sort((a, b) => a.created_at === b.created_at ? b.message_id - a.message_id : a.created_at < b.created_at ? 1 : -1).slice(0, SHOWN);
}
