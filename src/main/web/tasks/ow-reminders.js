import { html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { Element } from '../app/element.js';
import { icon } from '../app/icons.js';

/** @typedef {import('../api/types.js').Reminder} Reminder */

const BEFORE = [0, 10, 60, 1440];

/** When to be reminded of a task that is due. */
class OwReminders extends Element {
  static properties = { ...Element.properties, task: { attribute: false }, reminders: { state: true } };

  constructor() {
    super();
    /** @type {import('../api/types.js').Task} */
    this.task = /** @type {any} */ (undefined);
    /** @type {Reminder[]} */
    this.reminders = [];
  }

  connectedCallback() {
    super.connectedCallback();
    this.#load();
  }

  get #path() {
    return `/api/v1/tasks/${this.task.id}/reminders`;
  }

  render() {
    return html`<div class="field"><span class="label">${this.t('reminders.title')}</span>
      ${this.reminders.length === 0 ? nothing : html`<ul role="list" class="things">${repeat(this.reminders, each => each.id, each => html`<li class="thing">
        <span class="thing-text">${this.#name(each)}</span>
        <button type="button" class="icon" aria-label=${this.t('reminders.delete', { when: this.#name(each) })} @click=${() => this.#run(() => this.app.api.delete(`${this.#path}/${each.id}`))}>${icon('trash', 16)}</button></li>`)}</ul>`}
      ${this.task.due_date ? html`<div class="section-acts">${BEFORE.filter(minutes => !this.reminders.some(each => each.minutes_before === minutes)).map(minutes => html`<button type="button" class="btn"
        @click=${() => this.#run(() => this.app.api.post(this.#path, { minutes_before: minutes }))}>${icon('plus', 16)}${this.t(`reminders.before.${minutes}`)}</button>`)}</div>` : html`<span class="help">${this.t('reminders.needDue')}</span>`}</div>`;
  }

  /** @param {Reminder} reminder */
  #name({ minutes_before: minutes, remind_at: at }) {
    if (minutes === null) {
      return at ? this.app.words.moment(at) : '';
    }
    return BEFORE.includes(minutes) ? this.t(`reminders.before.${minutes}`) : this.t('reminders.before', { minutes });
  }

  async #load() {
    const { data } = await this.app.api.get(this.#path, { query: { page_size: 100 } }).catch(() => ({ data: { items: [] } }));
    this.reminders = data.items;
  }

  /** @param {() => Promise<unknown>} change */
  async #run(change) {
    try {
      await change();
    } catch (error) {
      this.app.notices.failed(error);
    }
    await this.#load();
  }
}

customElements.define('ow-reminders', OwReminders);
