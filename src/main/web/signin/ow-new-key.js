import { html } from 'lit';
import { copyText } from '../app/clipboard.js';
import { Element } from '../app/element.js';
import { icon } from '../app/icons.js';

/** Shows a new key, the only time that it can be seen. Fires {@code kept} once its owner has it. */
class OwNewKey extends Element {
  static properties = { ...Element.properties, key: { attribute: false }, copied: { state: true } };

  constructor() {
    super();
    this.key = '';
    this.copied = false;
  }

  firstUpdated() {
    /** @type {HTMLElement|null} */ (this.querySelector('[data-act=copy-key]'))?.focus();
  }

  render() {
    return html`<h1>${this.t('key.title')}</h1><p>${this.t('key.help')}</p>
      <div class="command key"><code>${this.key}</code><button class="icon" data-act="copy-key" aria-label=${this.t('key.copy')} @click=${this.#copy}>${icon(this.copied ? 'check' : 'copy', 16)}</button></div>
      <button class="btn go wide" @click=${() => this.dispatchEvent(new Event('kept'))}>${this.t('key.kept')}</button>
      <span class="unseen" role="status">${this.copied ? this.t('chat.copied') : ''}</span>`;
  }

  async #copy() {
    await copyText(this.key);
    this.copied = true;
  }
}

customElements.define('ow-new-key', OwNewKey);
