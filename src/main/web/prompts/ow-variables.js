import { html } from 'lit';
import { Dialog } from '../app/dialog.js';

/** Asks for the values of the variables of a prompt. */
class OwVariables extends Dialog {
  static properties = { ...Dialog.properties, question: { attribute: false } };

  constructor() {
    super();
    /** @type {{ name: string, variables: string[], done: (values: ReadonlyMap<string, string>|null) => void }} */
    this.question = /** @type {any} */ (undefined);
    /** @type {ReadonlyMap<string, string>|null} */
    this.values = null;
  }

  render() {
    const { name, variables } = this.question;
    return this.sheet(name, html`<form @submit=${this.#submit} @keydown=${this.#press}>
      <div class="sheet-body"><p>${this.t('prompts.valuesHelp')}</p>
        ${variables.map((variable, i) => html`<label class="field"><span class="label">${variable}</span>
          <textarea class="input" rows="1" name="value-${i}" ?autofocus=${i === 0}></textarea></label>`)}</div>
      <div class="sheet-foot"><button type="button" class="btn" @click=${this.close}>${this.t('app.cancel')}</button>
        <button class="btn go">${this.t('prompts.fillIn')}</button></div></form>`);
  }

  /** As in a question: Enter is enough, Shift Enter makes a new line. @param {KeyboardEvent} event */
  #press(event) {
    if (event.key === 'Enter' && !event.shiftKey && !event.isComposing && event.target instanceof HTMLTextAreaElement && !matchMedia('(pointer: coarse) and (hover: none)').matches) {
      event.preventDefault();
      event.target.form?.requestSubmit();
    }
  }

  /** @param {SubmitEvent} event */
  #submit(event) {
    event.preventDefault();
    const given = new FormData(/** @type {HTMLFormElement} */ (event.target));
    this.values = new Map(this.question.variables.map((variable, i) => [variable, String(given.get(`value-${i}`)).replaceAll('\r\n', '\n')]));
    this.close();
  }

  closed() {
    this.remove();
    this.question.done(this.values);
  }
}

customElements.define('ow-variables', OwVariables);

/**
 * @param {import('../app/services.js').Services} app @param {string} name of the prompt @param {string[]} variables
 * @returns {Promise<ReadonlyMap<string, string>|null>} by variable; null if the person does not want to go on
 */
export function askForValues(app, name, variables) {
  return new Promise(done => {
    const dialog = /** @type {OwVariables} */ (document.createElement('ow-variables'));
    dialog.app = app;
    dialog.question = { name, variables, done };
    document.querySelector('ow-app')?.append(dialog);
  });
}
