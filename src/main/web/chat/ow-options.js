import { html, nothing } from 'lit';
import { Dialog } from '../app/dialog.js';
import { keepOptions, optionsOf } from '../store/request-options.js';

/** The figures that may be set: name, least, most, step. @type {['temperature'|'top_p'|'num_ctx'|'num_predict'|'seed', number, number, number][]} */
const FIGURES = [['temperature', 0, 2, 0.1], ['top_p', 0, 1, 0.05], ['num_ctx', 256, 1048576, 256], ['num_predict', 1, 1048576, 1], ['seed', 0, 2147483647, 1]];
const THINKING = ['', 'true', 'false', 'low', 'medium', 'high'];

/** How the answers of a conversation are made: thinking, warmth, room. */
class OwOptions extends Dialog {
  static properties = { ...Dialog.properties, conversation: { attribute: false }, model: { attribute: false }, abilities: { state: true } };

  constructor() {
    super();
    /** @type {import('../api/types.js').Conversation|null} null: of the next conversation */
    this.conversation = null;
    this.model = '';
    /** @type {string[]|null} of the model; null while they are not known */
    this.abilities = null;
  }

  connectedCallback() {
    super.connectedCallback();
    this.model = this.app.models.for(this.conversation);
    this.app.models.info(this.model).then(info => this.abilities = info.capabilities ?? [], () => this.abilities = []);
  }

  render() {
    const options = optionsOf(this.conversation?.id ?? null);
    return this.sheet(this.t('options.title'), html`<form @submit=${this.#save} @reset=${this.#reset} novalidate>
      <div class="sheet-body"><p>${this.t('options.help', { model: this.model })}</p>
        ${this.abilities?.includes('thinking') ? this.#thinking(options) : nothing}
        <div class="figures-grid">${FIGURES.map(([name, min, max, step]) => html`<label class="field"><span class="label">${this.t(`options.${name}`)}</span>
          <input class="input" type="number" name=${name} min=${min} max=${max} step=${step} inputmode="decimal" placeholder=${this.t('options.byModel')} .value=${String(options[name] ?? '')}>
          <span class="help">${this.t(`options.${name}Help`)}</span></label>`)}</div>
        <label class="check-line"><input type="checkbox" name="json" .checked=${options.json === true}><span>${this.t('options.json')}</span></label></div>
      <div class="sheet-foot"><button type="reset" class="btn plain">${this.t('options.reset')}</button><span class="grow"></span>
        <button type="button" class="btn wideonly" @click=${this.close}>${this.t('app.cancel')}</button><button class="btn go">${this.t('app.save')}</button></div></form>`);
  }

  /** @param {import('../store/request-options.js').RequestOptions} options */
  #thinking({ think }) {
    return html`<label class="field"><span class="label">${this.t('options.think')}</span><select class="input" name="think">
      ${THINKING.map(level => html`<option value=${level} ?selected=${level === String(think ?? '')}>${this.t(`options.think.${level || 'auto'}`)}</option>`)}</select></label>`;
  }

  #reset() {
    keepOptions(this.conversation?.id ?? null, {});
    this.close();
  }

  /** @param {SubmitEvent} event */
  #save(event) {
    event.preventDefault();
    const form = /** @type {HTMLFormElement} */ (event.target);
    const wrong = /** @type {HTMLInputElement|undefined} */ ([...form.elements].find(each => each instanceof HTMLInputElement && !each.validity.valid));
    if (wrong) {
      wrong.reportValidity();
      return;
    }
    const given = new FormData(form);
    /** @type {import('../store/request-options.js').RequestOptions} */
    const options = {};
    for (const [name] of FIGURES) {
      if (given.get(name)) {
        options[name] = Number(given.get(name));
      }
    }
    const think = String(given.get('think') ?? '');
    if (think) {
      options.think = think === 'true' || think === 'false' ? think === 'true' : /** @type {'low'|'medium'|'high'} */ (think);
    }
    if (given.get('json')) {
      options.json = true;
    }
    keepOptions(this.conversation?.id ?? null, options);
    this.close();
  }

  closed() {
    this.remove();
    document.querySelector('ow-composer')?.dispatchEvent(new Event('instructions'));
  }
}

customElements.define('ow-options', OwOptions);
