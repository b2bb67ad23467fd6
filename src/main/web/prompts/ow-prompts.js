import { html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { Element } from '../app/element.js';
import { icon } from '../app/icons.js';
import { summary } from './ow-prompt-chooser.js';
import './ow-prompt.js';

/** @typedef {import('../api/types.js').Prompt} Prompt */

/** The prompts of an account: texts that are used again and again. */
class OwPrompts extends Element {
  static properties = { ...Element.properties, edited: { state: true } };

  constructor() {
    super();
    /** @type {Partial<Prompt>|null} */
    this.edited = null;
  }

  connectedCallback() {
    super.connectedCallback();
    this.app.prompts.refresh();
  }

  watched() {
    return [this.state.prompts];
  }

  render() {
    return html`${this.#list()}${this.#failure()}
      <div class="section-acts"><button class="btn" @click=${() => this.edited = {}}>${icon('plus', 16)}${this.t('prompts.new')}</button></div>
      ${this.edited ? html`<ow-prompt .app=${this.app} .prompt=${this.edited} @closed=${() => this.edited = null}></ow-prompt>` : nothing}`;
  }

  #list() {
    const { status, items, loadingMore } = this.state.prompts;
    if (status === 'idle' || status === 'loading') {
      return html`<div class="room-waiting" aria-busy="true"><div class="ghost"></div></div>`;
    }
    return items.length === 0 ? nothing : html`<ul role="list" class="things">${repeat(items, prompt => prompt.id, prompt => this.#row(prompt))}</ul>
      ${this.app.prompts.hasMore ? html`<div class="more"><button class="btn" ?disabled=${loadingMore} @click=${() => this.app.prompts.loadMore()}>${this.t('prompts.more')}</button></div>` : nothing}`;
  }

  #failure() {
    const { error } = this.state.prompts;
    return error === null ? nothing : html`<div class="note bad"><span>${this.app.notices.explain(error)}</span><button class="btn" @click=${() => this.app.prompts.refresh()}>${this.t('app.tryAgain')}</button></div>`;
  }

  /** @param {Prompt} prompt */
  #row(prompt) {
    const { name, category, content } = prompt;
    return html`<li class="thing"><button class="thing-text" @click=${() => this.edited = prompt}><b>${name}</b><span class="unseen">${this.t('tasks.edit')}</span>
      <span class="cut">${summary(content)}</span></button>${category ? html`<span class="tag cut">${category}</span>` : nothing}</li>`;
  }
}

customElements.define('ow-prompts', OwPrompts);
