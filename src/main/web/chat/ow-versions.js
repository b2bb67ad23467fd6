import { html, nothing } from 'lit';
import { Element } from '../app/element.js';
import { icon } from '../app/icons.js';

/** Leads from one version of a message to the others, where there are some. */
class OwVersions extends Element {
  static properties = { ...Element.properties, message: { attribute: false } };

  #going = false;

  constructor() {
    super();
    /** @type {import('../api/types.js').Message} */
    this.message = /** @type {any} */ (undefined);
  }

  watched() {
    return [this.state.running];
  }

  render() {
    const { versions = [], id, conversation_id: conversation } = this.message;
    const at = versions.indexOf(id);
    if (versions.length < 2 || at < 0) {
      return nothing;
    }
    const busy = this.state.running.has(conversation ?? 0);
    return html`<span class="versions" role="group" aria-label=${this.t('chat.versions')}>
      <button class="icon" data-act="older" aria-label=${this.t('chat.olderVersion')} ?disabled=${busy || at === 0} @click=${() => this.#go(at - 1, 'older')}>${icon('left', 16)}</button>
      <span class="figures" aria-label=${this.t('chat.version', { at: at + 1, of: versions.length })} role="img">${at + 1} / ${versions.length}</span>
      <button class="icon" data-act="newer" aria-label=${this.t('chat.newerVersion')} ?disabled=${busy || at === versions.length - 1} @click=${() => this.#go(at + 1, 'newer')}>${icon('right', 16)}</button></span>`;
  }

  /** @param {number} at @param {'older'|'newer'} direction */
  async #go(at, direction) {
    const { versions = [], conversation_id: conversation } = this.message;
    if (this.#going || conversation === undefined) {
      return;
    }
    this.#going = true;
    const list = this.closest('ow-message-list');
    try {
      await this.app.messages.choose(conversation, versions[at]);
      this.app.announcer.say(this.t('chat.version', { at: at + 1, of: versions.length }));
      await /** @type {any} */ (list)?.keepAt(versions[at], direction);
    } catch (error) {
      this.app.notices.failed(error);
    } finally {
      this.#going = false;
    }
  }
}

customElements.define('ow-versions', OwVersions);
