import { html, nothing } from 'lit';
import { icon } from '../app/icons.js';
import { Room } from '../app/room.js';
import './ow-account.js';
import './ow-api-keys.js';
import './ow-appearance.js';
import './ow-import.js';
import './ow-leave.js';
import './ow-models-care.js';
import './ow-ollama-settings.js';
import './ow-password.js';
import './ow-plans.js';
import './ow-upstreams.js';
import '../prompts/ow-prompts.js';

const PARTS = ['appearance', 'ollama', 'upstreams', 'models', 'prompts', 'account', 'plans', 'password', 'keys', 'export', 'import', 'leave'];

/** Everything that can be set, in one column. */
class OwSettings extends Room {
  static properties = { ...Room.properties, section: { attribute: false } };

  constructor() {
    super();
    /** @type {string|null} the section to begin at */
    this.section = null;
  }

  watched() {
    const { session, settings } = this.state;
    return [session.user, settings.status];
  }

  render() {
    const { app } = this;
    const { settings } = this.state;
    if (settings.status === 'failed') {
      return this.frame(this.t('settings.title'), this.failure(null, () => app.settings.load()));
    }
    if (settings.status !== 'ready') {
      return this.frame(this.t('settings.title'), this.waiting());
    }
    return this.frame(this.t('settings.title'), html`
      ${this.#section('appearance', html`<ow-appearance .app=${app}></ow-appearance>`)}
      ${this.#section('ollama', html`<ow-ollama-settings .app=${app}></ow-ollama-settings>`)}
      ${this.#section('upstreams', html`<ow-upstreams .app=${app}></ow-upstreams>`)}
      ${this.state.session.user?.is_admin ? this.#section('models', html`<ow-models-care .app=${app}></ow-models-care>`) : nothing}
      ${this.#section('prompts', html`<ow-prompts .app=${app}></ow-prompts>`)}
      ${this.#section('account', html`<ow-account .app=${app}></ow-account>`)}
      ${this.#section('plans', html`<ow-plans .app=${app}></ow-plans>`)}
      ${this.#section('password', html`<ow-password .app=${app}></ow-password>`)}
      ${this.#section('keys', html`<ow-api-keys .app=${app}></ow-api-keys>`)}
      ${this.#section('export', html`<a class="btn" href="/api/export/all" download>${icon('export', 16)}${this.t('settings.exportAll')}</a>`)}
      ${this.#section('import', html`<ow-import .app=${app}></ow-import>`)}
      ${this.#section('leave', html`<ow-leave .app=${app}></ow-leave>`)}`);
  }

  /** @param {Map<PropertyKey, unknown>} changed */
  updated(changed) {
    if (changed.has('section') && this.section !== null && PARTS.includes(this.section)) {
      const heading = /** @type {HTMLElement|null} */ (this.querySelector(`#settings-${this.section}`));
      heading?.scrollIntoView();
      heading?.focus({ preventScroll: true });
    }
  }

  /** @param {string} part @param {unknown} content */
  #section(part, content) {
    return html`<section aria-labelledby="settings-${part}"><h2 id="settings-${part}" tabindex="-1">${this.t(`settings.${part}`)}</h2>
      <p class="section-help">${this.t(`settings.${part}Help`)}</p>${content}</section>`;
  }
}

customElements.define('ow-settings', OwSettings);
