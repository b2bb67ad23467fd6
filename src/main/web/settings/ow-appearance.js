import { html } from 'lit';
import { Element } from '../app/element.js';
import { chooseLanguage, readChoice } from '../i18n/words.js';

/** How the page looks and speaks, on this device. */
class OwAppearance extends Element {
  render() {
    const theme = document.documentElement.dataset.theme ?? 'system';
    const language = readChoice() ?? 'system';
    return html`
      ${this.#choice('theme', theme, ['system', 'light', 'dark'], value => this.#setTheme(value))}
      ${this.#choice('language', language, ['system', 'en', 'de'], value => this.#setLanguage(value))}`;
  }

  /** @param {string} name @param {string} current @param {string[]} values @param {(value: string) => void} set */
  #choice(name, current, values, set) {
    return html`<fieldset class="choice"><legend>${this.t(`settings.${name}`)}</legend><div class="choices">
      ${values.map(value => html`<label><input type="radio" name=${name} value=${value} ?checked=${value === current} @change=${() => set(value)}><span>${this.t(`settings.${name}.${value}`)}</span></label>`)}
    </div></fieldset>`;
  }

  /** @param {string} theme */
  #setTheme(theme) {
    if (theme === 'system') {
      localStorage.removeItem('theme');
      delete document.documentElement.dataset.theme;
    } else {
      localStorage.setItem('theme', theme);
      document.documentElement.dataset.theme = theme;
    }
  }

  /** @param {string} language */
  #setLanguage(language) {
    chooseLanguage(language === 'system' ? null : /** @type {'en'|'de'} */ (language));
    location.reload();
  }
}

customElements.define('ow-appearance', OwAppearance);
