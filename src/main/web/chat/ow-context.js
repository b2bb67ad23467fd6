import { html, nothing } from 'lit';
import { Dialog } from '../app/dialog.js';

/** What a model was given for one of its answers. */
class OwContext extends Dialog {
  static properties = { ...Dialog.properties, messageId: { attribute: false }, given: { state: true }, failed: { state: true } };

  constructor() {
    super();
    this.messageId = 0;
    /** @type {import('../api/types.js').AnswerContext|null} */
    this.given = null;
    /** @type {unknown} */
    this.failed = null;
  }

  connectedCallback() {
    super.connectedCallback();
    this.app.messages.context(this.messageId).then(given => this.given = given, error => this.failed = error);
  }

  render() {
    return this.sheet(this.t('context.title'), html`<div class="sheet-body" tabindex="0" aria-busy=${!this.given && !this.failed}>
      ${this.failed ? html`<p class="note bad" role="alert">${this.app.notices.explain(this.failed)}</p>` : nothing}
      ${this.given ? this.#facts(this.given) : nothing}</div>`);
  }

  /** @param {import('../api/types.js').AnswerContext} given */
  #facts(given) {
    const number = (/** @type {number} */ figure) => this.app.words.number(figure);
    const { options: set = {}, ...asked } = given.options;
    const options = Object.entries({ ...set, ...asked });
    return html`${given.prompt_cut ? html`<p class="note bad">${this.t('context.cut')}</p>` : nothing}
      <dl class="shortcuts">
        ${this.#fact('context.model', given.digest ? `${given.model_name} · ${given.digest.replace(/^sha256:/, '').slice(0, 12)}` : given.model_name)}
        ${given.prompt_tokens === null ? nothing : this.#fact('context.read', given.context_length === null
          ? this.t('chat.tokens', { count: given.prompt_tokens, text: number(given.prompt_tokens) })
          : this.t('context.readOf', { read: number(given.prompt_tokens), room: number(given.context_length) }))}
        ${this.#fact('context.messages', number(given.messages_sent))}
        ${given.left_out.map(({ reason, messages }) => this.#fact(`context.left.${reason}`, number(messages)))}
        ${options.map(([name, value]) => html`<div><dt>${name}</dt><dd class="figures">${typeof value === 'string' ? value : JSON.stringify(value)}</dd></div>`)}
      </dl>
      ${given.system_prompt ? html`<div class="field"><span class="label">${this.t('instructions.title')}</span><div class="as-written">${given.system_prompt}</div></div>` : nothing}`;
  }

  /** @param {string} key @param {string} value */
  #fact(key, value) {
    return html`<div><dt>${this.t(key)}</dt><dd class="figures">${value}</dd></div>`;
  }

  closed() {
    this.remove();
  }
}

customElements.define('ow-context', OwContext);

/** @param {import('../app/services.js').Services} app @param {number} messageId of an answer */
export function showContext(app, messageId) {
  const dialog = /** @type {OwContext} */ (document.createElement('ow-context'));
  dialog.app = app;
  dialog.messageId = messageId;
  document.querySelector('ow-app')?.append(dialog);
}
