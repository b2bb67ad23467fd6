import { html, nothing } from 'lit';
import { copyText } from '../app/clipboard.js';
import { Form } from '../app/form.js';
import { icon } from '../app/icons.js';

const DAYS = ['MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT', 'SUN'];
const TIME = '07:00';

/** What comes by itself, and the calendar. */
class OwPlans extends Form {
  static properties = { ...Form.properties, link: { state: true } };

  constructor() {
    super();
    /** the calendar's link, which the server shows once */
    this.link = '';
  }

  watched() {
    return [this.state.settings.values];
  }

  render() {
    const { values } = this.state.settings;
    const daily = String(values['insights.daily'] ?? '');
    const [day, time] = String(values['insights.weekly'] ?? '').split(' ');
    /** @type {[string, string][]} */
    const days = [['', this.t('plans.never')], ...DAYS.map((each, i) => /** @type {[string, string]} */ ([each, this.#weekday(i)]))];
    return html`<form class="section-form" @submit=${this.#save} novalidate>${this.trouble()}
      ${this.field('daily', this.t('plans.daily'), { value: daily, type: 'time', help: this.t('plans.dailyHelp') })}
      ${this.field('day', this.t('plans.weekly'), { value: day, options: days })}
      ${this.field('time', this.t('plans.weeklyTime'), { value: time ?? TIME, type: 'time' })}
      <div class="section-acts"><button class="btn go" ?disabled=${this.busy}>${this.t('app.save')}</button></div></form>
      ${this.link ? html`<div class="fresh-key" role="status"><p>${this.t('plans.linkOnce')}</p>
        <div class="command key"><code>${this.link}</code><button class="icon" aria-label=${this.t('plans.copyLink')} @click=${this.#copy}>${icon('copy', 16)}</button></div></div>` : nothing}
      <p class="section-help">${this.t('plans.calendarHelp')}</p>
      <div class="section-acts"><button class="btn" ?disabled=${this.busy} @click=${this.#makeLink}>${icon('plus', 16)}${this.t('plans.makeLink')}</button>
        <button class="btn" ?disabled=${this.busy} @click=${this.#endLink}>${this.t('plans.endLink')}</button></div>`;
  }

  /** @param {number} index from Monday on */
  #weekday(index) {
    return new Intl.DateTimeFormat(document.documentElement.lang, { weekday: 'long', timeZone: 'UTC' }).format(new Date(Date.UTC(2024, 0, 1 + index)));
  }

  /** @param {Event} event */
  async #save(event) {
    const { daily, day, time } = this.given(event);
    const saved = await this.attempt(() => this.app.settings.save({
      'insights.daily': daily || null,
      'insights.weekly': day ? `${day} ${time || TIME}` : null,
    }));
    if (saved) {
      this.app.notices.show(this.t('app.saved'));
    }
  }

  #makeLink() {
    return this.attempt(async () => {
      const { data } = await this.app.api.post('/api/v1/calendar/token', {});
      this.link = new URL(data.url, location.origin).href;
    });
  }

  async #endLink() {
    const ended = await this.attempt(async () => {
      await this.app.api.delete('/api/v1/calendar/token');
      this.link = '';
    });
    if (ended) {
      this.app.notices.show(this.t('plans.linkEnded'));
    }
  }

  async #copy() {
    await copyText(this.link);
    this.app.notices.show(this.t('chat.copied'));
  }
}

customElements.define('ow-plans', OwPlans);
