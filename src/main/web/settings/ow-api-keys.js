import { html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { copyText } from '../app/clipboard.js';
import { Form } from '../app/form.js';
import { icon } from '../app/icons.js';
import { confirm } from '../app/ow-confirm.js';

/** @typedef {import('../api/types.js').ApiKey} ApiKey */

/** Keys for one's programs and devices. */
class OwApiKeys extends Form {
  static properties = { ...Form.properties, keys: { state: true }, fresh: { state: true }, failed: { state: true } };

  constructor() {
    super();
    /** @type {ApiKey[]|null} */
    this.keys = null;
    this.fresh = '';
    /** @type {unknown} */
    this.failed = null;
  }

  connectedCallback() {
    super.connectedCallback();
    this.#load();
  }

  render() {
    return html`${this.fresh ? html`<div class="fresh-key" role="status"><p>${this.t('settings.keyOnce')}</p>
        <div class="command key"><code>${this.fresh}</code><button class="icon" aria-label=${this.t('key.copy')} @click=${this.#copy}>${icon('copy', 16)}</button></div></div>` : nothing}
      ${this.#list()}
      <form class="section-form inline" @submit=${this.#make} novalidate>${this.trouble()}
        ${this.field('name', this.t('settings.keyName'), { maxlength: 100, placeholder: this.t('settings.keyExample') })}
        <button class="btn" ?disabled=${this.busy}>${icon('plus', 16)}${this.t('settings.makeKey')}</button>
        <label class="check-line whole"><input type="checkbox" name="store"><span>${this.t('settings.keyStore')}</span></label></form>`;
  }

  #list() {
    if (this.failed) {
      return html`<div class="note bad"><span>${this.app.notices.explain(this.failed)}</span><button class="btn" @click=${this.#load}>${this.t('app.tryAgain')}</button></div>`;
    }
    if (this.keys === null) {
      return html`<div class="room-waiting" aria-busy="true"><div class="ghost"></div></div>`;
    }
    return this.keys.length === 0 ? nothing : html`<ul role="list" class="things">${repeat(this.keys, key => key.id, key => html`<li class="thing">
      <span class="thing-text"><b>${key.name}</b><span class="figures">${key.hint} · ${key.store ? `${this.t('settings.keyStores')} · ` : ''}${key.last_used_at ? this.t('settings.keyUsed', { when: this.app.words.moment(key.last_used_at) }) : this.t('settings.keyUnused')}</span></span>
      <button class="icon" aria-label=${this.t('settings.revoke', { name: key.name })} @click=${() => this.#revoke(key)}>${icon('trash')}</button></li>`)}</ul>`;
  }

  #load = async () => {
    try {
      const { data } = await this.app.api.get('/api/v1/users/me/api-keys', { query: { page_size: 100 } });
      this.keys = data.items;
      this.failed = null;
    } catch (error) {
      this.failed = error;
    }
  };

  /** @param {Event} event */
  async #make(event) {
    const { name, store } = this.given(event);
    const form = /** @type {HTMLFormElement} */ (event.target);
    await this.attempt(async () => {
      const { data } = await this.app.api.post('/api/v1/users/me/api-keys', { name, store: store === 'on' });
      this.fresh = data.api_key;
      form.reset();
      await this.#load();
    }, ['name']);
  }

  /** @param {ApiKey} key */
  async #revoke(key) {
    const agreed = await confirm(this.app, {
      title: this.t('settings.revokeTitle'), text: this.t('settings.revokeText', { name: key.name }), action: this.t('settings.revokeIt') });
    if (agreed) {
      try {
        await this.app.api.delete(`/api/v1/users/me/api-keys/${key.id}`);
        await this.#load();
      } catch (error) {
        this.app.notices.failed(error);
      }
    }
  }

  async #copy() {
    await copyText(this.fresh);
    this.app.notices.show(this.t('chat.copied'));
  }
}

customElements.define('ow-api-keys', OwApiKeys);
