import { html, nothing } from 'lit';
import { Element } from '../app/element.js';
import { Paged } from '../app/paged.js';

/** @typedef {import('../api/types.js').AuditEntry} AuditEntry */

const ACTIONS = ['sign_in', 'sign_in_failed', 'account_created', 'account_disabled', 'account_enabled', 'account_deleted', 'admin_granted',
  'admin_revoked', 'tokens_per_day_changed', 'email_changed', 'password_changed', 'password_reset_created', 'password_reset_used',
  'key_created', 'key_revoked', 'conversation_deleted', 'backup_restored'];

/** What was done to accounts and what is in them, newest first: who, when, from where. */
class OwAudit extends Element {
  constructor() {
    super();
    /** @type {Paged<AuditEntry>} */
    this.entries = /** @type {any} */ (undefined);
  }

  connectedCallback() {
    super.connectedCallback();
    this.entries = new Paged(this.app.api, '/api/v1/admin/audit', () => this.requestUpdate());
    this.entries.load();
    this.closest('ow-admin')?.addEventListener('changed', () => void this.entries.load());
  }

  render() {
    const { entries } = this;
    return html`<label class="field"><span class="label">${this.t('audit.action')}</span>
        <select class="input" @change=${this.#choose}><option value="">${this.t('audit.all')}</option>
          ${ACTIONS.map(action => html`<option value=${action}>${this.t(`audit.${action}`)}</option>`)}</select></label>
      ${entries.error ? html`<div class="note bad" role="alert"><span>${this.app.notices.explain(entries.error)}</span>
          <button class="btn" @click=${() => entries.load()}>${this.t('app.tryAgain')}</button></div>` : nothing}
      ${entries.items === null ? html`<div class="room-waiting" aria-busy="true"><div class="ghost"></div></div>` : this.#table(entries.items)}
      ${entries.hasMore ? html`<button class="btn wide" @click=${() => entries.loadMore()}>${this.t('admin.more')}</button>` : nothing}`;
  }

  /** @param {AuditEntry[]} entries */
  #table(entries) {
    return html`<div class="usage-table audit" tabindex="0" role="region" aria-label=${this.t('audit.entries')}><table>
      <thead><tr>${['what', 'whom', 'who', 'where', 'when'].map(key => html`<th scope="col">${this.t(`audit.${key}`)}</th>`)}</tr></thead>
      <tbody>${entries.map(entry => html`<tr><th scope="row">${this.t(`audit.${entry.action}`)}${entry.times > 1 ? html` ×${this.app.words.number(entry.times)}` : nothing}
          ${entry.detail ? html`<span class="soft">${entry.detail}</span>` : nothing}</th>
        <td>${this.#account(entry.target_id, entry.target_email)}</td><td>${this.#account(entry.user_id, entry.user_email)}</td>
        <td>${entry.address}</td><td class="figures">${this.app.words.moment(entry.created_at)}</td></tr>`)}</tbody></table></div>`;
  }

  /** @param {number|null} id @param {string|null} email */
  #account(id, email) {
    return id === null ? '–' : email ?? this.t('usage.accountName', { id });
  }

  /** @param {Event} event */
  #choose(event) {
    const action = /** @type {HTMLSelectElement} */ (event.target).value;
    this.entries.load(action === '' ? {} : { action });
  }
}

customElements.define('ow-audit', OwAudit);
