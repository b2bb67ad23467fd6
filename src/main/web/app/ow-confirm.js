import { html } from 'lit';
import { Dialog } from './dialog.js';

/** Asks before something is done that cannot be taken back. */
class OwConfirm extends Dialog {
  static properties = { ...Dialog.properties, question: { attribute: false } };

  kind = 'small';

  constructor() {
    super();
    /** @type {{ title: string, text: string, action: string, done: (agreed: boolean) => void }} */
    this.question = /** @type {any} */ (undefined);
    this.agreed = false;
  }

  render() {
    const { title, text, action } = this.question;
    return html`<dialog class=${this.kind} role="alertdialog" aria-labelledby="confirm-title" aria-describedby="confirm-text">
      <div class="sheet-head"><h2 id="confirm-title">${title}</h2></div>
      <div class="sheet-body"><p id="confirm-text">${text}</p></div>
      <div class="sheet-foot"><button class="btn" autofocus @click=${this.close}>${this.t('app.cancel')}</button>
        <button class="btn danger go" @click=${this.#agree}>${action}</button></div></dialog>`;
  }

  #agree() {
    this.agreed = true;
    this.close();
  }

  closed() {
    this.remove();
    this.question.done(this.agreed);
  }
}

customElements.define('ow-confirm', OwConfirm);

/**
 * @param {import('./services.js').Services} app
 * @param {{ title: string, text: string, action: string }} question
 * @returns {Promise<boolean>} whether the person agreed
 */
export function confirm(app, question) {
  return new Promise(done => {
    const dialog = /** @type {OwConfirm} */ (document.createElement('ow-confirm'));
    dialog.app = app;
    dialog.question = { ...question, done };
    document.querySelector('ow-app')?.append(dialog);
  });
}
