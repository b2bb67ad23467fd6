/** @typedef {import('../api/types.js').Conversation} Conversation */

/** @param {Conversation} one @param {Conversation} other @returns {boolean} whether the list shows it before the other, or may: pinned ones first, then those that changed last */
export function isBefore(one, other) {
  const [pinned, otherPinned] = [one.pinned ?? false, other.pinned ?? false];
  return pinned === otherPinned ? one.updated_at >= other.updated_at : pinned;
}
