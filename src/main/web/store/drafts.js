/** Questions that were begun and not sent: kept for this tab, through reloads, until somebody signs out. */
const PREFIX = 'draft:';

/** @param {number|null} conversationId @returns {string} */
export function draftOf(conversationId) {
  return sessionStorage.getItem(PREFIX + (conversationId ?? 'new')) ?? '';
}

/** @param {number|null} conversationId @param {string} text */
export function keepDraft(conversationId, text) {
  if (text === '') {
    sessionStorage.removeItem(PREFIX + (conversationId ?? 'new'));
  } else {
    sessionStorage.setItem(PREFIX + (conversationId ?? 'new'), text);
  }
}

export function forgetDrafts() {
  Object.keys(sessionStorage).filter(key => key.startsWith(PREFIX)).forEach(key => sessionStorage.removeItem(key));
}

/** @returns {string} what the model of the next new conversation is to be told */
export function instructionsOfNext() {
  return sessionStorage.getItem(PREFIX + 'instructions') ?? '';
}

/** @param {string} text */
export function keepInstructionsOfNext(text) {
  if (text === '') {
    sessionStorage.removeItem(PREFIX + 'instructions');
  } else {
    sessionStorage.setItem(PREFIX + 'instructions', text);
  }
}
