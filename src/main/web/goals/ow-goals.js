import { html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { icon } from '../app/icons.js';
import { Paged } from '../app/paged.js';
import { Room } from '../app/room.js';
import './ow-goal.js';

/** @typedef {import('../api/types.js').Goal} Goal */

const VIEWS = /** @type {const} */ (['active', 'achieved', 'abandoned']);

/** Where one wants to get, and how far it is. */
class OwGoals extends Room {
  static properties = { ...Room.properties, view: { state: true }, edited: { state: true } };

  /** @type {Paged<Goal>} */
  goals = /** @type {any} */ (undefined);

  constructor() {
    super();
    /** @type {typeof VIEWS[number]} */
    this.view = 'active';
    /** @type {Partial<Goal>|null} */
    this.edited = null;
  }

  connectedCallback() {
    super.connectedCallback();
    this.goals ??= new Paged(this.app.api, '/api/v1/goals/', () => this.requestUpdate());
    this.#show(this.view);
  }

  render() {
    return this.frame(this.t('goals.title'), html`
      <div class="tabs" role="group" aria-label=${this.t('goals.which')}>${VIEWS.map(view => html`<button aria-pressed=${view === this.view} @click=${() => this.#show(view)}>${this.t(`goals.${view}`)}</button>`)}</div>
      ${this.#list()}
      ${this.edited ? html`<ow-goal .app=${this.app} .goal=${this.edited} @closed=${this.#closed}></ow-goal>` : nothing}`,
      html`<button class="btn" @click=${() => this.edited = {}}>${icon('plus', 16)}${this.t('goals.new')}</button>`);
  }

  #list() {
    const { items, error, hasMore } = this.goals;
    if (items === null) {
      return error ? this.failure(error, () => this.goals.load()) : this.waiting();
    }
    if (items.length === 0) {
      return html`<div class="blank">${icon('goals')}<span>${this.t(`goals.none.${this.view}`)}</span></div>`;
    }
    return html`<ul role="list" class="things">${repeat(items, goal => goal.id, goal => html`<li class="thing">
      <button class="thing-text" @click=${() => this.edited = goal}><b>${goal.title}</b><span class="unseen">${this.t('tasks.edit')}</span>
        <span>${goal.target_date ? this.t('tasks.due', { day: this.app.words.day(goal.target_date) }) : goal.description ?? ''}</span></button>
      <span class="far figures"><progress max="1" value=${goal.progress} aria-label=${this.t('goals.progressOf', { title: goal.title })}></progress>${this.app.words.percent(goal.progress)}</span></li>`)}</ul>
      ${hasMore ? html`<div class="more"><button class="btn" @click=${() => this.goals.loadMore()}>${this.t('tasks.more')}</button></div>` : nothing}`;
  }

  /** @param {typeof VIEWS[number]} view */
  #show(view) {
    this.view = view;
    this.goals.load({ status: view });
  }

  /** @param {CustomEvent<boolean>} event */
  #closed(event) {
    this.edited = null;
    if (event.detail) {
      this.goals.load();
    }
  }
}

customElements.define('ow-goals', OwGoals);
