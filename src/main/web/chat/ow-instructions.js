import { html, nothing } from 'lit';
import { Dialog } from '../app/dialog.js';
import { instructionsOfNext, keepInstructionsOfNext } from '../store/drafts.js';

const MAX = 4000;

/** What the model is told before the conversation: written by hand, or taken from a template. */
class OwInstructions extends Dialog {
  static properties = { ...Dialog.properties, conversation: { attribute: false }, templates: { state: true }, text: { state: true }, wrong: { state: true } };

  constructor() {
    super();
    /** @type {import('../api/types.js').Conversation|null} null: those of the next conversation */
    this.conversation = null;
    /** @type {import('../api/types.js').PromptTemplate[]} */
    this.templates = [];
    this.text = '';
    this.wrong = '';
  }

  connectedCallback() {
    super.connectedCallback();
    this.text = (this.conversation ? this.conversation.system_prompt : instructionsOfNext()) ?? '';
    this.app.prompts.templates().then(loaded => this.templates = loaded, () => {});
  }

  render() {
    return this.sheet(this.t('instructions.title'), html`<form @submit=${this.#save}>
      <div class="sheet-body"><p>${this.t(this.conversation ? 'instructions.help' : 'instructions.helpNew')}</p>
        <label class="field"><span class="label">${this.t('instructions.template')}</span>
          <select class="input" @change=${this.#choose}><option value="">${this.t('instructions.own')}</option>
            ${this.templates.map(template => html`<option value=${template.id} ?selected=${template.prompt === this.text}>${template.name}</option>`)}</select></label>
        <label class="field"><span class="label">${this.t('instructions.text')}</span>
          <textarea class="input" rows="7" maxlength=${MAX} .value=${this.text} @input=${this.#write}></textarea>
          <span class="help figures">${this.t('instructions.length', { length: this.text.length, max: MAX })}</span>
          ${this.wrong ? html`<span class="wrong" role="alert">${this.wrong}</span>` : nothing}</label></div>
      <div class="sheet-foot"><button type="button" class="btn" @click=${this.close}>${this.t('app.cancel')}</button>
        <button class="btn go">${this.t('app.save')}</button></div></form>`);
  }

  /** @param {Event} event */
  #choose(event) {
    const { value } = /** @type {HTMLSelectElement} */ (event.target);
    this.text = this.templates.find(template => template.id === value)?.prompt ?? '';
  }

  /** @param {Event} event */
  #write(event) {
    this.text = /** @type {HTMLTextAreaElement} */ (event.target).value;
  }

  /** @param {SubmitEvent} event */
  async #save(event) {
    event.preventDefault();
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
