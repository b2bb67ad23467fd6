import { html } from 'lit';
import { Element } from '../app/element.js';
import { icon } from '../app/icons.js';

/** The button that lets one choose files for the next question. */
class OwAttach extends Element {
  static properties = { ...Element.properties, chat: { attribute: false } };

  constructor() {
    super();
    this.chat = 0;
  }

  render() {
    return html`<button type="button" class="icon" data-act="attach" aria-label=${this.t('files.add')} title=${this.t('files.add')} @click=${this.#choose}>${icon('clip')}</button>
      <input type="file" multiple hidden tabindex="-1" aria-hidden="true" @change=${this.#chosen}>`;
  }

  get #input() {
    return /** @type {HTMLInputElement} */ (this.querySelector('input'));
  }

  #choose() {
    this.#input.click();
  }

  #chosen() {
    this.app.files.add(this.chat, [...this.#input.files ?? []]);
    this.#input.value = '';
    /** @type {HTMLElement|null} */ (document.querySelector('#question'))?.focus();
  }
}

customElements.define('ow-attach', OwAttach);
