import { html, nothing, svg } from 'lit';
import { keepBeside } from '../app/beside.js';
import { Element } from '../app/element.js';
import { hasContext } from './has-context.js';

const AROUND = 2 * Math.PI * 6.5;
const NEARLY_FULL = 0.8;

/** How much of what the model can read at once the conversation has taken. */
class OwGauge extends Element {
  static properties = { ...Element.properties, message: { attribute: false }, given: { state: true } };

  constructor() {
    super();
    /** @type {import('../api/types.js').Message|undefined} the last answer */
    this.message = undefined;
    /** @type {{ context_length: number|null, messages_left_out: number }|null} what the server kept of it */
    this.given = null;
  }

  /** The end of an answer tells it; after a reload the server is asked. @param {Map<PropertyKey, unknown>} changed */
  willUpdate(changed) {
    const { message } = this;
    if (changed.has('message') && /** @type {typeof message} */ (changed.get('message'))?.id !== message?.id) {
      this.given = null;
      if (message && hasContext(message) && message.context_length === undefined) {
        this.app.messages.context(message.id).then(given => this.message?.id === message.id && (this.given = given), () => {});
      }
    }
  }

  render() {
    const { prompt_tokens: read, tokens_used: said, context_length: room, messages_left_out: left = 0 } = { ...this.message, ...this.given };
    if (!read || !room) {
      return nothing;
    }
    const used = read + (said ?? 0);
    const part = Math.min(1, used / room);
    const say = (/** @type {number} */ figure) => this.app.words.number(figure);
    const text = this.t('gauge.text', { used: say(used), room: say(room), percent: say(Math.round(part * 100)) });
    return html`<button type="button" class="icon gauge ${part > NEARLY_FULL || left > 0 ? 'full' : ''}" aria-label=${text} title=${text} popovertarget="gauge-text">
        <svg viewBox="0 0 20 20" width="18" height="18" aria-hidden="true">${ring(1, 'track')}${ring(part, 'part')}</svg></button>
      <div id="gauge-text" class="bubble" popover @beforetoggle=${this.#place}><b>${this.t('gauge.title')}</b><span class="figures">${text}</span>
        <span>${left > 0 ? this.t('gauge.leftOut', { count: left }) : this.t('gauge.help')}</span></div>`;
  }

  /** @param {Event & { newState?: string }} event */
  #place(event) {
    const bubble = /** @type {HTMLElement} */ (event.currentTarget);
    if (event.newState === 'open') {
      keepBeside(bubble, () => this.querySelector('button'), at => {
        bubble.style.setProperty('bottom', `${innerHeight - at.top + 6}px`);
        bubble.style.setProperty('right', `${Math.max(8, innerWidth - at.right - 40)}px`);
      });
    }
  }
}

/** @param {number} part @param {string} name */
function ring(part, name) {
  return svg`<circle class=${name} cx="10" cy="10" r="6.5" transform="rotate(-90 10 10)" stroke-dasharray="${part * AROUND} ${AROUND}"/>`;
}

customElements.define('ow-gauge', OwGauge);
