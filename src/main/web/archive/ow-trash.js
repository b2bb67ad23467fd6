import { html, nothing } from 'lit';
import { icon } from '../app/icons.js';
import { confirm } from '../app/ow-confirm.js';
import { ConversationsRoom } from './conversations-room.js';

/** @typedef {import('../api/types.js').Conversation} Conversation */

/** What was thrown away and can still be had back. */
class OwTrash extends ConversationsRoom {
  connectedCallback() {
    super.connectedCallback();
    this.begin('/api/trash');
  }

  render() {
    const isEmpty = !this.conversations.items?.length;
    return this.frame(this.t('trash.title'), this.list('trash', this.t('trash.none'), this.t('trash.help')),
      isEmpty ? nothing : html`<button class="btn danger" @click=${this.#empty}>${this.t('trash.empty')}</button>`);
  }

  /** @param {Conversation} conversation */
  row(conversation) {
    const { id, title, trashed_at: at } = conversation;
    return html`<div class="thing-text"><b>${title}</b>${this.facts(conversation)}</div>
      ${at ? html`<time class="thing-day" datetime=${at}>${this.app.words.day(at)}</time>` : nothing}
      <button class="btn" aria-label=${this.t('trash.restoreOf', { title })} @click=${() => this.#restore(conversation)}>${icon('import', 16)}${this.t('trash.restore')}</button>
      <button class="icon" aria-label=${this.t('trash.deleteOf', { title })} title=${this.t('trash.delete')} @click=${() => this.#remove(conversation)}>${icon('trash')}</button>`;
  }

  /** @param {Conversation} conversation */
  #restore({ id, title }) {
    const open = { label: this.t('trash.open'), run: () => this.app.router.go(`/c/${id}`) };
    return this.attempt(() => this.app.shelf.restore(id), this.t('trash.restored', { title }), open);
  }

  /** @param {Conversation} conversation */
  async #remove({ id, title }) {
    const agreed = await confirm(this.app, { title: this.t('chat.deleteTitle'), text: this.t('chat.deleteText', { title }), action: this.t('trash.delete') });
    if (agreed) {
      await this.attempt(() => this.app.shelf.remove(id), this.t('chat.deleted', { title }));
    }
  }

  async #empty() {
    const agreed = await confirm(this.app, { title: this.t('trash.emptyTitle'), text: this.t('trash.emptyText'), action: this.t('trash.empty') });
    if (agreed) {
      await this.attempt(() => this.app.shelf.emptyTrash(), this.t('trash.emptied'));
    }
  }
}

customElements.define('ow-trash', OwTrash);
