import { html, nothing } from 'lit';
import { Dialog } from '../app/dialog.js';
import { icon } from '../app/icons.js';
import { askForValues } from './ow-variables.js';
import { fillIn, variablesOf } from './variables.js';

/** With fewer than this the list is loaded on while somebody looks for a name. */
const ENOUGH = 20;

/**
 * @typedef {{ name: string, text: string }} Chosen
 * @typedef {Chosen & { about: string, category: string|null }} Entry
 * @typedef {{ title: string, entries: Entry[] }} Group
 */

/** Chooses a prompt by a part of its name: one's own ones, then, where they fit, the templates. */
class OwPromptChooser extends Dialog {
  static properties = { ...Dialog.properties, question: { attribute: false }, templates: { state: true }, filter: { state: true }, at: { state: true } };

  kind = 'high';

  constructor() {
    super();
    /** @type {{ withTemplates: boolean, done: (chosen: Chosen|null) => void }} */
    this.question = /** @type {any} */ (undefined);
    /** @type {import('../api/types.js').PromptTemplate[]} */
    this.templates = [];
    this.filter = '';
    this.at = 0;
    /** @type {Chosen|null} */
    this.chosen = null;
  }

  watched() {
    return [this.state.prompts];
  }

  connectedCallback() {
    super.connectedCallback();
    this.app.prompts.refresh();
    if (this.question.withTemplates) {
      this.app.prompts.templates().then(loaded => this.templates = loaded, () => {});
    }
  }

  render() {
    const groups = this.#groups;
    const entries = groups.flatMap(group => group.entries);
    return this.sheet(this.t(this.question.withTemplates ? 'prompts.choose' : 'prompts.insert'), html`
      <div class="finder"><span class="finder-icon">${icon('find', 17)}</span><input class="finder-input" role="combobox" aria-expanded="true" aria-controls="prompt-list" aria-autocomplete="list"
        aria-activedescendant=${entries.length > 0 ? `prompt-${this.at}` : nothing} aria-label=${this.t('prompts.filter')} placeholder=${this.t('prompts.filter')} maxlength="200" autocomplete="off" spellcheck="false" autofocus
        .value=${this.filter} @input=${this.#write} @keydown=${this.#press}></div>
      ${this.#failure()}
      <div id="prompt-list" role="listbox" class="options" aria-label=${this.t('prompts.title')}>${groups.map((group, i) => this.#group(group, i === 0 ? 0 : groups[0].entries.length))}</div>
      ${this.#status(entries.length)}${this.#foot()}`);
  }

  /** @param {Map<PropertyKey, unknown>} changed */
  updated(changed) {
    if (changed.has('at') || changed.has('filter')) {
      this.querySelector('.option.at')?.scrollIntoView({ block: 'nearest' });
    }
    const { prompts } = this.app;
    if (this.filter.trim() !== '' && prompts.hasMore && this.state.prompts.error === null && this.#own.length < ENOUGH) {
      prompts.loadMore();
    }
  }

  /** @returns {Entry[]} */
  get #own() {
    return this.state.prompts.items.filter(prompt => this.#fits(prompt.name))
      .map(({ name, content, category }) => ({ name, text: content, about: summary(content), category }));
  }

  /** @returns {Group[]} those that have something to show */
  get #groups() {
    const templates = this.templates.filter(template => this.#fits(template.name))
      .map(({ name, prompt, description }) => ({ name, text: prompt, about: description, category: null }));
    return [{ title: this.t('prompts.own'), entries: this.#own }, { title: this.t('prompts.templates'), entries: templates }].filter(group => group.entries.length > 0);
  }

  /** @param {string} name */
  #fits(name) {
    return this.filter.toLowerCase().split(/\s+/).every(word => name.toLowerCase().includes(word));
  }

  /** @param {Group} group @param {number} from the place of its first entry among all */
  #group({ title, entries }, from) {
    return html`<div role="group" class=${this.question.withTemplates ? 'titled' : ''} aria-label=${title}>
      ${entries.map((entry, i) => this.#option(entry, from + i))}</div>`;
  }

