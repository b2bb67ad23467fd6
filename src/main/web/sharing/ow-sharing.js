import { html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { copyText } from '../app/clipboard.js';
import { Dialog } from '../app/dialog.js';
import { icon } from '../app/icons.js';
import { confirm } from '../app/ow-confirm.js';

/** @typedef {import('../api/types.js').Share} Share */

const DAYS = [1, 7, 30];
const DAY_MS = 86_400_000;

/** Links to a conversation: its owner makes them, sees which there are, and deletes them. */
class OwSharing extends Dialog {
  static properties = {
    ...Dialog.properties, conversation: { attribute: false }, links: { state: true }, failed: { state: true },
    fresh: { state: true }, copied: { state: true }, wrong: { state: true }, busy: { state: true },
  };

  constructor() {
    super();
    /** @type {import('../api/types.js').Conversation} */
    this.conversation = /** @type {any} */ (undefined);
    /** @type {Share[]|null} null: not yet known */
    this.links = null;
    /** @type {unknown} */
    this.failed = null;
    /** The address that was made just now, which the server does not know a second time. */
    this.fresh = '';
    this.freshId = 0;
    this.copied = false;
    this.wrong = '';
    this.busy = false;
  }

  get #path() {
    return `/api/conversations/${this.conversation.id}/shares`;
  }

  connectedCallback() {
    super.connectedCallback();
    this.#load();
  }

  render() {
    return this.sheet(this.t('sharing.do'), html`<div class="sheet-body"><p>${this.t('sharing.help')}</p>
      <form @submit=${this.#make}>
        <fieldset class="choice"><legend>${this.t('sharing.shows')}</legend><div class="choices">
          <label><input type="radio" name="live" value="" checked><span>${this.t('sharing.snapshot')}</span></label>
          <label><input type="radio" name="live" value="true"><span>${this.t('sharing.live')}</span></label></div></fieldset>
        <label class="field"><span class="label">${this.t('sharing.ends')}</span><select class="input" name="days">
          <option value="">${this.t('sharing.never')}</option>${DAYS.map(days => html`<option value=${days}>${this.t('sharing.afterDays', { days })}</option>`)}</select></label>
        ${this.wrong ? html`<div class="note bad" role="alert">${this.wrong}</div>` : nothing}
        <button class="btn go wide make" data-act="make-link" ?disabled=${this.busy}>${icon('share', 16)}${this.t('sharing.make')}</button></form>
      ${this.#made()}${this.#list()}</div>`);
  }

  #made() {
    return this.fresh === '' ? nothing : html`<div class="fresh-key"><p role="status">${this.t('sharing.once')}</p>
      <div class="command key"><code>${this.fresh}</code><button class="icon" data-act="copy-link" aria-label=${this.t('sharing.copy')} title=${this.t('sharing.copy')} @click=${this.#copy}>${icon(this.copied ? 'check' : 'copy', 16)}</button></div>
      <span class="unseen" role="status">${this.copied ? this.t('chat.copied') : ''}</span></div>`;
  }

  #list() {
    if (this.failed) {
      return html`<div class="note bad" role="alert"><span>${this.app.notices.explain(this.failed)}</span><button class="btn" @click=${this.#load}>${this.t('app.tryAgain')}</button></div>`;
    }
    if (this.links === null) {
      return html`<div class="room-waiting" aria-busy="true"><div class="ghost"></div></div>`;
    }
    return this.links.length === 0 ? nothing : html`<h3>${this.t('sharing.links')}</h3>
      <ul role="list" class="things">${repeat(this.links, link => link.id, link => this.#link(link))}</ul>`;
  }

  /** @param {Share} link */
  #link(link) {
    const { words } = this.app;
    const name = this.t(link.live ? 'sharing.madeLive' : 'sharing.madeOf', { when: words.moment(link.created_at) });
    const end = link.expires_at;
    const ends = end === null ? this.t('sharing.endsNever') : this.t(Date.parse(end) > Date.now() ? 'sharing.endsAt' : 'sharing.ended', { when: words.moment(end) });
    return html`<li class="thing"><span class="thing-text"><b>${name}</b><span class="figures">${ends}</span></span>
      <button class="icon" aria-label=${this.t('sharing.remove', { name })} @click=${() => this.#remove(link)}>${icon('trash')}</button></li>`;
  }

  #load = async () => {
    try {
      const { shares } = await this.app.api.get(this.#path);
      this.links = shares.reverse();
      this.failed = null;
    } catch (error) {
      this.failed = error;
    }
  };

  /** @param {SubmitEvent} event */
  async #make(event) {
    event.preventDefault();
    const given = new FormData(/** @type {HTMLFormElement} */ (event.target));
    const days = Number(given.get('days'));
    this.busy = true;
    this.wrong = '';
    try {
      const { id, url } = await this.app.api.post(this.#path, {
        live: given.get('live') === 'true', expires_at: days === 0 ? null : new Date(Date.now() + days * DAY_MS).toISOString() });
      this.fresh = location.origin + url;
      this.freshId = id;
      this.copied = false;
      await this.#load();
      /** @type {HTMLElement|null} */ (this.querySelector('[data-act=copy-link]'))?.focus();
    } catch (error) {
      this.wrong = this.app.notices.explain(error);
    } finally {
      this.busy = false;
    }
  }

  async #copy() {
    this.copied = await copyText(this.fresh);
  }

  /** @param {Share} link */
  async #remove(link) {
    if (!await confirm(this.app, { title: this.t('sharing.removeTitle'), text: this.t('sharing.removeText'), action: this.t('app.delete') })) {
      return;
    }
    try {
      await this.app.api.delete(`${this.#path}/${link.id}`);
      this.fresh = link.id === this.freshId ? '' : this.fresh;
      await this.#load();
      this.app.notices.show(this.t('sharing.removed'));
      /** @type {HTMLElement|null} */ (this.querySelector('[data-act=make-link]'))?.focus();
    } catch (error) {
      this.app.notices.failed(error);
    }
  }

  closed() {
    this.remove();
  }
}

customElements.define('ow-sharing', OwSharing);
