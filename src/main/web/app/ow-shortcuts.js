import { html } from 'lit';
import { Dialog } from './dialog.js';
import { isMac, SHORTCUTS } from './keys.js';

/** All keys at a glance. */
class OwShortcuts extends Dialog {
  render() {
    return this.sheet(this.t('keys.title'), html`<div class="sheet-body" tabindex="0"><dl class="shortcuts">
      ${SHORTCUTS.map(({ keys, name }) => html`<div><dt>${this.t(name)}</dt>
        <dd>${keys.map(key => html`<kbd>${key === 'Ctrl' && isMac() ? '⌘' : this.#name(key)}</kbd> `)}</dd></div>`)}
    </dl></div>`);
  }

  /** @param {string} key */
  #name(key) {
    return /^[A-Z][a-z]/.test(key) ? this.t(`keys.name.${key}`) : key;
  }
}

customElements.define('ow-shortcuts', OwShortcuts);
