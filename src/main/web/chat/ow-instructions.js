import { html, nothing } from 'lit';
import { Dialog } from '../app/dialog.js';
import { icon } from '../app/icons.js';
import { choosePrompt } from '../prompts/ow-prompt-chooser.js';
import '../prompts/ow-prompt.js';
import { instructionsOfNext, keepInstructionsOfNext } from '../store/drafts.js';

const MAX = 4000;

/** What the model is told before the conversation: written by hand, or taken from a prompt. */
class OwInstructions extends Dialog {
  static properties = { ...Dialog.properties, conversation: { attribute: false }, kept: { state: true }, text: { state: true }, wrong: { state: true } };

  constructor() {
    super();
    /** @type {import('../api/types.js').Conversation|null} null: those of the next conversation */
    this.conversation = null;
    /** Whether the text is being saved as a prompt. */
    this.kept = false;
    this.text = '';
    this.wrong = '';
  }

  connectedCallback() {
    super.connectedCallback();
    this.text = (this.conversation ? this.conversation.system_prompt : instructionsOfNext()) ?? '';
  }

  render() {
    const wrong = this.wrong ? 'true' : nothing;
    return html`${this.sheet(this.t('instructions.title'), html`<form @submit=${this.#save} novalidate>
      <div class="sheet-body"><p>${this.t(this.conversation ? 'instructions.help' : 'instructions.helpNew')}</p>
        <div class="section-acts"><button type="button" class="btn" aria-haspopup="dialog" @click=${this.#choose}>${icon('prompt', 16)}${this.t('prompts.choose')}</button>
          <button type="button" class="btn" aria-haspopup="dialog" ?disabled=${this.text.trim() === ''} @click=${() => this.kept = true}>${icon('plus', 16)}${this.t('prompts.keep')}</button></div>
        <label class="field"><span class="label">${this.t('instructions.text')}</span>
          <textarea class="input" rows="7" maxlength=${MAX} .value=${this.text} aria-invalid=${wrong} @input=${this.#write}></textarea>
          <span class="help figures">${this.t('instructions.length', { length: this.text.length, max: MAX })}</span>
          ${this.wrong ? html`<span class="wrong" role="alert">${this.wrong}</span>` : nothing}</label></div>
      <div class="sheet-foot"><button type="button" class="btn" @click=${this.close}>${this.t('app.cancel')}</button>
        <button class="btn go">${this.t('app.save')}</button></div></form>`)}
      ${this.kept ? html`<ow-prompt .app=${this.app} .prompt=${{ content: this.text }} @closed=${this.#keptIt}></ow-prompt>` : nothing}`;
  }

  async #choose() {
    const chosen = await choosePrompt(this.app, { withTemplates: true });
    if (chosen) {
      this.text = chosen.text;
      this.wrong = this.#tooLong;
      const field = /** @type {HTMLElement|null} */ (this.querySelector('textarea'));
      if (!matchMedia('(pointer: coarse)').matches) {
        field?.focus();
      }
    }
  }

  /** @param {CustomEvent<boolean>} event */
  #keptIt(event) {
    this.kept = false;
    if (event.detail) {
      this.app.notices.show(this.t('app.saved'));
    }
  }

  get #tooLong() {
    const over = this.text.trim().length - MAX;
    return over > 0 ? this.t('instructions.tooLong', { over }) : '';
  }

  /** @param {Event} event */
  #write(event) {
    this.text = /** @type {HTMLTextAreaElement} */ (event.target).value;
    if (this.#tooLong === '') {
      this.wrong = '';
    }
  }

  /** @param {SubmitEvent} event */
  async #save(event) {
    event.preventDefault();
    this.wrong = this.#tooLong;
    if (this.wrong) {
      return;
    }
    try {
      if (this.conversation) {
        await this.app.chats.update(this.conversation.id, { system_prompt: this.text.trim() || null });
      } else {
        keepInstructionsOfNext(this.text.trim());
      }
      this.close();
    } catch (error) {
      this.wrong = this.app.notices.explain(error, 'system_prompt');
    }
  }

  closed() {
    this.remove();
    document.querySelector('ow-composer')?.dispatchEvent(new Event('instructions'));
  }
}

customElements.define('ow-instructions', OwInstructions);
