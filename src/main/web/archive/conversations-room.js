import { html } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { icon } from '../app/icons.js';
import { Paged } from '../app/paged.js';
import { Room } from '../app/room.js';

/** @typedef {import('../api/types.js').Conversation} Conversation */

/** A screen with a list of conversations that are not in the sidebar. */
export class ConversationsRoom extends Room {
  /** @type {Paged<Conversation>} */
  conversations = /** @type {any} */ (undefined);

  /** @param {string} path that lists them @param {Record<string, unknown>} [filter] */
  begin(path, filter) {
    this.conversations ??= new Paged(this.app.api, path, () => this.requestUpdate());
    this.conversations.load(filter);
  }

  /** @param {import('../app/icons.js').IconName} picture @param {string} none what to say when there are none @param {string} help */
  list(picture, none, help) {
    const { items, error, hasMore } = this.conversations;
    if (items === null) {
      return error ? this.failure(error, () => this.conversations.load()) : this.waiting();
    }
    if (items.length === 0) {
      return html`<div class="blank">${icon(picture)}<b>${none}</b><span>${help}</span></div>`;
    }
    return html`<p class="room-help">${help}</p>
      <ul role="list" class="things">${repeat(items, item => item.id, item => html`<li class="thing">${this.row(item)}</li>`)}</ul>
      ${hasMore ? html`<div class="more"><button class="btn" @click=${() => this.conversations.loadMore()}>${this.t('tasks.more')}</button></div>` : ''}`;
  }

  /** @param {Conversation} _conversation @returns {unknown} */
  row(_conversation) {
    return '';
  }

  /** @param {Conversation} conversation */
  facts({ model_name: model, message_count: count, tags = [] }) {
    return html`<span>${model} · ${this.t('archive.messages', { count })}${tags.map(tag => html` <span class="tag">${tag}</span>`)}</span>`;
  }

  /** Does something with one of them, after which the list is another. @param {() => Promise<unknown>} work @param {string} said @param {{ label: string, run: () => void }} [undo] */
  async attempt(work, said, undo) {
    try {
      await work();
      this.app.notices.show(said, undo);
    } catch (error) {
      this.app.notices.failed(error);
    }
    await this.conversations.load();
    /** @type {HTMLElement|null} */ (this.querySelector('h1'))?.focus();
  }
}
