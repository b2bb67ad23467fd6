import { html, nothing } from 'lit';
import { Element } from '../app/element.js';
import { icon } from '../app/icons.js';

/** @typedef {{ name: string, state: 'running'|'done'|'failed', text: string, id: number|null }} Line */

/** Takes conversations back in that were exported as JSON: one drop target, and a report that grows. */
class OwImport extends Element {
  static properties = { ...Element.properties, lines: { state: true }, over: { state: true } };

  constructor() {
    super();
    /** @type {Line[]} */
    this.lines = [];
    this.over = false;
  }

  render() {
    return html`<label class="drop ${this.over ? 'over' : ''}" @dragover=${this.#drag} @dragleave=${() => this.over = false} @drop=${this.#drop}>
        ${icon('import', 22)}<span>${this.t('import.drop')}</span>
        <input class="unseen" type="file" accept=".json,application/json" multiple @change=${this.#choose}></label>
      <ul role="list" class="things" aria-live="polite">${this.lines.map(line => html`<li class="thing ${line.state}">
        <span class="thing-text"><b>${line.name}</b><span>${line.text}</span></span>
        ${line.id !== null ? html`<a class="btn" href="/c/${line.id}">${this.t('import.open')}</a>` : nothing}</li>`)}</ul>`;
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
    for (const file of files) {
      const at = this.lines.length;
      this.#note(at, { name: file.name, state: 'running', text: this.t('import.running'), id: null });
      try {
        const { imported_messages: count, conversation_id: id } = await this.app.api.post('/api/export/conversations/import', await file.text());
        this.#note(at, { name: file.name, state: 'done', text: this.t('import.done', { count }), id });
      } catch (error) {
        this.#note(at, { name: file.name, state: 'failed', text: this.app.notices.explain(error), id: null });
      }
    }
    this.app.library.refresh();
    this.app.tabs.tell({ kind: 'library' });
  }

  /** @param {number} at @param {Line} line */
  #note(at, line) {
    this.lines = [...this.lines.slice(0, at), line, ...this.lines.slice(at + 1)];
  }
}

customElements.define('ow-import', OwImport);
