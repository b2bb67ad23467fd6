import { html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { Form } from '../app/form.js';
import { icon } from '../app/icons.js';
import { confirm } from '../app/ow-confirm.js';

/** @typedef {import('../api/types.js').Pull} Pull */
/** @typedef {import('../api/types.js').Model} Model */

/** What the lists call Ollama itself; other servers care for their models themselves. */
const OWN = 'ollama';
const LOOK_MS = 1000;
const AFTER_TROUBLE_MS = 5000;

/** For admins: the installed models, and others that are fetched. What is being fetched the server knows, also after a reload. */
class OwModelsCare extends Form {
  static properties = { ...Form.properties, pulls: { state: true }, running: { state: true } };

  #timer = 0;
  /** Pulls that were running while this was shown. @type {Set<number>} */
  #seen = new Set();

  constructor() {
    super();
    /** @type {Pull[]} those that are running, and that were and have failed */
    this.pulls = [];
    /** @type {Set<string>} the names of models that are in memory */
    this.running = new Set();
  }

  watched() {
    return [this.state.models];
  }

  connectedCallback() {
    super.connectedCallback();
    this.#refresh();
    this.#look();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    clearTimeout(this.#timer);
  }

  render() {
    const installed = this.state.models.items.filter(model => (model.upstream ?? OWN) === OWN);
    return html`<form class="section-form inline" @submit=${this.#pull} novalidate>${this.trouble()}
        ${this.field('name', this.t('care.name'), { maxlength: 200, placeholder: 'llama3.2:1b' })}
        <button class="btn" ?disabled=${this.busy}>${icon('export', 16)}${this.t('care.pull')}</button></form>
      ${this.pulls.length === 0 ? nothing : html`<ul role="list" class="things pulls" aria-label=${this.t('care.pulls')}>${repeat(this.pulls, pull => pull.id, pull => this.#pulling(pull))}</ul>`}
      ${installed.length === 0 ? nothing : html`<ul role="list" class="things installed" aria-label=${this.t('care.installed')}>${repeat(installed, model => model.name, model => this.#installed(model))}</ul>`}`;
  }

  /** @param {Pull} pull */
  #pulling(pull) {
    if (pull.status !== 'running') {
      return html`<li class="thing failed"><span class="thing-text"><b>${pull.name}</b><span role="alert">${pull.error}</span></span>
        <button class="icon" aria-label=${this.t('care.again', { name: pull.name })} @click=${() => this.#begin(pull.name)}>${icon('again')}</button></li>`;
    }
    const { size } = this.app.words;
    const far = pull.total > 0 ? `${size.call(this.app.words, pull.completed)} / ${size.call(this.app.words, pull.total)}` : pull.step;
    return html`<li class="thing"><span class="thing-text"><b>${pull.name}</b><span class="figures">${far}</span>
        <progress aria-label=${this.t('care.progress', { name: pull.name })} max=${pull.total || 1} value=${pull.total > 0 ? pull.completed : nothing}></progress></span>
      <button class="icon" aria-label=${this.t('care.end', { name: pull.name })} @click=${() => this.#end(pull)}>${icon('close')}</button></li>`;
  }

  /** @param {Model} model */
  #installed(model) {
    const { name, size, details } = model;
    const isRunning = this.running.has(name);
    const facts = [size ? this.app.words.size(size) : '', details?.parameter_size, details?.quantization_level].filter(Boolean).join(' · ');
    return html`<li class="thing"><span class="thing-text"><b>${name} ${isRunning ? html`<span class="tag">${this.t('care.running')}</span>` : nothing}</b><span class="figures">${facts}</span></span>
      ${isRunning ? html`<button class="icon" aria-label=${this.t('care.unload', { name })} @click=${() => this.#unload(name)}>${icon('stop')}</button>` : nothing}
      <button class="icon" aria-label=${this.t('care.delete', { name })} @click=${() => this.#delete(name)}>${icon('trash')}</button></li>`;
  }

  /** @param {Event} event */
  async #pull(event) {
    const { name } = this.given(event);
    const form = /** @type {HTMLFormElement} */ (event.target);
    if (await this.attempt(() => this.#ask(name.trim()), ['name'])) {
      form.reset();
    }
  }

  /** @param {string} name */
  async #begin(name) {
    try {
      await this.#ask(name);
    } catch (error) {
      this.app.notices.failed(error);
    }
  }

  /** The pull goes on by itself; how far it is is looked up. @param {string} name */
  async #ask(name) {
    const response = await this.app.api.open('POST', '/api/models/pull', { body: { name } });
    response.body?.cancel().catch(() => {});
    this.pulls = this.pulls.filter(pull => pull.name !== name);
    this.#seen.clear();
    await this.#look({ newest: true });
  }

  #look = async ({ newest = false } = {}) => {
    clearTimeout(this.#timer);
    let pause = LOOK_MS;
    try {
      /** @type {{ pulls: Pull[] }} */
      const { pulls } = await this.app.api.get('/api/models/pulls');
      const before = this.pulls.filter(pull => pull.status === 'running').map(pull => pull.id);
      const last = Math.max(...pulls.map(pull => pull.id));
      pulls.filter(pull => pull.status === 'running' || newest && pull.id === last).forEach(pull => this.#seen.add(pull.id));
      this.pulls = pulls.filter(pull => this.#seen.has(pull.id) && pull.status !== 'done' && pull.status !== 'cancelled');
      if (newest || before.some(id => !this.pulls.some(pull => pull.id === id))) {
        this.#refresh();
      }
    } catch {
      pause = AFTER_TROUBLE_MS;
    }
    if (this.isConnected && (pause === AFTER_TROUBLE_MS || this.pulls.some(pull => pull.status === 'running'))) {
      this.#timer = setTimeout(this.#look, pause);
    }
  };

  /** What is installed, and what of it is in memory. */
  async #refresh() {
    this.app.models.forget();
    this.app.models.load({ refresh: true });
    try {
      /** @type {{ models: Model[] }} */
      const { models } = await this.app.api.get('/api/models/running');
      this.running = new Set(models.map(model => model.name));
    } catch {
      this.running = new Set();
    }
  }

  /** @param {Pull} pull */
  async #end(pull) {
    await this.#change(() => this.app.api.delete(`/api/models/pulls/${pull.id}`));
    await this.#look();
  }

  /** @param {string} name */
  #unload(name) {
    return this.#change(() => this.app.api.post(`/api/models/${encodeURIComponent(name)}/unload`));
  }

  /** @param {string} name */
  async #delete(name) {
    if (await confirm(this.app, { title: this.t('care.deleteTitle'), text: this.t('care.deleteText', { name }), action: this.t('care.deleteIt') })) {
      await this.#change(() => this.app.api.delete(`/api/models/${encodeURIComponent(name)}`));
    }
  }

  /** @param {() => Promise<unknown>} change */
  async #change(change) {
    try {
      await change();
      await this.#refresh();
    } catch (error) {
      this.app.notices.failed(error);
    }
  }
}

customElements.define('ow-models-care', OwModelsCare);
