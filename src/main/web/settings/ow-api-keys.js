import { html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { copyText } from '../app/clipboard.js';
import { Form } from '../app/form.js';
import { icon } from '../app/icons.js';
import { confirm } from '../app/ow-confirm.js';

/** @typedef {import('../api/types.js').ApiKey} ApiKey */

/** What a key may be used for; all but the last where nobody says otherwise. */
const SCOPES = ['read', 'chat', 'write', 'admin'];
const FIELDS = ['name', 'scopes', 'expires_at', 'requests_per_minute', 'tokens_per_day'];

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
        <label class="check-line whole"><input type="checkbox" name="store"><span>${this.t('settings.keyStore')}</span></label>
        ${this.#limits()}</form>`;
  }

  /** What the key to be made may not do, where the server knows of that. */
  #limits() {
    if (this.keys?.some(key => key.scopes === undefined)) {
      return nothing;
    }
    const wrong = this.errors.scopes;
    const scopes = SCOPES.filter(scope => scope !== 'admin' || this.state.session.user?.is_admin);
    return html`<details class="key-limits whole" ?open=${FIELDS.slice(1).some(name => this.errors[name])}><summary>${this.t('settings.keyLimits')}</summary>
      <fieldset aria-describedby=${wrong ? 'key-scopes-wrong' : nothing}><legend>${this.t('settings.keyMay')}</legend>
        ${scopes.map(scope => html`<label class="check-line"><input type="checkbox" name="scope-${scope}" .defaultChecked=${scope !== 'admin'}><span>${this.t(`settings.keyScope.${scope}`)}</span></label>`)}
        ${wrong ? html`<span class="wrong" id="key-scopes-wrong" role="alert">${this.t('settings.keyNoScope')}</span>` : nothing}</fieldset>
      ${this.field('expires_at', this.t('settings.keyExpires'), { type: 'date', help: this.t('settings.keyExpiresHelp') })}
      ${this.field('requests_per_minute', this.t('settings.keyRequests'), { type: 'number', help: this.t('settings.keyLimitHelp') })}
      ${this.field('tokens_per_day', this.t('settings.keyTokens'), { type: 'number', help: this.t('settings.keyLimitHelp') })}</details>`;
  }

  #list() {
    if (this.failed) {
      return html`<div class="note bad"><span>${this.app.notices.explain(this.failed)}</span><button class="btn" @click=${this.#load}>${this.t('app.tryAgain')}</button></div>`;
    }
    if (this.keys === null) {
      return html`<div class="room-waiting" aria-busy="true"><div class="ghost"></div></div>`;
    }
    return this.keys.length === 0 ? nothing : html`<ul role="list" class="things">${repeat(this.keys, key => key.id, key => html`<li class="thing">
      <span class="thing-text"><b>${key.name}</b><span class="figures">${this.#facts(key).join(' · ')}</span></span>
      <button class="icon" aria-label=${this.t('settings.revoke', { name: key.name })} @click=${() => this.#revoke(key)}>${icon('trash')}</button></li>`)}</ul>`;
  }

  /** @param {ApiKey} key @returns {unknown[]} what tells it from others: first what it may do, then what was done with it */
  #facts({ hint, store, scopes, expires_at: end, requests_per_minute: requests, tokens_per_day: tokens, last_used_at: used, last_used_ip: from }) {
    const { words } = this.app;
    const { is_admin: isAdmin } = this.state.session.user ?? {};
    const isUsual = !scopes || (scopes.length === SCOPES.length ? !isAdmin : scopes.length === SCOPES.length - 1 && !scopes.includes('admin'));
    const may = scopes?.length === SCOPES.length ? this.t('settings.keyMayAll')
      : this.t('settings.keyMayOnly', { what: SCOPES.filter(scope => scopes?.includes(scope)).map(scope => this.t(`settings.keyScope.${scope}`)).join(', ') });
    return [
      hint,
      isUsual ? null : may,
      store ? this.t('settings.keyStores') : null,
      requests ? this.t('settings.keyRequestsOf', { count: words.number(requests) }) : null,
      tokens ? this.t('settings.keyTokensOf', { count: words.number(tokens) }) : null,
      end ? this.t('settings.keyUntil', { when: words.day(end) }) : null,
      used ? this.t('settings.keyUsed', { when: words.moment(used) }) + (from ? ` (${from})` : '') : this.t('settings.keyUnused'),
    ].filter(Boolean);
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
    const given = this.given(event);
    const form = /** @type {HTMLFormElement} */ (event.target);
    await this.attempt(async () => {
      const { data } = await this.app.api.post('/api/v1/users/me/api-keys', { name: given.name, store: given.store === 'on', ...termsOf(form, given) });
      this.fresh = data.api_key;
      form.reset();
      await this.#load();
    }, FIELDS);
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

/** @param {HTMLFormElement} form @param {Record<string, string>} given @returns {object} what the key is limited to; empty if the form does not ask */
function termsOf(form, given) {
  const number = (/** @type {string} */ text) => text === '' ? null : Number(text);
  return form.querySelector('.key-limits') === null ? {} : {
    scopes: SCOPES.filter(scope => given[`scope-${scope}`] === 'on'),
    expires_at: given.expires_at ? new Date(`${given.expires_at}T23:59:59`).toISOString() : null,
    requests_per_minute: number(given.requests_per_minute),
    tokens_per_day: number(given.tokens_per_day),
  };
}

customElements.define('ow-api-keys', OwApiKeys);
