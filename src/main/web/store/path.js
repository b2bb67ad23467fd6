/** @typedef {import('../api/types.js').Message} Message */

/**
 * The messages that are known from before the newest ones, if they lead to these: on another branch they do not.
 *
 * @param {readonly Message[]} known oldest first
 * @param {readonly Message[]} newest oldest first
 */
export function leadingTo(newest, known) {
  const [first] = newest;
  if (!first) {
    return [];
  }
  const older = known.filter(message => message.id > 0 && message.id < first.id);
  return first.parent_id === undefined || older.at(-1)?.id === first.parent_id ? older : [];
}

/** Keeps the messages that have not changed as they are, so that nothing is drawn anew for them. @param {readonly Message[]} old @param {readonly Message[]} fresh */
export function merge(old, fresh) {
  const known = new Map(old.map(message => [message.id, message]));
  return fresh.map(message => {
    const before = known.get(message.id);
    if (!before) {
      return message;
    }
    const running = message.status === 'streaming' && before.status === 'streaming';
    // Whole answers are not gone on with: this is news from before its end.
    const stale = message.status === 'streaming' && before.status === 'complete';
    return running || stale || isSame(before, message) ? before : { ...before, ...message };
  });
}

/** @param {Message} before @param {Message} message */
function isSame(before, message) {
  return before.status === message.status && before.content === message.content
    && (before.tokens_used ?? null) === (message.tokens_used ?? null)
    && before.versions?.length === message.versions?.length
    && before.favorite === message.favorite && (before.reaction ?? null) === (message.reaction ?? null);
}

/**
 * The messages before one that takes the place of another, or is said at its side.
 *
 * @param {readonly Message[]} messages oldest first
 * @param {number|null|undefined} parentId what it answers to; null: nothing, undefined: the last one
 */
export function upTo(messages, parentId) {
  if (parentId === undefined) {
    return [...messages];
  }
  return messages.slice(0, messages.findIndex(message => message.id === parentId) + 1);
}

/**
 * Where the talk last went on from a message.
 *
 * @param {readonly Message[]} tree all messages of a conversation
 * @param {number} id
 * @returns {number} the message without a sequel, the message itself if it has none
 */
export function newestEnd(tree, id) {
  /** @type {Map<number, number>} the last child of each */
  const next = new Map();
  for (const message of tree) {
    const { parent_id: parent } = message;
    if (typeof parent === 'number' && (next.get(parent) ?? 0) < message.id) {
      next.set(parent, message.id);
    }
  }
  let end = id;
  for (let child = next.get(end); child !== undefined; child = next.get(end)) {
    end = child;
  }
  return end;
}

/**
 * What the server will tell of a message that it has just made.
 *
 * @param {number} conversationId @param {number} id
 * @param {Message|undefined} parent what it follows
 * @param {readonly Message[]} before what was shown before; the version that it stands beside may be among it
 * @returns {Partial<Message> & { id: number }}
 */
export function factsOfNew(conversationId, id, parent, before) {
  const parentId = parent?.id ?? null;
  const others = before.find(message => message.parent_id === parentId)?.versions ?? [];
  return { id, conversation_id: conversationId, parent_id: parentId, versions: [...others, id], favorite: false, reaction: null };
}
