import { html, nothing } from 'lit';
import { live } from 'lit/directives/live.js';
import { Element } from '../app/element.js';
import { icon } from '../app/icons.js';
import { draftOf, instructionsOfNext, keepDraft, keepInstructionsOfNext } from '../store/drafts.js';
import { openDialog } from './actions.js';

const MAX = 100_000;

/** Where one asks. What was begun is kept, for each conversation. */
class OwComposer extends Element {
  static properties = { ...Element.properties, chatId: { attribute: false }, text: { state: true } };

  constructor() {
    super();
    /** @type {number|null} */
    this.chatId = null;
    this.text = '';
    this.sending = false;
    this.addEventListener('instructions', () => this.requestUpdate());
    this.addEventListener('suggest', event => this.#take(/** @type {CustomEvent<string>} */ (event).detail));
  }

  watched() {
    const { running, models, settings, chats, health } = this.state;
    return [running, models, settings.values, chats.get(this.chatId ?? 0)?.conversation, health];
  }

  /** @param {Map<PropertyKey, unknown>} changed */
  willUpdate(changed) {
    if (changed.has('chatId')) {
      this.text = draftOf(this.chatId);
    }
  }

  render() {
    const { running, models } = this.state;
    const answering = this.chatId !== null && running.has(this.chatId);
    const model = this.#model;
    return html`<footer class="ask">
      ${this.#away()}
      <form class="box" @submit=${this.#submit}>
        <label class="unseen" for="question">${this.t('composer.label')}</label>
        <textarea id="question" rows="1" maxlength=${MAX} placeholder=${this.t('composer.placeholder')} enterkeyhint="send" .value=${live(this.text)}
          @input=${this.#write} @keydown=${this.#press}></textarea>
        <div class="bar">
          ${this.chatId === null ? this.#instructions() : nothing}
          <button type="button" class="pill" aria-haspopup="dialog" @click=${() => this.app.store.set({ sheet: 'models' })}>
            <span class="unseen">${this.t('models.choose')}: </span><b class="cut">${model || this.t(models.status === 'loading' ? 'models.loading' : 'models.none')}</b>${icon('down', 14)}</button>
          ${answering
            ? html`<button type="button" class="send" data-act="stop" aria-label=${this.t('composer.stop')} title=${this.t('composer.stop')} @click=${() => this.app.answers.stop(/** @type {number} */ (this.chatId))}>${icon('stop')}</button>`
            : html`<button class="send" data-act="send" aria-label=${this.t('composer.send')} title=${this.t('composer.send')} aria-disabled=${this.text.trim() === '' || !model}>${icon('send')}</button>`}
        </div>
      </form>
      <div class="hint">${this.t('composer.hint')}</div></footer>`;
  }

  updated() {
    this.#fit();
  }

  get #model() {
    return this.app.models.for(this.chatId === null ? null : this.app.chats.get(this.chatId)?.conversation);
  }

  #away() {
    const { health, models } = this.state;
    if (health.server && (health.ollama === 'unreachable' || models.error?.status === 503)) {
      return html`<div class="note away" role="status"><span>${this.t('ollama.away')}</span>
        <a class="btn" href="/settings/ollama">${this.t('ollama.whatToDo')}</a></div>`;
    }
    return nothing;
  }

  #instructions() {
    const set = instructionsOfNext() !== '';
    return html`<button type="button" class="icon ${set ? 'on' : ''}" aria-label=${this.t('instructions.title')} title=${this.t('instructions.title')}
      aria-pressed=${set} @click=${() => openDialog(this.app, 'ow-instructions', null)}>${icon('prompt')}</button>`;
  }

  /** @param {string} text to begin with */
  #take(text) {
    this.text = text;
    keepDraft(this.chatId, text);
    this.#field?.focus();
  }

  get #field() {
    return /** @type {HTMLTextAreaElement|null} */ (this.querySelector('#question'));
  }

  /** @param {Event} event */
  #write(event) {
    this.text = /** @type {HTMLTextAreaElement} */ (event.target).value;
    keepDraft(this.chatId, this.text);
  }

  /** @param {KeyboardEvent} event */
  #press(event) {
    if (event.key === 'Enter' && !event.shiftKey && !event.isComposing && !matchMedia('(pointer: coarse) and (hover: none)').matches) {
      event.preventDefault();
      this.#ask();
    } else if (event.key === 'ArrowUp' && this.text === '' && !event.altKey) {
      const last = this.app.chats.get(this.chatId ?? 0)?.messages.findLast(message => message.role === 'user');
      if (last) {
        event.preventDefault();
        this.#take(last.content);
      }
    }
  }

  /** @param {SubmitEvent} event */
  #submit(event) {
    event.preventDefault();
    this.#ask();
  }

  async #ask() {
    const question = this.text.trim();
    const answering = this.chatId !== null && this.state.running.has(this.chatId);
    if (question === '' || answering || this.sending) {
      return;
    }
    const model = this.#model;
    if (model === '') {
      this.app.store.set({ sheet: 'models' });
      return;
    }
    const chatId = this.chatId;
    this.sending = true;
    this.text = '';
    keepDraft(chatId, '');
    const systemPrompt = chatId === null ? instructionsOfNext() : null;
    const asked = this.app.answers.ask(chatId, question, { model, systemPrompt });
    const taken = await Promise.race([asked, this.#named(chatId)]);
    this.sending = false;
    if (taken) {
      keepInstructionsOfNext('');
    } else {
      this.#giveBack(chatId, question);
    }
    asked.then(result => result || taken === false || this.#giveBack(chatId, question));
  }

  /** @param {number|null} chatId @returns {Promise<true>} once the server has the question */
  #named(chatId) {
    return new Promise(resolve => {
      const unsubscribe = this.app.store.subscribe(({ running, route }) => {
        const id = chatId ?? route.id;
        if (id !== null && running.has(id)) {
          unsubscribe();
          resolve(true);
        }
      });
    });
  }

  /** A question that was not taken is not lost. @param {number|null} chatId @param {string} question */
  #giveBack(chatId, question) {
    if (draftOf(chatId) === '') {
      keepDraft(chatId, question);
      if (this.chatId === chatId) {
        this.text = question;
      }
    }
  }

  /** As high as its text, within reason. */
  #fit() {
    const field = this.#field;
    if (field && !CSS.supports('field-sizing', 'content')) {
      field.style.setProperty('height', 'auto');
      field.style.setProperty('height', `${field.scrollHeight}px`);
    }
  }
}

customElements.define('ow-composer', OwComposer);
