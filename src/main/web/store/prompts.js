/** @typedef {import('../api/types.js').PromptTemplate} PromptTemplate */

/** What models can be told before a conversation. */
export class Prompts {
  /** @type {Promise<PromptTemplate[]>|null} */
  #templates = null;

  /** @param {import('../api/client.js').ApiClient} api */
  constructor(api) {
    this.api = api;
  }

  /** @returns {Promise<PromptTemplate[]>} asked for once */
  templates() {
    if (this.#templates === null) {
      this.#templates = /** @type {Promise<PromptTemplate[]>} */ (this.api.get('/api/prompts/templates').then(answer => answer.templates));
      this.#templates.catch(() => this.#templates = null);
    }
    return this.#templates;
  }
}
