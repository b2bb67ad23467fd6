import { html, nothing } from 'lit';
import { Element } from '../app/element.js';

/** @typedef {import('../api/types.js').ImportItem} ImportItem */

const PAGE = 50;

/** What became of each conversation of a file. */
class OwImportReport extends Element {
  static properties = { ...Element.properties, importId: { attribute: false }, count: { attribute: false }, items: { state: true }, failed: { state: true } };

  constructor() {
    super();
    this.importId = 0;
    /** How many it names in all. */
    this.count = 0;
    /** @type {ImportItem[]|null} */
    this.items = null;
    /** @type {unknown} */
    this.failed = null;
  }

  connectedCallback() {
    super.connectedCallback();
    this.#more();
  }

  render() {
    if (this.failed) {
      return html`<div class="note bad" role="alert"><span>${this.app.notices.explain(this.failed)}</span><button class="btn" @click=${this.#more}>${this.t('app.tryAgain')}</button></div>`;
    }
    if (this.items === null) {
      return html`<div class="room-waiting" aria-busy="true"><div class="ghost"></div></div>`;
    }
    return html`<ul role="list" class="report">${this.items.map(item => this.#item(item))}</ul>
      ${this.items.length < this.count ? html`<button class="btn" @click=${this.#more}>${this.t('import.more')}</button>` : nothing}`;
  }

  /** @param {ImportItem} item */
  #item({ title, result, messages, detail, conversation_id: id }) {
    const name = title || this.t('chat.new');
    return html`<li class=${result}>${id === null ? html`<span>${name}</span>` : html`<a href="/c/${id}">${name}</a>`}
      <span class="figures">${this.t(`import.result.${result}`)}${messages > 0 ? ` · ${this.t('import.done', { count: messages })}` : ''}</span>
      ${detail ? html`<span class="detail">${detail}</span>` : nothing}</li>`;
  }

  #more = async () => {
    try {
      const page = Math.floor((this.items?.length ?? 0) / PAGE) + 1;
      const { report } = await this.app.api.get(`/api/import/${this.importId}`, { query: { page, page_size: PAGE } });
      this.items = [...this.items ?? [], ...report];
      this.failed = null;
    } catch (error) {
      this.failed = error;
    }
  };
}

customElements.define('ow-import-report', OwImportReport);
