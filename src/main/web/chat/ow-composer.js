import { html, nothing } from 'lit';
import { live } from 'lit/directives/live.js';
import { ApiError } from '../api/error.js';
import { Element } from '../app/element.js';
import { icon } from '../app/icons.js';
import { loadLater } from '../app/load-later.js';
import { DRAFT } from '../store/chats.js';
import { draftOf, instructionsOfNext, keepDraft, keepInstructionsOfNext } from '../store/drafts.js';
import { optionsOf } from '../store/request-options.js';
import { openDialog } from './actions.js';
import { ask } from './asking.js';
import './ow-attach.js';
import './ow-attachments.js';
import './ow-gauge.js';

const MAX = 100_000;
/** Typed into an empty field, it asks for a prompt. */
const SLASH = '/';

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
    const { running, models, settings, chats, health, attachments } = this.state;
    return [attachments, chats.get(this.chatId ?? 0)?.messages, running, models, settings.values, chats.get(this.chatId ?? 0)?.conversation, health];
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
        <ow-attachments .app=${this.app} .chat=${this.chatId ?? DRAFT} .model=${model}></ow-attachments>
        <label class="unseen" for="question">${this.t('composer.label')}</label>
        <textarea id="question" rows="1" maxlength=${MAX} placeholder=${this.t('composer.placeholder')} enterkeyhint="send" .value=${live(this.text)}
          @input=${this.#write} @keydown=${this.#press} @paste=${this.#paste}></textarea>
        <div class="bar">
          <ow-attach .app=${this.app} .chat=${this.chatId ?? DRAFT}></ow-attach>
          <button type="button" class="icon" data-act="prompt" aria-label=${this.t('prompts.insert')} title=${this.t('prompts.insert')} aria-haspopup="dialog" @click=${() => this.#insertPrompt()}>${icon('slash')}</button>
          ${this.chatId === null ? this.#instructions() : nothing}
          ${this.#options()}
          <button type="button" class="pill" aria-haspopup="dialog" @click=${() => this.app.store.set({ sheet: 'models' })}>
            <span class="unseen">${this.t('models.choose')}: </span><b class="cut">${model || this.t(models.status === 'loading' ? 'models.loading' : 'models.none')}</b>${icon('down', 14)}</button>
          <ow-gauge .app=${this.app} .message=${this.#lastAnswer}></ow-gauge>
          ${answering
            ? html`<button type="button" class="send" data-act="stop" aria-label=${this.t('composer.stop')} title=${this.t('composer.stop')} @click=${() => this.app.answers.stop(/** @type {number} */ (this.chatId))}>${icon('stop')}</button>`
            : html`<button class="send" data-act="send" aria-label=${this.t('composer.send')} title=${this.t('composer.send')} aria-disabled=${this.text.trim() === '' || !model || this.#isUploading}>${icon('send')}</button>`}
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

  #options() {
    const set = Object.keys(optionsOf(this.chatId)).length > 0;
    const conversation = this.app.chats.get(this.chatId ?? DRAFT)?.conversation ?? null;
    return html`<button type="button" class="icon ${set ? 'on' : ''}" aria-label=${this.t('options.title')} title=${this.t('options.title')}
      aria-haspopup="dialog" @click=${() => openDialog(this.app, 'ow-options', conversation)}>${icon('settings')}</button>`;
  }

  get #lastAnswer() {
    return this.app.chats.get(this.chatId ?? DRAFT)?.messages.findLast(message => message.role === 'assistant' && message.status === 'complete');
  }

  /** Whether a file is still on its way. */
  get #isUploading() {
    return this.app.files.of(this.chatId ?? DRAFT).some(each => each.status === 'loading');
  }

  /** @param {ClipboardEvent} event */
  #paste(event) {
    const files = [...event.clipboardData?.files ?? []];
    if (files.length > 0) {
      event.preventDefault();
      this.app.files.add(this.chatId ?? DRAFT, files);
    }
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
    const wasEmpty = this.text === '';
    this.text = /** @type {HTMLTextAreaElement} */ (event.target).value;
    keepDraft(this.chatId, this.text);
    if (wasEmpty && this.text === SLASH && /^insert(Composition)?Text$/.test(/** @type {InputEvent} */ (event).inputType)) {
      this.#insertPrompt(SLASH);
    }
  }

  /**
   * Puts a prompt in at the caret, or in place of what asked for it; who wants none goes on with that.
   *
   * @param {string} [asked] unless something was written after it in the meantime
   */
  async #insertPrompt(asked) {
    const { chatId, text } = this;
    const { selectionStart: from = 0, selectionEnd: to = 0 } = this.#field ?? {};
    const chosen = await this.#choosePrompt(() => asked === undefined || this.text === asked);
    if (chosen && this.chatId === chatId) {
      const before = asked === undefined ? text.slice(0, from) : '';
      this.#take(before + chosen.text + (asked === undefined ? text.slice(to) : ''));
      await this.updateComplete;
      const end = before.length + chosen.text.length;
      this.#field?.setSelectionRange(end, end);
    }
  }

  /** @param {() => boolean} isWanted asked once the list could be shown */
  async #choosePrompt(isWanted) {
    try {
      await loadLater();
      const { choosePrompt } = await import('../prompts/ow-prompt-chooser.js');
      return isWanted() ? await choosePrompt(this.app) : null;
    } catch (cause) {
      this.app.notices.failed(ApiError.unreachable(cause));
      return null;
    }
  }

  /** @param {KeyboardEvent} event */
  #press(event) {
    if (event.key === 'Enter' && !event.shiftKey && !event.isComposing && !matchMedia('(pointer: coarse) and (hover: none)').matches) {
      event.preventDefault();
      this.#ask();
    } else if (event.key === 'ArrowUp' && this.text === '' && !event.altKey) {
      this.#editLast(event);
    }
  }

  /** @param {Event} event */
  #editLast(event) {
    const last = this.app.chats.get(this.chatId ?? 0)?.messages.findLast(message => message.role === 'user');
    if (last) {
      event.preventDefault();
      const shown = /** @type {import('./ow-message.js').OwMessage|null} */ (document.querySelector(`ow-message[data-id="${last.id}"]`));
      if (!shown?.edit()) {
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
    if (question === '' || answering || this.sending || this.#isUploading) {
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
    const files = this.app.files.take(chatId ?? DRAFT);
    const taken = await ask(this.app, chatId, question, { model, systemPrompt, files }, () => this.#giveBack(chatId, question, files));
    this.sending = false;
    if (taken) {
      keepInstructionsOfNext('');
    }
  }

  /** A question that was not taken is not lost. @param {number|null} chatId @param {string} question @param {import('../api/types.js').FileInfo[]} files */
  #giveBack(chatId, question, files) {
    this.app.files.giveBack(chatId ?? DRAFT, files);
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
