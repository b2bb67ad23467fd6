import { html, noChange, nothing } from 'lit';
import { ApiError } from '../api/error.js';
import { Element } from './element.js';

/** A few fields that are saved together; what is wrong stands at the field it is about. */
export class Form extends Element {
  static properties = { ...Element.properties, errors: { state: true }, busy: { state: true } };

  /** The names of the fields that hold what a person has entered and the server has not saved: news must not overwrite them. @type {Set<string>} */
  #entered = new Set();
  /** What was last sent. @type {Record<string, string>} */
  #sent = {};

  constructor() {
    super();
    /** @type {Record<string, string>} what is wrong, by field; '' for the whole */
    this.errors = {};
    this.busy = false;
    this.addEventListener('input', event => this.#entered.add(/** @type {HTMLInputElement} */ (event.target).name));
    this.addEventListener('reset', () => this.#entered.clear());
  }

  /**
   * @param {string} name @param {string} label
   * @param {{ value?: string, type?: string, autocomplete?: string, help?: string, maxlength?: number, placeholder?: string, options?: [string, string][] , rows?: number }} [more]
   */
  field(name, label, { value = '', type = 'text', autocomplete = 'off', help = '', maxlength, placeholder = '', options, rows } = {}) {
    const id = `${this.localName}-${name}`;
    const wrong = this.errors[name];
    const described = wrong ? `${id}-wrong` : help ? `${id}-help` : nothing;
    const invalid = wrong ? 'true' : nothing;
    const isEntered = this.#entered.has(name);
    const control = options
      ? html`<select class="input" id=${id} name=${name} aria-describedby=${described} aria-invalid=${invalid}>${options.map(([key, text]) => html`<option value=${key} ?selected=${isEntered ? noChange : key === value}>${text}</option>`)}</select>`
      : rows ? html`<textarea class="input" id=${id} name=${name} rows=${rows} maxlength=${maxlength ?? nothing} .value=${isEntered ? noChange : value} aria-describedby=${described} aria-invalid=${invalid}></textarea>`
      : html`<input class="input" id=${id} name=${name} type=${type} autocomplete=${autocomplete} maxlength=${maxlength ?? nothing} placeholder=${placeholder || nothing}
          spellcheck="false" .value=${isEntered ? noChange : value} aria-describedby=${described} aria-invalid=${invalid}>`;
    return html`<div class="field"><label class="label" for=${id}>${label}</label>${control}
      ${wrong ? html`<span class="wrong" id="${id}-wrong" role="alert">${wrong}</span>` : help ? html`<span class="help" id="${id}-help">${help}</span>` : nothing}</div>`;
  }

  /** What is wrong with none of the fields alone. */
  trouble() {
    return this.errors[''] ? html`<div class="note bad" role="alert">${this.errors['']}</div>` : nothing;
  }

  /** @param {Event} event @returns {Record<string, string>} */
  given(event) {
    event.preventDefault();
    this.#sent = /** @type {Record<string, string>} */ (Object.fromEntries(new FormData(/** @type {HTMLFormElement} */ (event.target))));
    return this.#sent;
  }

  /** @param {() => Promise<unknown>} attempt @param {string[]} [fields] that errors can be shown at @returns {Promise<boolean>} whether it succeeded */
  async attempt(attempt, fields = []) {
    this.busy = true;
    this.errors = {};
    try {
      await attempt();
      this.#forgetSaved();
      return true;
    } catch (error) {
      this.errors = this.explain(error, fields);
      await this.updateComplete;
      /** @type {HTMLElement|null} */ (this.querySelector('[aria-invalid=true]'))?.focus();
      return false;
    } finally {
      this.busy = false;
    }
  }

  /** What was entered while it was being saved has still to be saved. */
  #forgetSaved() {
    for (const name of this.#entered) {
      const field = /** @type {HTMLInputElement|null} */ (this.querySelector(`[name="${CSS.escape(name)}"]`));
      if (!field || field.value === this.#sent[name]) {
        this.#entered.delete(name);
      }
    }
  }

  /** @param {unknown} error @param {string[]} fields @returns {Record<string, string>} */
  explain(error, fields) {
    if (error instanceof ApiError && error.errors.length > 0) {
      return Object.fromEntries(error.errors.map(each => {
        const name = String(each.loc.at(-1));
        const text = this.app.words.wrong(each.msg);
        return fields.includes(name) ? [name, text] : ['', `${name}: ${text}`];
      }));
    }
    return { '': this.app.notices.explain(error) };
  }
}
