import { html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { Element } from '../app/element.js';
import { icon } from '../app/icons.js';
import './ow-import-report.js';

/** @typedef {import('../api/types.js').Import} Import */

const LOOK_MS = 700;
const SHOWN = 10;

/** Brings conversations in that other programs, or this one, have written into files: a place to drop them, and what became of each. */
class OwImport extends Element {
  static properties = { ...Element.properties, imports: { state: true }, sending: { state: true }, wrong: { state: true }, over: { state: true }, opened: { state: true } };

  #timer = 0;

  constructor() {
    super();
    /** @type {Import[]} newest first */
    this.imports = [];
    /** Names of files that are on their way. @type {string[]} */
    this.sending = [];
    this.wrong = '';
    this.over = false;
    /** The imports whose reports are shown. @type {ReadonlySet<number>} */
    this.opened = new Set();
  }

  connectedCallback() {
    super.connectedCallback();
    this.#look();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    clearTimeout(this.#timer);
  }

  render() {
    return html`<label class="drop ${this.over ? 'over' : ''}" @dragover=${this.#drag} @dragleave=${() => this.over = false} @drop=${this.#drop}>
        ${icon('import', 22)}<span>${this.t('import.drop')}</span>
        <input class="unseen" type="file" accept=".zip,.json,.jsonl,.db,.sqlite,.sqlite3" multiple @change=${this.#choose}></label>
      <label class="check-line"><input type="checkbox" name="dry-run"><span>${this.t('import.dryRun')}</span></label>
      ${this.wrong ? html`<div class="note bad" role="alert">${this.wrong}</div>` : nothing}
      <ul role="list" class="things imports">
        ${this.sending.map(name => html`<li class="thing"><span class="thing-text"><b>${name}</b><span>${this.t('import.sending')}</span><progress aria-label=${name}></progress></span></li>`)}
        ${repeat(this.imports, each => each.id, each => this.#import(each))}</ul>
      <span class="unseen" role="status">${this.#spoken()}</span>`;
  }

  /** @param {Import} each */
  #import(each) {
    const { id, status, file_name: name, done, total } = each;
    const isOpen = status === 'queued' || status === 'running';
    const shown = this.opened.has(id);
    return html`<li class="thing ${status}"><span class="thing-text"><b>${name}</b><span>${this.#line(each)}</span>
        ${isOpen ? html`<progress aria-label=${name} max=${total ?? nothing} value=${total === null ? nothing : done}></progress>` : nothing}
        ${shown ? html`<ow-import-report .app=${this.app} .importId=${id} .count=${done}></ow-import-report>` : nothing}</span>
      ${isOpen ? html`<button class="btn" aria-label=${this.t('import.cancelOf', { name })} @click=${() => this.#cancel(id)}>${this.t('app.cancel')}</button>` : nothing}
      ${!isOpen && done > 0 ? html`<button class="btn" aria-expanded=${shown} aria-label=${this.t('import.reportOf', { name })} @click=${() => this.#toggle(id)}>${this.t('import.report')}</button>` : nothing}</li>`;
  }

  /** @param {Import} each */
  #line(each) {
    const { status, done, total, imported, updated, unchanged, failed, error, dry_run: dryRun } = each;
    if (status === 'failed') {
      return error ?? this.t('import.failed');
    }
    if (status === 'queued') {
      return this.t('import.queued');
    }
    if (status === 'running') {
      return this.t('import.runningOf', { done, total });
    }
    const parts = [['imported', imported], ['updated', updated], ['unchanged', unchanged], ['failed', failed]];
    const counts = parts.filter(([, count]) => Number(count) > 0).map(([key, count]) => this.t(`import.count.${key}`, { count }));
    return [dryRun ? this.t('import.wasDryRun') : '', status === 'cancelled' ? this.t('import.cancelled') : '', counts.join(' · ') || this.t('import.nothing')].filter(Boolean).join(' ');
  }

  /** What ended last, said once. */
  #spoken() {
    const last = this.imports[0];
    return last && last.finished_at !== null && this.#watched.has(last.id) ? `${last.file_name}: ${this.#line(last)}` : '';
  }

  /** Those that were seen under way. @type {Set<number>} */
  #watched = new Set();

  #look = async () => {
    clearTimeout(this.#timer);
    try {
      const before = this.imports.filter(each => each.finished_at === null).map(each => each.id);
      const { imports } = await this.app.api.get('/api/import', { query: { page_size: SHOWN } });
      before.forEach(id => this.#watched.add(id));
      this.imports = imports;
      if (before.some(id => imports.some((/** @type {Import} */ each) => each.id === id && each.finished_at !== null))) {
        this.app.library.refresh();
        this.app.tabs.tell({ kind: 'library' });
      }
    } catch {
      // Tried again below, while something is under way.
    }
    if (this.isConnected && this.imports.some(each => each.finished_at === null)) {
      this.#timer = setTimeout(this.#look, LOOK_MS);
    }
  };

  /** @param {number} id */
  async #cancel(id) {
    try {
      await this.app.api.delete(`/api/import/${id}`);
    } catch (error) {
      this.app.notices.failed(error);
    }
    this.#look();
  }

  /** @param {number} id */
  #toggle(id) {
    const opened = new Set(this.opened);
    if (!opened.delete(id)) {
      opened.add(id);
    }
    this.opened = opened;
  }

  /** @param {DragEvent} event */
  #drag(event) {
    event.preventDefault();
    this.over = true;
  }

  /** @param {DragEvent} event */
  #drop(event) {
    event.preventDefault();
    this.over = false;
    this.#take([...event.dataTransfer?.files ?? []]);
  }

  /** @param {Event} event */
  #choose(event) {
    const field = /** @type {HTMLInputElement} */ (event.target);
    this.#take([...field.files ?? []]);
    field.value = '';
  }

  /** One after the other, so that a folder full of files holds up nobody. @param {File[]} files */
  async #take(files) {
    const dryRun = /** @type {HTMLInputElement} */ (this.querySelector('[name=dry-run]')).checked;
    this.wrong = '';
    this.sending = [...this.sending, ...files.map(file => file.name)];
    for (const file of files) {
      const form = new FormData();
      form.append('file', file);
      try {
        const { id } = await this.app.api.json('POST', '/api/import', { body: form, query: dryRun ? { dry_run: true } : {} });
        this.#watched.add(id);
      } catch (error) {
        this.wrong = `${file.name}: ${this.app.notices.explain(error)}`;
      }
      this.sending = this.sending.slice(1);
      await this.#look();
    }
  }
}

customElements.define('ow-import', OwImport);
