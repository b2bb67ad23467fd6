import { html, nothing } from 'lit';
import { isAbort } from '../api/client.js';
import { Dialog } from '../app/dialog.js';
import { icon } from '../app/icons.js';
import { fromMatch, marked } from './marked.js';

const WAIT_MS = 140;
const SHOWN = 30;

/** @typedef {{ href: string, title: string, text: string, at: string }} Hit */

/** Finds conversations by title and messages by text, as one types. */
class OwSearch extends Dialog {
  static properties = { ...Dialog.properties, query: { state: true }, hits: { state: true }, at: { state: true }, status: { state: true } };

  kind = 'high';
  #timer = 0;
  /** @type {AbortController|null} */
  #asking = null;

  constructor() {
    super();
    this.query = '';
    /** @type {Hit[]} */
    this.hits = [];
    this.at = 0;
    /** @type {'idle'|'asking'|'ready'|'failed'} */
    this.status = 'idle';
  }

  render() {
    const recent = this.query.trim() === '';
    const hits = recent ? this.#recent : this.hits;
    return html`<dialog class=${this.kind} aria-label=${this.t('search.title')}>
      <div class="finder big"><span class="finder-icon">${icon('find', 18)}</span><input class="finder-input" role="combobox" aria-expanded="true" aria-controls="hits" aria-autocomplete="list"
          aria-activedescendant=${hits.length > 0 ? `hit-${this.at}` : nothing} aria-label=${this.t('search.label')} placeholder=${this.t('search.label')} maxlength="200"
          autocomplete="off" spellcheck="false" autofocus .value=${this.query} @input=${this.#write} @keydown=${this.#press}>
        <button class="icon" aria-label=${this.t('app.close')} @click=${this.close}>${icon('close')}</button></div>
      ${recent && hits.length > 0 ? html`<h2 class="options-title">${this.t('search.recent')}</h2>` : nothing}
      <ul id="hits" role="listbox" class="options" aria-label=${this.t('search.results')}>${hits.map((hit, i) => this.#option(hit, i))}</ul>
      ${this.#state(recent, hits.length)}</dialog>`;
  }

  updated() {
    this.querySelector('.option.at')?.scrollIntoView({ block: 'nearest' });
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    clearTimeout(this.#timer);
    this.#asking?.abort();
  }

  /** @param {boolean} recent @param {number} count */
  #state(recent, count) {
    if (this.status === 'failed' && !recent) {
      return html`<div class="blank small" role="alert"><span>${this.t('search.failed')}</span><button class="btn" @click=${this.#ask}>${this.t('app.tryAgain')}</button></div>`;
    }
    const text = recent ? (count === 0 ? this.t('search.nothingYet') : '') : this.status === 'asking' && count === 0 ? this.t('search.asking') : count === 0 ? this.t('search.none', { query: this.query.trim() }) : '';
    return html`<div role="status">${text ? html`<p class="blank small">${text}</p>` : html`<span class="unseen">${recent ? '' : this.t('search.count', { count })}</span>`}</div>`;
  }

  /** @param {Hit} hit @param {number} i */
  #option(hit, i) {
    const query = this.query.trim();
    return html`<li id="hit-${i}" role="option" class="option ${i === this.at ? 'at' : ''}" aria-selected=${i === this.at}
        @click=${() => this.#go(hit)} @pointermove=${() => this.at = i}>
      <span class="option-text"><b>${marked(hit.title, query)}</b>${hit.text ? html`<span>${marked(hit.text, query)}</span>` : nothing}</span>
      <time datetime=${hit.at}>${this.app.words.day(hit.at)}</time></li>`;
  }

  /** @returns {Hit[]} */
  get #recent() {
    return this.state.library.items.slice(0, 8).map(each => ({ href: `/c/${each.id}`, title: each.title, text: '', at: each.updated_at }));
  }

  /** @param {Event} event */
  #write(event) {
    this.query = /** @type {HTMLInputElement} */ (event.target).value;
    this.at = 0;
    clearTimeout(this.#timer);
    this.#asking?.abort();
    if (this.query.trim() === '') {
      this.hits = [];
      this.status = 'idle';
    } else {
      this.status = 'asking';
      this.#timer = setTimeout(() => this.#ask(), WAIT_MS);
    }
  }

  async #ask() {
    const asking = this.#asking = new AbortController();
    const query = this.query.trim();
    try {
      const { api, store } = this.app;
      const [titles, messages] = await Promise.all([
        api.get('/api/conversations', { query: { search: query, page_size: 10 }, signal: asking.signal }),
        api.post('/api/chat/search', { query, limit: SHOWN }, { signal: asking.signal }),
      ]);
      const known = new Map([...store.state.library.items, ...titles.conversations].map(each => [each.id, each.title]));
      this.hits = [
        ...titles.conversations.map((/** @type {import('../api/types.js').Conversation} */ each) => ({ href: `/c/${each.id}`, title: each.title, text: '', at: each.updated_at })),
        ...messages.map((/** @type {import('../api/types.js').SearchHit} */ hit) => ({
          href: `/c/${hit.conversation_id}#m${hit.message_id}`, title: known.get(hit.conversation_id) ?? this.t('search.message'), text: fromMatch(hit.snippet, query), at: hit.created_at })),
      ];
      this.status = 'ready';
    } catch (error) {
      if (!isAbort(error)) {
        this.status = 'failed';
      }
    }
  }

  /** @param {KeyboardEvent} event */
  #press(event) {
    const hits = this.query.trim() === '' ? this.#recent : this.hits;
    const to = { ArrowDown: this.at + 1, ArrowUp: this.at - 1 }[event.key];
    if (to !== undefined && hits.length > 0) {
      event.preventDefault();
      this.at = (to + hits.length) % hits.length;
    } else if (event.key === 'Enter' && hits[this.at]) {
      event.preventDefault();
      this.#go(hits[this.at]);
    }
  }

  /** @param {Hit} hit */
  #go(hit) {
    this.close();
    this.app.router.go(hit.href);
  }
}

customElements.define('ow-search', OwSearch);
