/**
 * How the answers of a conversation are to be made, where that differs from what the model does by itself. Kept for this
 * tab, through reloads, until somebody signs out.
 *
 * @typedef {object} RequestOptions
 * @property {boolean|'low'|'medium'|'high'} [think]
 * @property {number} [temperature]
 * @property {number} [num_ctx]      how many tokens the model reads
 * @property {number} [num_predict]  how many tokens it may say
 * @property {number} [top_p]
 * @property {number} [seed]
 * @property {boolean} [json]        whether the answer is to be JSON
 */

const PREFIX = 'draft:options:';

/** @param {number|null} conversationId @returns {RequestOptions} */
export function optionsOf(conversationId) {
  try {
    return JSON.parse(sessionStorage.getItem(PREFIX + (conversationId ?? 'new')) ?? '{}');
  } catch {
    return {};
  }
}

/** @param {number|null} conversationId @param {RequestOptions} options */
export function keepOptions(conversationId, options) {
  const key = PREFIX + (conversationId ?? 'new');
  if (Object.keys(options).length === 0) {
    sessionStorage.removeItem(key);
  } else {
    sessionStorage.setItem(key, JSON.stringify(options));
  }
}

/** The conversation that was just begun goes on as it began. @param {number} conversationId */
export function adoptOptions(conversationId) {
  keepOptions(conversationId, optionsOf(null));
  keepOptions(null, {});
}

/** @param {number|null} conversationId @returns {Record<string, unknown>} the fields of a question that say it */
export function requestFields(conversationId) {
  const { think, temperature, json, ...options } = optionsOf(conversationId);
  return {
    ...(think === undefined ? {} : { think }),
    ...(temperature === undefined ? {} : { temperature }),
    ...(json ? { format: 'json' } : {}),
    ...(Object.keys(options).length === 0 ? {} : { options }),
  };
}
