import { html, nothing } from 'lit';
import { copyText } from '../app/clipboard.js';
import { Element } from '../app/element.js';
import { icon } from '../app/icons.js';

const SERVE = 'ollama serve';
const PULL = 'ollama pull llama3.2:1b';

/** How far the way to the first answer is: the server, Ollama, a model. Looks by itself whether a step is done. */
class OwOllamaSteps extends Element {
  #timer = 0;

  watched() {
    const { health, models } = this.state;
    return [health, models];
  }

  connectedCallback() {
    super.connectedCallback();
    this.#timer = setInterval(() => this.app.models.refreshIfFailed(), 3000);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    clearInterval(this.#timer);
  }

  render() {
    const { health, models } = this.state;
    const away = health.ollama === 'unreachable' || models.error?.status === 503;
    const hasModel = models.items.length > 0 && !away;
    return html`<ul role="list" class="steps" aria-live="polite">
      ${this.#step(true, this.t('steps.server'))}
      ${this.#step(!away, this.t(away ? 'steps.ollamaAway' : 'steps.ollama'), away ? SERVE : null)}
      ${this.#step(hasModel, hasModel ? this.t('steps.models', { count: models.items.length }) : this.t('steps.noModel'), hasModel ? null : PULL)}
    </ul>
    ${away ? html`<p class="steps-help">${this.t('steps.help')} <a href="https://ollama.com/download" target="_blank" rel="noopener noreferrer">ollama.com/download</a></p>` : nothing}`;
  }

  /** @param {boolean} done @param {string} text @param {string|null} [command] */
  #step(done, text, command = null) {
    return html`<li class=${done ? 'done' : ''}><span class="step-mark" role="img" aria-label=${this.t(done ? 'steps.done' : 'steps.open')}>${done ? icon('check', 16) : html`<i></i>`}</span><span>${text}</span>
      ${command ? html`<span class="command"><code>${command}</code><button class="icon" aria-label=${this.t('steps.copy', { command })} @click=${() => this.#copy(command)}>${icon('copy', 15)}</button></span>` : nothing}</li>`;
  }

  /** @param {string} command */
  async #copy(command) {
    await copyText(command);
    this.app.notices.show(this.t('chat.copied'));
  }
}

customElements.define('ow-ollama-steps', OwOllamaSteps);
