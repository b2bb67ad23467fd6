import { html, nothing } from 'lit';
import { Element } from '../app/element.js';
import { icon } from '../app/icons.js';

/** The files that go with the next question. */
class OwAttachments extends Element {
  static properties = { ...Element.properties, chat: { attribute: false }, model: { attribute: false }, blind: { state: true } };

  constructor() {
    super();
    this.chat = 0;
    /** The one that is asked next. */
    this.model = '';
    /** A model that is known not to see images. */
    this.blind = '';
  }

  watched() {
    return [this.state.attachments];
  }

  willUpdate() {
    const { model } = this;
    if (model !== '' && model !== this.blind && this.app.files.of(this.chat).some(each => each.isImage)) {
      this.app.models.info(model).then(info => this.blind = info.capabilities && !info.capabilities.includes('vision') ? model : '', () => {});
    }
  }

  render() {
    const attachments = this.app.files.of(this.chat);
    const unseen = this.blind !== '' && this.blind === this.model && attachments.some(each => each.isImage);
    return attachments.length === 0 ? nothing : html`${unseen ? html`<p class="unseen-images" role="status">${icon('warn', 16)}${this.t('files.noVision', { model: this.model })}</p>` : nothing}<ul role="list" class="attachments" aria-label=${this.t('files.label')}>${attachments.map(each => html`
      <li class="attachment ${each.status}" aria-busy=${each.status === 'loading'}>
        ${each.preview ? html`<img src=${each.preview} alt="">` : html`<span class="attachment-icon">${icon(each.status === 'failed' ? 'warn' : 'file', 18)}</span>`}
        <span class="attachment-text"><b class="cut">${each.name}</b><span class="cut" role=${each.status === 'failed' ? 'alert' : nothing}>${each.status === 'failed' ? each.error : each.status === 'loading' ? this.t('files.loading') : this.app.words.size(each.size)}</span></span>
        <button type="button" class="icon" aria-label=${this.t('files.remove', { name: each.name })} @click=${() => this.#remove(each.key)}>${icon('close', 14)}</button></li>`)}</ul>`;
  }

  /** @param {number} key */
  #remove(key) {
    this.app.files.discard(this.chat, key);
    /** @type {HTMLElement|null} */ (document.querySelector('#question'))?.focus();
  }
}

customElements.define('ow-attachments', OwAttachments);
