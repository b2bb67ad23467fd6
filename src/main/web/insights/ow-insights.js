import { html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { icon } from '../app/icons.js';
import { menu } from '../app/menu.js';
import { Paged } from '../app/paged.js';
import { Room } from '../app/room.js';
import '../markdown/ow-markdown.js';
import './ow-new-insight.js';

/** @typedef {import('../api/types.js').Insight} Insight */

const LOOK_MS = 2000;

/** Texts that a model writes about one's own things. */
class OwInsights extends Room {
  static properties = { ...Room.properties, ordering: { state: true } };
  #timer = 0;

  /** @type {Paged<Insight>} */
  insights = /** @type {any} */ (undefined);

  constructor() {
    super();
    /** @type {Insight['kind']|null} */
    this.ordering = null;
  }

  connectedCallback() {
    super.connectedCallback();
    this.insights ??= new Paged(this.app.api, '/api/v1/insights/', () => this.requestUpdate());
    this.insights.load();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    clearTimeout(this.#timer);
  }

  render() {
    return this.frame(this.t('insights.title'), html`${this.#list()}
      ${this.ordering ? html`<ow-new-insight .app=${this.app} .kind=${this.ordering} @closed=${this.#ordered}></ow-new-insight>` : nothing}`,
      html`<button class="btn" popovertarget="insight-menu" aria-haspopup="menu" aria-expanded="false">${icon('plus', 16)}${this.t('insights.new')}</button>
      ${menu('insight-menu', this.t('insights.new'), [
        { icon: 'insights', label: this.t('insights.kind.daily_summary'), run: () => this.ordering = 'daily_summary' },
        { icon: 'goals', label: this.t('insights.kind.goal_review'), run: () => this.ordering = 'goal_review' },
        { icon: 'prompt', label: this.t('insights.kind.conversation_digest'), run: () => this.ordering = 'conversation_digest' },
      ])}`);
  }

  updated() {
    clearTimeout(this.#timer);
    if (this.insights.items?.some(insight => insight.status === 'pending')) {
      this.#timer = setTimeout(() => this.insights.load(), LOOK_MS);
    }
  }

  #list() {
    const { items, error, hasMore } = this.insights;
    if (items === null) {
      return error ? this.failure(error, () => this.insights.load()) : this.waiting();
    }
    if (items.length === 0) {
      return html`<div class="blank">${icon('insights')}<b>${this.t('insights.none')}</b><span>${this.t('insights.noneHelp')}</span></div>`;
    }
    return html`${repeat(items, insight => insight.id, insight => this.#insight(insight))}
      ${hasMore ? html`<div class="more"><button class="btn" @click=${() => this.insights.loadMore()}>${this.t('tasks.more')}</button></div>` : nothing}`;
  }

  /** @param {Insight} insight */
  #insight(insight) {
    return html`<article class="insight" aria-busy=${insight.status === 'pending'}>
      <header><h2>${this.t(`insights.kind.${insight.kind}`)}</h2><time datetime=${insight.created_at}>${this.app.words.moment(insight.created_at)}</time>
        <button class="icon" aria-label=${this.t('insights.delete')} @click=${() => this.#remove(insight)}>${icon('trash', 16)}</button></header>
      ${insight.status === 'ready' ? html`<ow-markdown data-under="2" .app=${this.app} .text=${insight.content ?? ''}></ow-markdown>` : nothing}
      ${insight.status === 'pending' ? html`<p class="quiet" role="status"><span class="dot"></span> ${this.t('insights.pending', { model: insight.model_name })}</p>` : nothing}
      ${insight.status === 'failed' ? html`<div class="note bad">${this.t('insights.failed', { error: insight.error ?? '' })}</div>` : nothing}
      ${insight.conversation_id ? html`<a href="/c/${insight.conversation_id}">${this.t('insights.conversation')}</a>` : nothing}</article>`;
  }

  /** @param {CustomEvent<boolean>} event */
  #ordered(event) {
    this.ordering = null;
    if (event.detail) {
      this.insights.load();
    }
  }

  /** @param {Insight} insight */
  async #remove(insight) {
    try {
      await this.app.api.delete(`/api/v1/insights/${insight.id}`);
      await this.insights.load();
      /** @type {HTMLElement|null} */ (this.querySelector('h1'))?.focus();
    } catch (error) {
      this.app.notices.failed(error);
    }
  }
}

customElements.define('ow-insights', OwInsights);
