/** @param {import('../api/types.js').Message|undefined} message @returns {boolean} whether the server may know what the model was given for it */
export function hasContext(message) {
  return message?.role === 'assistant' && message.status !== 'streaming' && (message.prompt_tokens ?? null) !== null;
}
