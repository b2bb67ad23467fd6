import { html } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { icon } from '../app/icons.js';
import { Paged } from '../app/paged.js';
import { Room } from '../app/room.js';
import { plain } from '../markdown/plain.js';

/** @typedef {import('../api/types.js').Message & { conversation_id: number }} Favorite */

/** Enough to know a message again. */
const SHOWN = 600;

/** The messages that somebody wants to find again, newest first; each leads to its place. */
class OwFavorites extends Room {
  /** @type {Paged<Favorite>} */
  messages = /** @type {any} */ (undefined);

  watched() {
    return [this.state.library.items];
  }

  connectedCallback() {
    super.connectedCallback();
    this.messages ??= new Paged(this.app.api, '/api/messages/favorites', () => this.requestUpdate());
    this.messages.load();
  }

  render() {
    return this.frame(this.t('favorites.title'), this.#list());
  }

  #list() {
    const { items, error, hasMore } = this.messages;
    if (items === null) {
      return error ? this.failure(error, () => this.messages.load()) : this.waiting();
    }
    if (items.length === 0) {
      return html`<div class="blank">${icon('star')}<b>${this.t('favorites.none')}</b><span>${this.t('favorites.noneHelp')}</span></div>`;
    }
    return html`<ul role="list">${repeat(items, message => message.id, message => this.#row(message))}</ul>
      ${hasMore ? html`<div class="more"><button class="btn" @click=${() => this.messages.loadMore()}>${this.t('tasks.more')}</button></div>` : ''}`;
  }

  /** @param {Favorite} message */
  #row(message) {
    const title = this.state.library.items.find(each => each.id === message.conversation_id)?.title;
    const who = message.role === 'user' ? this.t('sidebar.you') : message.model_name ?? this.t(message.role === 'assistant' ? 'favorites.answer' : `chat.role.${message.role}`);
    return html`<li class="favorite"><a href="/c/${message.conversation_id}#m${message.id}">
        <span class="favorite-text">${plain(message.content.slice(0, SHOWN))}</span>
        <span class="favorite-facts"><b>${who}</b>${title ? html` · <span>${title}</span>` : ''} · <time datetime=${message.created_at}>${this.app.words.day(message.created_at)}</time></span></a>
      <button class="icon starred" aria-label=${this.t('chat.noFavorite')} title=${this.t('chat.noFavorite')} @click=${() => this.#remove(message)}>${icon('star')}</button></li>`;
  }

  /** @param {Favorite} message */
  async #remove(message) {
    await this.#toggle(message);
    /** @type {HTMLElement|null} */ (this.querySelector('h1'))?.focus();
    this.app.notices.show(this.t('favorites.removed'), { label: this.t('tasks.undo'), run: () => this.#toggle({ ...message, favorite: false }) });
  }

  /** @param {Favorite} message */
  async #toggle(message) {
    try {
      await this.app.messages.toggleFavorite(message.conversation_id, message);
    } catch (error) {
      this.app.notices.failed(error);
    }
    await this.messages.load();
  }
}

customElements.define('ow-favorites', OwFavorites);
