import { html, nothing } from 'lit';
import { live } from 'lit/directives/live.js';
import { repeat } from 'lit/directives/repeat.js';
import { ApiError } from '../api/error.js';
import { Dialog } from '../app/dialog.js';
import { icon } from '../app/icons.js';
import { leave } from '../chat/actions.js';

/** @typedef {import('../api/types.js').Member} Member */

const ROLES = /** @type {const} */ (['reader', 'writer']);

/** Who sees a conversation. Its owner invites by e-mail, and decides who writes. */
class OwMembers extends Dialog {
  static properties = { ...Dialog.properties, conversation: { attribute: false }, failed: { state: true }, wrong: { state: true }, busy: { state: true } };

  constructor() {
    super();
    /** @type {import('../api/types.js').Conversation} */
    this.conversation = /** @type {any} */ (undefined);
    /** @type {unknown} */
    this.failed = null;
    this.wrong = '';
    this.busy = false;
  }

  watched() {
    return [this.state.people];
  }

  connectedCallback() {
    super.connectedCallback();
    this.#load();
  }

  get #isOwn() {
    return (this.conversation.role ?? 'owner') === 'owner';
  }

  render() {
    return this.sheet(this.t('members.title'), html`<div class="sheet-body"><p>${this.t(this.#isOwn ? 'members.help' : 'members.helpMember')}</p>
      ${this.#isOwn ? this.#invitation() : nothing}${this.#list()}</div>`);
  }

  #invitation() {
    return html`<form class="invite" @submit=${this.#invite} novalidate>
      <label class="field"><span class="label">${this.t('members.email')}</span><input class="input" type="email" name="email" autocomplete="off" spellcheck="false" autofocus
        aria-invalid=${this.wrong ? 'true' : nothing} aria-describedby=${this.wrong ? 'invite-wrong' : nothing}></label>
      <label class="field"><span class="label">${this.t('members.role')}</span><select class="input" name="role">
        ${ROLES.map(role => html`<option value=${role}>${this.t(`members.role.${role}`)}</option>`)}</select></label>
      ${this.wrong ? html`<div class="note bad" id="invite-wrong" role="alert">${this.wrong}</div>` : nothing}
      <button class="btn go wide" ?disabled=${this.busy}>${icon('people', 16)}${this.t('members.invite')}</button></form>`;
  }

  #list() {
    const people = this.app.people.of(this.conversation.id);
    if (this.failed) {
      return html`<div class="note bad" role="alert"><span>${this.app.notices.explain(this.failed)}</span><button class="btn" @click=${this.#load}>${this.t('app.tryAgain')}</button></div>`;
    }
    if (people.length === 0) {
      return html`<div class="room-waiting" aria-busy="true"><div class="ghost"></div></div>`;
    }
    return html`<ul role="list" class="things" aria-label=${this.t('members.title')}>${repeat(people, each => each.user_id, each => this.#member(each))}</ul>`;
  }

  /** @param {Member} member */
  #member(member) {
    const { user_id: userId, role } = member;
    const isMe = userId === this.state.session.user?.id;
    const name = this.app.people.name(member);
    const since = this.app.words.day(member.joined_at);
    return html`<li class="thing"><span class="thing-text"><b>${name}${isMe ? html` <span class="tag">${this.t('members.you')}</span>` : nothing}</b>
        <span>${role === 'owner' ? this.t('members.role.owner') : `${this.t(`members.role.${role}`)} · ${this.t('members.since', { when: since })}`}</span></span>
      ${role !== 'owner' && this.#isOwn ? html`
        <select class="input small" aria-label=${this.t('members.roleOf', { name })} .value=${live(role)} @change=${(/** @type {Event} */ event) => this.#change(member, event)}>
          ${ROLES.map(each => html`<option value=${each} ?selected=${each === role}>${this.t(`members.role.${each}`)}</option>`)}</select>
        <button class="icon" aria-label=${this.t('members.remove', { name })} title=${this.t('members.remove', { name })} @click=${() => this.#attempt(() => this.app.people.remove(this.conversation.id, userId))}>${icon('close')}</button>` : nothing}
      ${isMe && role !== 'owner' ? html`<button class="btn danger" @click=${this.#leave}>${this.t('members.leave')}</button>` : nothing}</li>`;
  }

  #load = async () => {
    try {
      await this.app.people.load(this.conversation.id);
      this.failed = null;
    } catch (error) {
      this.failed = error;
    }
  };

  /** @param {SubmitEvent} event */
  async #invite(event) {
    event.preventDefault();
    const form = /** @type {HTMLFormElement} */ (event.target);
    const given = new FormData(form);
    this.busy = true;
    this.wrong = '';
    try {
      await this.app.people.invite(this.conversation.id, String(given.get('email')).trim(), String(given.get('role')));
      this.app.notices.show(this.t('members.invited'));
      form.reset();
    } catch (error) {
      this.wrong = error instanceof ApiError && error.status === 404 ? this.t('members.nobody')
        : error instanceof ApiError && error.status === 409 ? this.t('members.already') : this.app.notices.explain(error);
    } finally {
      this.busy = false;
      /** @type {HTMLElement|null} */ (this.querySelector('[name=email]'))?.focus();
    }
  }

  /** @param {Member} member @param {Event} event */
  #change({ user_id: userId }, event) {
    const { value } = /** @type {HTMLSelectElement} */ (event.target);
    this.#attempt(() => this.app.people.change(this.conversation.id, userId, value));
  }

  /** @param {() => Promise<unknown>} work */
  async #attempt(work) {
    try {
      await work();
    } catch (error) {
      this.app.notices.failed(error);
    }
    this.requestUpdate();
  }

  #leave() {
    this.close();
    leave(this.app, this.conversation);
  }

  closed() {
    this.remove();
  }
}

customElements.define('ow-members', OwMembers);
