import { html } from 'lit';
import { icon } from '../app/icons.js';
import { ConversationsRoom } from './conversations-room.js';

/** The conversations that are kept out of the way. */
class OwArchive extends ConversationsRoom {
  connectedCallback() {
    super.connectedCallback();
    this.begin('/api/conversations', { archived: true });
  }

  render() {
    return this.frame(this.t('archive.title'), this.list('archive', this.t('archive.none'), this.t('archive.help')));
  }

  /** @param {import('../api/types.js').Conversation} conversation */
  row(conversation) {
    const { id, title, updated_at: at } = conversation;
    const again = { label: this.t('tasks.undo'), run: () => this.#put(id, true, this.t('archive.done', { title })) };
    return html`<a class="thing-text" href="/c/${id}"><b>${title}</b>${this.facts(conversation)}</a>
      <time class="thing-day" datetime=${at}>${this.app.words.day(at)}</time>
      <button class="btn" aria-label=${this.t('archive.undoOf', { title })} @click=${() => this.#put(id, false, this.t('archive.undone', { title }), again)}>${icon('import', 16)}${this.t('archive.undo')}</button>`;
  }

  /** @param {number} id @param {boolean} archived @param {string} said @param {{ label: string, run: () => void }} [undo] */
  #put(id, archived, said, undo) {
    return this.attempt(() => this.app.chats.update(id, { archived }), said, undo);
  }
}

customElements.define('ow-archive', OwArchive);
