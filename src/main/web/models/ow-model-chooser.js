import { html, nothing } from 'lit';
import { Dialog } from '../app/dialog.js';
import { icon } from '../app/icons.js';
import './ow-ollama-steps.js';

/** Chooses the model to talk to: by name, with its size and what it can do. */
class OwModelChooser extends Dialog {
  static properties = { ...Dialog.properties, filter: { state: true }, at: { state: true }, info: { state: true } };

  kind = 'high';

  constructor() {
    super();
    this.filter = '';
    this.at = -1;
    /** @type {ReadonlyMap<string, import('../api/types.js').ModelInfo>} */
    this.info = new Map();
  }

  watched() {
    const { models, health } = this.state;
    return [models, health.ollama];
  }

  connectedCallback() {
    super.connectedCallback();
    this.app.models.load({ refresh: true });
  }

  render() {
    const { models } = this.state;
    const shown = this.#shown;
    const at = this.#at;
    return this.sheet(this.t('models.title'), html`
      ${models.items.length === 0 ? html`<div class="sheet-body">${models.status === 'loading' || models.status === 'idle' ? html`<p>${this.t('models.loading')}</p>` : html`<ow-ollama-steps .app=${this.app}></ow-ollama-steps>`}</div>` : html`
      <div class="finder"><span class="finder-icon">${icon('find', 17)}</span><input class="finder-input" role="combobox" aria-expanded="true" aria-controls="model-list" aria-autocomplete="list"
        aria-activedescendant=${at >= 0 ? `model-${at}` : nothing} aria-label=${this.t('models.filter')} placeholder=${this.t('models.filter')} autocomplete="off" spellcheck="false" autofocus
        .value=${this.filter} @input=${this.#write} @keydown=${this.#press}></div>
      ${models.status === 'failed' ? html`<div class="sheet-note note bad">${this.t('models.stale')}</div>` : nothing}
      <ul id="model-list" role="listbox" class="options" aria-label=${this.t('models.title')}>${shown.map((model, i) => this.#option(model, i, i === at))}</ul>
      ${shown.length === 0 ? html`<p class="blank small" role="status">${this.t('models.noMatch')}</p>` : nothing}`}`);
  }

  updated() {
    const active = this.querySelector('.option.at');
    active?.scrollIntoView({ block: 'nearest' });
    const model = this.#shown[this.#at];
    if (model && !this.info.has(model.name)) {
      this.#describe(model.name);
    }
  }

  get #current() {
    const { id } = this.state.route;
    return this.app.models.for(id === null ? null : this.app.chats.get(id)?.conversation);
  }

  get #shown() {
    const words = this.filter.toLowerCase().split(/\s+/).filter(Boolean);
    return this.state.models.items.filter(model => words.every(word => model.name.toLowerCase().includes(word)));
  }

  get #at() {
    const shown = this.#shown;
    if (this.at < 0) {
      return Math.max(0, shown.findIndex(model => model.name === this.#current));
    }
    return Math.min(this.at, shown.length - 1);
  }

  /** @param {import('../api/types.js').Model} model @param {number} i @param {boolean} active */
  #option(model, i, active) {
    const { details, size, name, upstream } = model;
    const current = name === this.#current;
    const facts = [upstream === 'ollama' ? null : upstream, details?.parameter_size, details?.quantization_level, size ? this.app.words.size(size) : null].filter(Boolean);
    const abilities = this.info.get(name)?.capabilities?.filter(ability => ability !== 'completion') ?? [];
    return html`<li id="model-${i}" role="option" class="option ${active ? 'at' : ''}" aria-selected=${current}
        @click=${() => this.#choose(name)} @pointermove=${() => this.at = i}>
      <span class="option-text"><b>${name}</b><span class="figures">${facts.join(' · ')}${this.#context(name)}</span></span>
      ${abilities.map(ability => html`<span class="tag">${this.t(`models.can.${ability}`)}</span>`)}
      ${current ? html`<span class="option-check">${icon('check')}</span>` : nothing}</li>`;
  }

  /** @param {string} name */
  #context(name) {
    const facts = this.info.get(name)?.model_info ?? {};
    const key = Object.keys(facts).find(each => each.endsWith('.context_length'));
    const length = key ? Number(facts[key]) : 0;
    return length > 0 ? ` · ${this.t('models.context', { length: this.app.words.number(length / 1024) })}` : '';
  }

  /** @param {string} name */
  async #describe(name) {
    try {
      const info = await this.app.models.info(name);
      this.info = new Map(this.info).set(name, info);
    } catch {
      this.info = new Map(this.info).set(name, {});
    }
  }

  /** @param {Event} event */
  #write(event) {
    this.filter = /** @type {HTMLInputElement} */ (event.target).value;
    this.at = 0;
  }

  /** @param {KeyboardEvent} event */
  #press(event) {
    const shown = this.#shown;
    const to = { ArrowDown: this.#at + 1, ArrowUp: this.#at - 1, Home: 0, End: shown.length - 1 }[event.key];
    if (to !== undefined && shown.length > 0) {
      event.preventDefault();
      this.at = (to + shown.length) % shown.length;
    } else if (event.key === 'Enter' && shown[this.#at]) {
      event.preventDefault();
      this.#choose(shown[this.#at].name);
    }
  }

  /** @param {string} name */
  async #choose(name) {
    const { id } = this.state.route;
    this.close();
    try {
      if (id === null) {
        await this.app.settings.save({ default_model: name });
      } else {
        await this.app.chats.update(id, { model_name: name });
      }
    } catch (error) {
      this.app.notices.failed(error);
    }
  }
}

customElements.define('ow-model-chooser', OwModelChooser);
