/**
 * @typedef {import('../api/types.js').Conversation} Conversation
 * @typedef {{ kind: 'heading', key: string, label: string } | { kind: 'conversation', key: string, conversation: Conversation, index: number }} Row
 */

/**
 * The list as it is shown: pinned ones first, the others by day.
 *
 * @param {Conversation[]} items most recently updated first
 * @param {import('../i18n/words.js').Words} words
 * @param {Date} now
 * @returns {Row[]}
 */
export function rows(items, words, now) {
  /** @type {Row[]} */
  const result = [];
  const pinned = items.filter(conversation => conversation.pinned);
  const others = pinned.length === 0 ? items : items.filter(conversation => !conversation.pinned);
  const name = namer(words, now);
  let last = '';
  let index = 0;
  for (const conversation of [...pinned, ...others]) {
    const label = conversation.pinned ? words.say('sidebar.pinned') : name(conversation.updated_at);
    if (label !== last) {
      result.push({ kind: 'heading', key: 'h' + label, label });
      last = label;
    }
    result.push({ kind: 'conversation', key: 'c' + conversation.id, conversation, index: index++ });
  }
  return result;
}

/** @param {import('../i18n/words.js').Words} words @param {Date} now @returns {(instant: string) => string} */
function namer(words, now) {
  const midnight = new Date(now.getFullYear(), now.getMonth(), now.getDate());
  const daysAgo = (/** @type {number} */ days) => new Date(midnight.getFullYear(), midnight.getMonth(), midnight.getDate() - days).toISOString();
  const limits = [
    { from: midnight.toISOString(), label: words.say('sidebar.today') },
    { from: daysAgo(1), label: words.say('sidebar.yesterday') },
    { from: daysAgo(7), label: words.say('sidebar.week') },
    { from: daysAgo(30), label: words.say('sidebar.month') },
  ];
  /** @type {Map<string, string>} */
  const months = new Map();
  return instant => {
    const near = limits.find(limit => instant >= limit.from);
    if (near) {
      return near.label;
    }
    const month = instant.slice(0, 7);
    if (!months.has(month)) {
      months.set(month, words.month(new Date(instant)));
    }
    return /** @type {string} */ (months.get(month));
  };
}