  /** @param {Entry} entry @param {number} i */
  #option(entry, i) {
    return html`<div id="prompt-${i}" role="option" class="option ${i === this.at ? 'at' : ''}" aria-selected=${i === this.at}
        @click=${() => this.#choose(entry)} @pointermove=${() => this.at = i}>
      <span class="option-text"><b>${entry.name}</b><span>${entry.about}</span></span>
      ${entry.category ? html`<span class="tag cut">${entry.category}</span>` : nothing}</div>`;
  }

  #failure() {
    const { error } = this.state.prompts;
    return error === null ? nothing : html`<div class="sheet-note note bad"><span>${this.app.notices.explain(error)}</span><button class="btn" @click=${() => this.app.prompts.refresh()}>${this.t('app.tryAgain')}</button></div>`;
  }

  /** @param {number} count */
  #status(count) {
    const { status, loadingMore } = this.state.prompts;
    const isLooking = status === 'loading' || loadingMore;
    const text = count > 0 || status === 'failed' ? '' : this.t(isLooking ? 'prompts.loading' : this.filter.trim() === '' ? 'prompts.none' : 'prompts.noMatch');
    return html`<div role="status">${text ? html`<p class="blank small">${text}</p>` : html`<span class="unseen">${this.filter.trim() === '' || isLooking ? '' : this.t('prompts.count', { count })}</span>`}</div>`;
  }

  /** Whoever fills in instructions does not lose them by going elsewhere. */
  #foot() {
    const { hasMore } = this.app.prompts;
    const isManaged = !this.question.withTemplates;
    return hasMore || isManaged ? html`<div class="finder-more">
      ${hasMore ? html`<button class="btn wide plain" ?disabled=${this.state.prompts.loadingMore} @click=${this.#more}>${this.t('prompts.more')}</button>` : nothing}
      ${isManaged ? html`<a class="btn wide plain" href="/settings/prompts" @click=${this.close}>${this.t('prompts.manage')}</a>` : nothing}</div>` : nothing;
  }

  /** The first of those that come is where one goes on by keyboard. */
  async #more() {
    const before = this.#own.length;
    await this.app.prompts.loadMore();
    if (this.#own.length > before) {
      this.at = before;
      /** @type {HTMLElement|null} */ (this.querySelector('.finder-input'))?.focus();
    }
  }

  /** @param {Event} event */
  #write(event) {
    this.filter = /** @type {HTMLInputElement} */ (event.target).value;
    this.at = 0;
  }

  /** @param {KeyboardEvent} event */
  #press(event) {
    const entries = this.#groups.flatMap(group => group.entries);
    const to = { ArrowDown: this.at + 1, ArrowUp: this.at - 1 }[event.key];
    if (to !== undefined && entries.length > 0) {
      event.preventDefault();
      this.at = (to + entries.length) % entries.length;
    } else if (event.key === 'Enter' && !event.isComposing && entries[this.at]) {
      event.preventDefault();
      this.#choose(entries[this.at]);
    }
  }

  /** @param {Chosen} chosen */
  #choose(chosen) {
    this.chosen = chosen;
    this.close();
  }

  closed() {
    this.remove();
    this.question.done(this.chosen);
  }
}

customElements.define('ow-prompt-chooser', OwPromptChooser);

/** @param {string} content @returns {string} as much of it as a line or two show */
export function summary(content) {
  return content.slice(0, 200);
}

/**
 * Lets a person choose a prompt, and asks for the values of its variables.
 *
 * @param {import('../app/services.js').Services} app @param {{ withTemplates?: boolean }} [options]
 * @returns {Promise<Chosen|null>} with the values filled in; null if the person wants none
 */
export async function choosePrompt(app, { withTemplates = false } = {}) {
  const chosen = /** @type {Chosen|null} */ (await new Promise(done => {
    const dialog = /** @type {OwPromptChooser} */ (document.createElement('ow-prompt-chooser'));
    dialog.app = app;
    dialog.question = { withTemplates, done };
    document.querySelector('ow-app')?.append(dialog);
  }));
  const variables = variablesOf(chosen?.text ?? '');
  if (chosen === null || variables.length === 0) {
    return chosen;
  }
  const values = await askForValues(app, chosen.name, variables);
  return values === null ? null : { name: chosen.name, text: fillIn(chosen.text, values) };
}
