import { html, nothing } from 'lit';
import { Element } from '../app/element.js';
import { icon } from '../app/icons.js';
import '../models/ow-ollama-steps.js';

/** Before the first question: something to begin with, or what is missing for it. */
class OwEmptyChat extends Element {
  watched() {
    const { models, health, session, library } = this.state;
    return [models, health, session.user, library.total];
  }

  render() {
    const { models, health, session } = this.state;
    const ready = models.items.length > 0;
    const name = session.user?.display_name?.split(' ')[0];
    return html`<div class="col hello">
      <span class="hello-mark">${icon('logo', 34)}</span>
      <h2>${name ? this.t('hello.name', { name }) : this.t('hello.anybody')}</h2>
      ${ready ? this.#suggestions() : nothing}
      ${!ready && (models.status === 'ready' || models.status === 'failed' || health.ollama === 'unreachable') ? html`<ow-ollama-steps .app=${this.app}></ow-ollama-steps>` : nothing}
    </div>`;
  }

  #suggestions() {
    return html`<p class="quiet">${this.t('hello.help')}</p><ul role="list" class="suggestions">
      ${[1, 2, 3, 4].map(n => html`<li><button @click=${() => this.#suggest(this.t(`hello.question${n}`))}>${this.t(`hello.question${n}`)}</button></li>`)}</ul>`;
  }

  /** @param {string} text */
  #suggest(text) {
    document.querySelector('ow-composer')?.dispatchEvent(new CustomEvent('suggest', { detail: text }));
  }
}

customElements.define('ow-empty-chat', OwEmptyChat);
