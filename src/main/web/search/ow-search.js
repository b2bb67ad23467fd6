import { html, nothing } from 'lit';
import { isAbort } from '../api/client.js';
import { Dialog } from '../app/dialog.js';
import { icon } from '../app/icons.js';
import { EVERYTHING, Look } from './look.js';
import { marked } from './marked.js';

const WAIT_MS = 140;
/** The choices of how far back to look, in days; 0: all. */
const DAYS = [0, 7, 30, 365];

/** @typedef {import('./look.js').Hit} Hit */

/** Finds conversations by title and messages by text, as one types. */
class OwSearch extends Dialog {
  static properties = { ...Dialog.properties, query: { state: true }, busy: { state: true }, hits: { state: true }, at: { state: true }, status: { state: true }, filters: { state: true } };

  kind = 'high';
  #timer = 0;
  /** @type {AbortController|null} */
  #asking = null;
  /** @type {Look|null} */
  #look = null;

  constructor() {
    super();
    this.query = '';
    /** @type {Hit[]} */
    this.hits = [];
    this.at = 0;
    /** Whether more is on its way. */
    this.busy = false;
    /** @type {'idle'|'asking'|'ready'|'failed'} */
    this.status = 'idle';
    this.filters = EVERYTHING;
  }

  render() {
    const recent = this.query.trim() === '';
    const hits = recent ? this.#recent : this.hits;
    return html`<dialog class=${this.kind} aria-label=${this.t('search.title')}>
      <div class="finder big"><span class="finder-icon">${icon('find', 18)}</span><input class="finder-input" role="combobox" aria-expanded="true" aria-controls="hits" aria-autocomplete="list"
          aria-activedescendant=${hits.length > 0 ? `hit-${this.at}` : nothing} aria-label=${this.t('search.label')} placeholder=${this.t('search.label')} maxlength="200"
          autocomplete="off" spellcheck="false" autofocus .value=${this.query} @input=${this.#write} @keydown=${this.#press}>
        <button class="icon" aria-label=${this.t('app.close')} @click=${this.close}>${icon('close')}</button></div>
      ${this.#choices()}
      ${recent && hits.length > 0 ? html`<h2 class="options-title">${this.t('search.recent')}</h2>` : nothing}
      <ul id="hits" role="listbox" class="options" aria-label=${this.t('search.results')}>${hits.map((hit, i) => this.#option(hit, i))}</ul>
      ${!recent && this.status === 'ready' && this.#look?.hasMore ? html`<div class="finder-more"><button class="btn wide plain" ?disabled=${this.busy} @click=${this.#more}>${this.t('search.more')}</button></div>` : nothing}
      ${this.#state(recent, hits.length)}</dialog>`;
  }

  /** What is looked at. */
  #choices() {
    const { role, days, tag } = this.filters;
    const tags = [...new Set(this.state.library.items.flatMap(each => each.tags ?? []))].sort();
    const choice = (/** @type {string} */ name, /** @type {[string, string][]} */ options, /** @type {string} */ chosen) => html`
      <select class="finder-choice ${chosen === options[0][0] ? '' : 'set'}" name=${name} aria-label=${this.t(`search.${name}`)} @change=${this.#choose}>
        ${options.map(([value, label]) => html`<option value=${value} ?selected=${value === chosen}>${label}</option>`)}</select>`;
    return html`<div class="finder-choices">
      ${choice('role', ['all', 'user', 'assistant'].map(each => [each, this.t(`search.role.${each}`)]), role)}
      ${choice('days', DAYS.map(each => [String(each), this.t(`search.days.${each}`)]), String(days))}
      ${tags.length > 0 ? choice('tag', [['', this.t('search.anyTag')], ...tags.map(each => /** @type {[string, string]} */ ([each, each]))], tag) : nothing}</div>`;
  }

  /** @param {Event} event */
  #choose(event) {
    const { name, value } = /** @type {HTMLSelectElement} */ (event.target);
    this.filters = { ...this.filters, [name]: name === 'days' ? Number(value) : value };
    this.at = 0;
    this.#asking?.abort();
    if (this.query.trim() !== '') {
      this.status = 'asking';
      this.#ask();
    }
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
    try {
      const look = new Look(this.app, this.query.trim(), this.filters, asking.signal);
      await look.begin();
      this.#look = look;
      this.hits = look.hits;
      this.status = 'ready';
    } catch (error) {
      if (!isAbort(error)) {
        this.status = 'failed';
      }
    }
  }

  /** The older ones; the first of them is where one goes on by keyboard. */
  async #more() {
    const look = this.#look;
    const before = this.hits.length;
    this.busy = true;
    try {
      await look?.more();
      if (look !== null && look === this.#look && this.status === 'ready') {
        this.hits = look.hits;
        this.at = Math.min(before, this.hits.length - 1);
        /** @type {HTMLElement|null} */ (this.querySelector('.finder-input'))?.focus();
      }
    } catch (error) {
      if (!isAbort(error)) {
        this.app.notices.failed(error);
      }
    } finally {
      this.busy = false;
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
