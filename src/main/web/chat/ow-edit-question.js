import { html, nothing } from 'lit';
import { Element } from '../app/element.js';

const MAX = 100_000;

/** A question written anew: what is sent becomes another version of it. Fires {@code closed}, with whether it was sent. */
class OwEditQuestion extends Element {
  static properties = { ...Element.properties, message: { attribute: false }, conversation: { attribute: false }, text: { state: true } };

  constructor() {
    super();
    /** @type {import('../api/types.js').Message} */
    this.message = /** @type {any} */ (undefined);
    /** @type {import('../api/types.js').Conversation|null} */
    this.conversation = null;
    this.text = '';
  }

  connectedCallback() {
    super.connectedCallback();
    this.text = this.message.content;
  }

  firstUpdated() {
    const field = /** @type {HTMLTextAreaElement} */ (this.querySelector('textarea'));
    field.focus();
    field.setSelectionRange(this.text.length, this.text.length);
  }

  render() {
    const empty = this.text.trim() === '';
    return html`<form class="box editing" @submit=${this.#submit} @keydown=${this.#press}>
      <textarea rows="2" maxlength=${MAX} aria-label=${this.t('chat.editLabel')} .value=${this.text} @input=${this.#write}></textarea>
      ${this.message.files?.length ? html`<p class="quiet">${this.t('chat.editKeepsFiles')}</p>` : nothing}
      <div class="editing-foot"><button type="button" class="btn plain" @click=${() => this.#close(false)}>${this.t('app.cancel')}</button>
        <button class="btn go" ?disabled=${empty}>${this.t('composer.send')}</button></div></form>`;
  }

  /** @param {Event} event */
  #write(event) {
    this.text = /** @type {HTMLTextAreaElement} */ (event.target).value;
  }

  /** @param {KeyboardEvent} event */
  #press(event) {
    if (event.key === 'Escape') {
      event.preventDefault();
      event.stopPropagation();
      this.#close(false);
    } else if (event.key === 'Enter' && !event.shiftKey && !event.isComposing && event.target instanceof HTMLTextAreaElement && !matchMedia('(pointer: coarse) and (hover: none)').matches) {
      event.preventDefault();
      this.#send();
    }
  }

  /** @param {Event} event */
  #submit(event) {
    event.preventDefault();
    this.#send();
  }

  #send() {
    const text = this.text.trim();
    if (text === '' || !this.conversation) {
      return;
    }
    this.#close(text !== this.message.content);
    if (text !== this.message.content) {
      this.app.answers.ask(this.conversation.id, text, { parentId: this.message.parent_id ?? null, files: this.message.files });
    }
  }

  /** @param {boolean} sent */
  #close(sent) {
    this.dispatchEvent(new CustomEvent('closed', { detail: sent }));
  }
}

customElements.define('ow-edit-question', OwEditQuestion);
