import { html, nothing } from 'lit';
import { ApiError } from '../api/error.js';
import { Element } from '../app/element.js';
import { icon } from '../app/icons.js';
import { loadLater } from '../app/load-later.js';
import { menu } from '../app/menu.js';
import { DRAFT } from '../store/chats.js';
import { conversationMenu, showMembers } from './actions.js';
import { Drop } from './drop.js';
import './ow-composer.js';
import './ow-empty-chat.js';

/** A conversation, or the beginning of a new one. */
class OwChat extends Element {
  static properties = { ...Element.properties, listMissing: { state: true } };

  /** @type {number|null} */
  #opened = null;
  #sought = '';

  constructor() {
    super();
    /** Whether the server did not give what shows messages. */
    this.listMissing = false;
    new Drop(this, files => this.app.files.add(this.state.route.id ?? DRAFT, files));
  }

  watched() {
    const { route, chats, people } = this.state;
    return [route, chats.get(route.id ?? DRAFT), people.get(route.id ?? DRAFT)];
  }

  render() {
    const { route, chats } = this.state;
    this.#open(route.id);
    const chat = chats.get(route.id ?? DRAFT);
    document.title = chat?.conversation?.title ? `${chat.conversation.title} · ollama-web` : 'ollama-web';
    return html`${this.#header(chat)}${this.#body(chat)}
      ${chat?.conversation?.role === 'reader' && chat.status !== 'failed' ? html`<footer class="ask"><div class="note" role="note">${icon('people')}<span>${this.t('members.onlyReading')}</span></div></footer>` : nothing}
      <ow-composer .app=${this.app} .chatId=${route.id} ?hidden=${chat?.status === 'failed' || chat?.conversation?.role === 'reader'}></ow-composer>
      <div class="drop-hint" aria-hidden="true">${icon('image', 28)}<span>${this.t('files.drop')}</span></div>`;
  }

  updated() {
    const { route } = this.state;
    const chat = this.app.chats.get(route.id ?? DRAFT);
    const sought = `${route.id}/${route.messageId}`;
    if (route.messageId !== null && chat?.status === 'ready' && sought !== this.#sought && customElements.get('ow-message-list')) {
      this.#sought = sought;
      this.#jump(route.messageId);
    } else if (route.messageId === null) {
      this.#sought = '';
    }
  }

  /** @param {number|null} id */
  #open(id) {
    if (id !== this.#opened) {
      this.#opened = id;
      if (id !== null) {
        this.app.chats.open(id).then(() => this.app.answers.followRunning(id));
      }
    }
  }

  /** @param {import('../store/store.js').Chat|undefined} chat */
  #header(chat) {
    const conversation = chat?.conversation;
    return html`<header class="top">
      <button class="icon phoneonly" aria-label=${this.t('sidebar.label')} @click=${() => this.app.store.set({ drawer: true })}>${icon('menu')}</button>
      <h1 class="cut ${conversation ? '' : 'unseen'}" tabindex="-1">${conversation?.title ?? this.t('chat.new')}</h1>
      ${conversation?.tags?.length ? html`<div class="top-tags wideonly">${conversation.tags.map(tag => html`<button class="tag" title=${this.t('tags.only', { tag })} @click=${() => this.app.library.filter(tag)}>${tag}</button>`)}</div>` : nothing}
      <span class="grow"></span>
      ${conversation ? html`${this.#people(conversation)}
        <button class="icon" aria-label=${this.t('chat.more')} aria-haspopup="menu" aria-expanded="false" popovertarget="chat-menu">${icon('more')}</button>
        ${menu('chat-menu', this.t('chat.more'), conversationMenu(this.app, conversation))}` : nothing}
      <button class="icon phoneonly" aria-label=${this.t('sidebar.newChat')} @click=${() => this.app.router.go('/')}>${icon('new')}</button>
    </header>`;
  }

  /** @param {import('../api/types.js').Conversation} conversation */
  #people(conversation) {
    const count = this.state.people.get(conversation.id)?.length ?? 0;
    const name = this.t('members.count', { count });
    return count < 2 ? nothing : html`<button class="pill people" aria-label=${name} title=${name} aria-haspopup="dialog" @click=${() => showMembers(this.app, conversation)}>${icon('people', 16)}${this.app.words.number(count)}</button>`;
  }

  /** @param {import('../store/store.js').Chat|undefined} chat */
  #body(chat) {
    if (!chat) {
      return html`<main id="content" class="scroll plain"><ow-empty-chat .app=${this.app}></ow-empty-chat></main>`;
    }
    const isListThere = customElements.get('ow-message-list') !== undefined;
    if (!isListThere && !this.listMissing) {
      loadLater().then(() => this.requestUpdate(), () => this.listMissing = true);
    }
    if (chat.status === 'failed' || (!isListThere && this.listMissing)) {
      return html`<main id="content" class="scroll plain">${this.#failure(chat)}</main>`;
    }
    if (chat.status === 'loading' || !isListThere) {
      return html`<main id="content" class="scroll plain" aria-busy="true"><div class="col waiting">${ghosts}</div></main>`;
    }
    return html`<ow-message-list .app=${this.app} .chat=${chat}></ow-message-list>`;
  }

  /** @param {import('../store/store.js').Chat} chat */
  #failure(chat) {
    if (chat.error?.status === 404 || chat.error?.status === 422) {
      return html`<div class="blank"><b>${this.t('chat.gone')}</b><span>${this.t('chat.goneHelp')}</span><a class="btn" href="/">${this.t('sidebar.newChat')}</a></div>`;
    }
    return html`<div class="blank"><b>${this.t('chat.notLoaded')}</b><span>${this.app.notices.explain(chat.error ?? ApiError.unreachable())}</span>
      <button class="btn" @click=${() => this.#openAgain(chat)}>${this.t('app.tryAgain')}</button></div>`;
  }

  /** @param {import('../store/store.js').Chat} chat */
  #openAgain(chat) {
    this.listMissing = false;
    if (chat.status === 'failed') {
      this.app.chats.open(chat.id);
    }
  }

  /** @param {number} messageId */
  async #jump(messageId) {
    const { id } = this.state.route;
    if (id !== null && await this.app.messages.reach(id, messageId)) {
      await this.updateComplete;
      const list = /** @type {import('./ow-message-list.js').OwMessageList|null} */ (this.querySelector('ow-message-list'));
      await list?.jumpTo(messageId);
    }
  }
}

const ghosts = html`<div class="ghost right"></div><div class="ghost"></div><div class="ghost"></div><div class="ghost short"></div>`;

customElements.define('ow-chat', OwChat);
