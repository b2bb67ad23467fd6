import { html } from 'lit';
import { confirm } from './ow-confirm.js';
import { Form } from './form.js';
import { icon } from './icons.js';
import { giveFocusBack, showModal } from './modal.js';

/** A form in a sheet over the page. Fires {@code closed}, with whether anything was changed. */
export class Editor extends Form {
  #cameFrom = document.activeElement;
  #close = () => {};
  changed = false;

  firstUpdated() {
    const dialog = /** @type {HTMLDialogElement} */ (this.querySelector('dialog'));
    this.#close = showModal(dialog, () => this.dispatchEvent(new CustomEvent('closed', { detail: this.changed })));
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    if (this.#cameFrom instanceof HTMLElement && this.#cameFrom.isConnected) {
      giveFocusBack(this.#cameFrom);
    } else {
      /** @type {HTMLElement|null} */ (document.querySelector('main h1, .top h1'))?.focus();
    }
  }

  close() {
    this.#close();
  }

  /** @param {string} title @param {unknown} fields @param {(event: Event) => void} save @param {(() => void)|null} remove */
  sheet(title, fields, save, remove) {
    return html`<dialog aria-label=${title}><div class="sheet-head"><h2>${title}</h2><button class="icon" aria-label=${this.t('app.close')} @click=${this.close}>${icon('close')}</button></div>
      <form @submit=${save} novalidate><div class="sheet-body">${this.trouble()}${fields}</div>
      <div class="sheet-foot">${remove ? html`<button type="button" class="btn danger first-act" @click=${remove}>${this.t('app.delete')}</button>` : ''}
        <button type="button" class="btn" @click=${this.close}>${this.t('app.cancel')}</button><button class="btn go" ?disabled=${this.busy}>${this.t('app.save')}</button></div></form></dialog>`;
  }

  /** @param {() => Promise<unknown>} attempt @param {string[]} fields */
  async finish(attempt, fields) {
    if (await this.attempt(attempt, fields)) {
      this.changed = true;
      this.close();
    }
  }

  /** @param {string} title @param {string} text @param {() => Promise<unknown>} remove */
  async removeAfterAsking(title, text, remove) {
    if (await confirm(this.app, { title, text, action: this.t('app.delete') })) {
      this.finish(remove, []);
    }
  }
}
