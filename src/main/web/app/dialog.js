import { html } from 'lit';
import { Element } from './element.js';
import { icon } from './icons.js';
import { giveFocusBack, showModal } from './modal.js';

/** A sheet over the page. The browser keeps the focus in it and gives it back where it came from. */
export class Dialog extends Element {
  /** How its look differs: {@code high}, {@code small}. */
  kind = '';

  /** Where the focus goes back to; the browser forgets it when the dialog leaves the document. */
  #cameFrom = document.activeElement;
  #close = () => {};

  firstUpdated() {
    const dialog = /** @type {HTMLDialogElement} */ (this.querySelector('dialog'));
    this.#close = showModal(dialog, () => this.closed());
    dialog.addEventListener('click', event => {
      if (event.target === dialog) {
        this.close();
      }
    });
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    if (this.#cameFrom instanceof HTMLElement && this.#cameFrom.isConnected) {
      giveFocusBack(this.#cameFrom);
    } else {
      /** @type {HTMLElement|null} */ (document.querySelector('#question'))?.focus();
    }
  }

  close() {
    this.#close();
  }

  /** The dialog was closed, by whatever means. */
  closed() {
    this.app.store.set({ sheet: null });
  }

  /** @param {string} title @param {unknown} content */
  sheet(title, content) {
    return html`<dialog class=${this.kind} aria-label=${title}>
      <div class="sheet-head"><h2>${title}</h2>
        <button class="icon" aria-label=${this.t('app.close')} @click=${this.close}>${icon('close')}</button></div>
      ${content}</dialog>`;
  }
}
