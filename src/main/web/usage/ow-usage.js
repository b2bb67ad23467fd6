import { html, nothing } from 'lit';
import { Room } from '../app/room.js';
import { bars } from './bars.js';

const RANGES = [30, 90];
const DAY_MS = 86_400_000;
/** How many models or accounts are listed. */
const LISTED = 20;

/**
 * @typedef {object} UsageSum
 * @property {string} [day]
 * @property {string} [model]
 * @property {number} [user_id]
 * @property {number} answers
 * @property {number} prompt_tokens
 * @property {number} answer_tokens
 * @property {number} first_token_ms
 * @property {number} duration_ms
 */

/** What answers have cost: by day, by model, and for an admin by account. */
class OwUsage extends Room {
  static properties = { ...Room.properties, range: { state: true }, sums: { state: true }, error: { state: true } };

  constructor() {
    super();
    this.range = RANGES[0];
    /** @type {{ days: UsageSum[], models: UsageSum[], accounts: UsageSum[], names: Map<number, string> }|null} */
    this.sums = null;
    /** @type {unknown} */
    this.error = null;
  }

  connectedCallback() {
    super.connectedCallback();
    this.#load();
  }

  render() {
    return this.frame(this.t('usage.title'), this.#content(), html`<select class="finder-choice" aria-label=${this.t('usage.range')} @change=${this.#choose}>
      ${RANGES.map(days => html`<option value=${days} ?selected=${days === this.range}>${this.t('usage.days', { count: days })}</option>`)}</select>`);
  }

  #content() {
    const { sums, error } = this;
    if (sums === null) {
      return error ? this.failure(error, () => this.#load()) : this.waiting();
    }
    const total = sums.days.reduce(add, NOTHING);
    if (total.answers === 0) {
      return html`<div class="blank"><b>${this.t('usage.none')}</b><span>${this.t('usage.noneHelp')}</span></div>`;
    }
    const shown = this.#days(sums.days);
    return html`<dl class="sums">${this.#figure('usage.answers', this.app.words.number(total.answers))}
        ${this.#figure('usage.read', this.app.words.number(total.prompt_tokens))}${this.#figure('usage.written', this.app.words.number(total.answer_tokens))}
        ${this.#figure('usage.firstToken', this.t('usage.seconds', { seconds: this.app.words.number(total.first_token_ms / total.answers / 1000, 1) }))}</dl>
      ${bars(shown, this.t('usage.chart'), ({ day, value }) => this.t('usage.ofDay', { day: this.app.words.day(day), tokens: this.app.words.number(value) }))}
      <div class="bars-ends" aria-hidden="true"><span>${this.app.words.day(shown[0].day)}</span><span>${this.app.words.day(shown[shown.length - 1].day)}</span></div>
      <h2>${this.t('usage.byModel')}</h2>${this.#table(this.t('usage.model'), sums.models, sum => sum.model ?? '')}
      ${sums.accounts.length > 0 ? html`<h2>${this.t('usage.byAccount')}</h2>${this.#table(this.t('usage.account'), sums.accounts, sum => sums.names.get(sum.user_id ?? 0) ?? this.t('usage.accountName', { id: sum.user_id }))}` : nothing}
      <details class="more-figures"><summary>${this.t('usage.byDay')}</summary>${this.#table(this.t('usage.day'), sums.days, sum => this.app.words.day(sum.day ?? ''))}</details>`;
  }

  /** @param {string} key @param {string} value */
  #figure(key, value) {
    return html`<div><dt>${this.t(key)}</dt><dd class="figures">${value}</dd></div>`;
  }

  /** @param {string} of @param {UsageSum[]} sums @param {(sum: UsageSum) => string} name */
  #table(of, sums, name) {
    const figures = (/** @type {number[]} */ values) => values.map(value => html`<td class="figures">${this.app.words.number(value)}</td>`);
    return html`<div class="usage-table" tabindex="0" role="region" aria-label=${of}><table>
      <thead><tr><th scope="col">${of}</th>${['answers', 'read', 'written'].map(key => html`<th scope="col">${this.t(`usage.${key}`)}</th>`)}</tr></thead>
      <tbody>${sums.map(sum => html`<tr><th scope="row">${name(sum)}</th>${figures([sum.answers, sum.prompt_tokens, sum.answer_tokens])}</tr>`)}</tbody></table></div>`;
  }

  /** Days without an answer are days, too. @param {UsageSum[]} sums */
  #days(sums) {
    const tokens = new Map(sums.map(sum => [sum.day, sum.prompt_tokens + sum.answer_tokens]));
    const last = Math.max(Date.now(), Date.parse(sums[0]?.day ?? '1970-01-01'));
    return Array.from({ length: this.range }, (_, i) => {
      const day = new Date(last - (this.range - 1 - i) * DAY_MS).toISOString().slice(0, 10);
      return { day, value: tokens.get(day) ?? 0 };
    });
  }

  /** @param {Event} event */
  #choose(event) {
    this.range = Number(/** @type {HTMLSelectElement} */ (event.target).value);
    this.#load();
  }

  async #load() {
    const { range } = this;
    const from = new Date(Date.now() - (range - 1) * DAY_MS).toISOString().slice(0, 10);
    const sums = async (/** @type {Record<string, unknown>} */ query) => (await this.app.api.get('/api/usage', { query: { from, ...query } })).items;
    const isAdmin = this.state.session.user?.is_admin ?? false;
    try {
      const [days, models, accounts, names] = await Promise.all([
        sums({ group_by: 'day', page_size: 100 }), sums({ group_by: 'model', page_size: LISTED }),
        isAdmin ? sums({ group_by: 'user', all: true, page_size: LISTED }) : [],
        isAdmin ? this.#names() : new Map(),
      ]);
      if (range === this.range) {
        this.sums = { days, models, accounts, names };
        this.error = null;
      }
    } catch (error) {
      this.sums = null;
      this.error = error;
    }
  }

  /** @returns {Promise<Map<number, string>>} accounts by id, as far as they have names */
  async #names() {
    const { data } = await this.app.api.get('/api/v1/users/', { query: { page_size: 100 } });
    return new Map(data.items.flatMap((/** @type {import('../api/types.js').User} */ user) => user.display_name || user.email ? [[user.id, user.display_name || user.email]] : []));
  }
}

const NOTHING = { answers: 0, prompt_tokens: 0, answer_tokens: 0, first_token_ms: 0 };

/** @param {typeof NOTHING} sum @param {UsageSum} more */
function add(sum, more) {
  return {
    answers: sum.answers + more.answers, prompt_tokens: sum.prompt_tokens + more.prompt_tokens,
    answer_tokens: sum.answer_tokens + more.answer_tokens, first_token_ms: sum.first_token_ms + more.first_token_ms,
  };
}

customElements.define('ow-usage', OwUsage);
