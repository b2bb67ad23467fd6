import { html, nothing } from 'lit';
import { Dialog } from '../app/dialog.js';

/** The words that a conversation is filed under. */
class OwTags extends Dialog {
  static properties = { ...Dialog.properties, conversation: { attribute: false }, wrong: { state: true } };

  kind = 'small';

  constructor() {
    super();
    /** @type {import('../api/types.js').Conversation} */
    this.conversation = /** @type {any} */ (undefined);
    this.wrong = '';
  }

  render() {
    return this.sheet(this.t('tags.title'), html`<form @submit=${this.#save}>
      <div class="sheet-body"><label class="field"><span class="label">${this.t('tags.label')}</span>
        <input class="input" name="tags" autofocus autocomplete="off" .value=${(this.conversation.tags ?? []).join(', ')} aria-invalid=${this.wrong ? 'true' : nothing}>
        ${this.wrong ? html`<span class="wrong" role="alert">${this.wrong}</span>` : html`<span class="help">${this.t('tags.help')}</span>`}</label></div>
      <div class="sheet-foot"><button type="button" class="btn" @click=${this.close}>${this.t('app.cancel')}</button>
        <button class="btn go">${this.t('app.save')}</button></div></form>`);
  }

  /** @param {SubmitEvent} event */
  async #save(event) {
    event.preventDefault();
    const words = String(new FormData(/** @type {HTMLFormElement} */ (event.target)).get('tags')).split(',').map(tag => tag.trim());
    try {
      await this.app.chats.update(this.conversation.id, { tags: [...new Set(words.filter(Boolean))] });
      this.close();
    } catch (error) {
      this.wrong = this.app.notices.explain(error, 'tags');
    }
  }

  closed() {
    this.remove();
  }
}

customElements.define('ow-tags', OwTags);
