import { html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { copyText } from '../app/clipboard.js';
import { Element } from '../app/element.js';
import { icon } from '../app/icons.js';
import { menu } from '../app/menu.js';
import { confirm } from '../app/ow-confirm.js';
import { Paged } from '../app/paged.js';

/** @typedef {import('../api/types.js').User} User */

const TYPING_MS = 250;

/** All accounts of the server, and what an admin does with them. */
class OwAccounts extends Element {
  static properties = { ...Element.properties, link: { state: true }, copied: { state: true } };

  /** @type {ReturnType<typeof setTimeout>|undefined} */
  #typing;

  constructor() {
    super();
    /** The address that was made just now, which the server does not know a second time. @type {{ name: string, address: string }|null} */
    this.link = null;
    this.copied = false;
    /** @type {Paged<User>} */
    this.accounts = /** @type {any} */ (undefined);
  }

  connectedCallback() {
    super.connectedCallback();
    this.accounts = new Paged(this.app.api, '/api/v1/users/', () => this.requestUpdate());
    this.accounts.load();
  }

  render() {
    const { accounts } = this;
    return html`<label class="field"><span class="label">${this.t('admin.find')}</span>
        <input class="input" type="search" autocomplete="off" maxlength="254" @input=${this.#find}></label>
      ${this.#made()}
      ${accounts.error ? html`<div class="note bad" role="alert"><span>${this.app.notices.explain(accounts.error)}</span>
          <button class="btn" @click=${() => accounts.load()}>${this.t('app.tryAgain')}</button></div>` : nothing}
      ${accounts.items === null ? html`<div class="room-waiting" aria-busy="true"><div class="ghost"></div></div>`
        : html`<ul role="list" class="things">${repeat(accounts.items, user => user.id, user => this.#row(user))}</ul>`}
      ${accounts.hasMore ? html`<button class="btn wide" @click=${() => accounts.loadMore()}>${this.t('admin.more')}</button>` : nothing}`;
  }

  #made() {
    return this.link === null ? nothing : html`<div class="fresh-key"><p role="status">${this.t('admin.linkOnce', { name: this.link.name })}</p>
      <div class="command key"><code>${this.link.address}</code><button class="icon" data-act="copy-link" aria-label=${this.t('sharing.copy')} title=${this.t('sharing.copy')} @click=${this.#copy}>${icon(this.copied ? 'check' : 'copy', 16)}</button></div>
      <span class="unseen" role="status">${this.copied ? this.t('chat.copied') : ''}</span></div>`;
  }

  /** @param {User} user */
  #row(user) {
    const name = this.#name(user);
    const id = `account-menu-${user.id}`;
    return html`<li class="thing" data-id=${user.id}><span class="thing-text"><b>${name}
        ${user.is_admin ? html` <span class="tag">${this.t('admin.isAdmin')}</span>` : nothing}
        ${user.disabled ? html` <span class="tag">${this.t('admin.isDisabled')}</span>` : nothing}</b>
      <span>${user.email ?? this.t('admin.noEmail')} · ${this.t('admin.since', { day: this.app.words.day(user.created_at) })}</span></span>
      <button class="icon" popovertarget=${id} aria-haspopup="menu" aria-expanded="false" aria-label=${this.t('admin.actions', { name })}>${icon('more')}</button>
      ${menu(id, this.t('admin.actions', { name }), [
        { icon: 'people', label: this.t(user.is_admin ? 'admin.demote' : 'admin.promote'), run: () => this.#change(user, { is_admin: !user.is_admin }) },
        { icon: 'stop', label: this.t(user.disabled ? 'admin.enable' : 'admin.disable'), run: () => this.#disable(user) },
        { icon: 'key', label: this.t('admin.resetLink'), run: () => this.#makeLink(user) },
        { icon: 'trash', label: this.t('app.delete'), run: () => this.#remove(user), danger: true, line: true },
      ])}</li>`;
  }

  /** @param {User} user */
  #name(user) {
    return user.display_name || user.email || this.t('usage.accountName', { id: user.id });
  }

  /** @param {Event} event */
  #find(event) {
    const query = /** @type {HTMLInputElement} */ (event.target).value.trim();
    clearTimeout(this.#typing);
    this.#typing = setTimeout(() => this.accounts.load(query === '' ? {} : { query }), TYPING_MS);
  }

  /** @param {User} user @param {Record<string, boolean>} change */
  async #change(user, change) {
    try {
      this.accounts.put((await this.app.api.patch(`/api/v1/users/${user.id}`, change)).data);
      this.#tell();
    } catch (error) {
      this.app.notices.failed(error);
    }
  }

  /** @param {User} user */
  async #disable(user) {
    const name = this.#name(user);
    const agreed = user.disabled
      || await confirm(this.app, { title: this.t('admin.disableTitle', { name }), text: this.t('admin.disableText'), action: this.t('admin.disable') });
    if (agreed) {
      await this.#change(user, { disabled: !user.disabled });
    }
  }

  /** @param {User} user */
  async #makeLink(user) {
    try {
      const { data } = await this.app.api.post(`/api/v1/users/${user.id}/password-reset`);
      this.link = { name: this.#name(user), address: location.origin + data.url };
      this.copied = false;
      this.#tell();
      await this.updateComplete;
      /** @type {HTMLElement|null} */ (this.querySelector('[data-act=copy-link]'))?.focus();
    } catch (error) {
      this.app.notices.failed(error);
    }
  }

  async #copy() {
    this.copied = await copyText(this.link?.address ?? '');
  }

  /** @param {User} user */
  async #remove(user) {
    const name = this.#name(user);
    if (!await confirm(this.app, { title: this.t('admin.deleteTitle', { name }), text: this.t('admin.deleteText'), action: this.t('app.delete') })) {
      return;
    }
    try {
      await this.app.api.delete(`/api/v1/users/${user.id}`);
      await this.accounts.load();
      this.app.notices.show(this.t('admin.deleted', { name }));
      this.#tell();
    } catch (error) {
      this.app.notices.failed(error);
    }
  }

  /** The audit log has something new. */
  #tell() {
    this.dispatchEvent(new CustomEvent('changed', { bubbles: true }));
  }
}

customElements.define('ow-accounts', OwAccounts);
