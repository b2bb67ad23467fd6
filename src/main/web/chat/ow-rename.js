import { html, nothing } from 'lit';
import { Dialog } from '../app/dialog.js';

/** Gives a conversation another title. */
class OwRename extends Dialog {
  static properties = { ...Dialog.properties, conversation: { attribute: false }, wrong: { state: true } };

  kind = 'small';

  constructor() {
    super();
    /** @type {import('../api/types.js').Conversation} */
    this.conversation = /** @type {any} */ (undefined);
    this.wrong = '';
  }

  render() {
    return this.sheet(this.t('chat.rename'), html`<form @submit=${this.#save}>
      <div class="sheet-body"><label class="field"><span class="label">${this.t('chat.title')}</span>
        <input class="input" name="title" maxlength="200" required autofocus .value=${this.conversation.title} aria-invalid=${this.wrong ? 'true' : nothing}>
        ${this.wrong ? html`<span class="wrong" role="alert">${this.wrong}</span>` : nothing}</label></div>
      <div class="sheet-foot"><button type="button" class="btn" @click=${this.close}>${this.t('app.cancel')}</button>
        <button class="btn go">${this.t('app.save')}</button></div></form>`);
  }

  firstUpdated() {
    super.firstUpdated();
    this.querySelector('input')?.select();
  }

  /** @param {SubmitEvent} event */
  async #save(event) {
    event.preventDefault();
    const title = String(new FormData(/** @type {HTMLFormElement} */ (event.target)).get('title')).trim();
    try {
      await this.app.chats.update(this.conversation.id, { title });
      this.close();
    } catch (error) {
      this.wrong = this.app.notices.explain(error, 'title');
    }
  }

  closed() {
    this.remove();
  }
}

customElements.define('ow-rename', OwRename);
