import { html } from 'lit';
import { Editor } from '../app/editor.js';

const FIELDS = ['name', 'category', 'content'];

/** All about one prompt; a new one while it has no id. */
class OwPrompt extends Editor {
  static properties = { ...Editor.properties, prompt: { attribute: false } };

  constructor() {
    super();
    /** @type {Partial<import('../api/types.js').Prompt>} */
    this.prompt = {};
  }

  render() {
    const { id, name = '', category, content = '' } = this.prompt;
    const remove = id === undefined ? null
      : () => this.removeAfterAsking(this.t('prompts.deleteTitle'), this.t('prompts.deleteText', { name }), () => this.app.prompts.remove(id));
    return this.sheet(this.t(id === undefined ? 'prompts.new' : 'prompts.one'), html`
      ${this.field('name', this.t('prompts.name'), { value: name, maxlength: 200 })}
      ${this.field('category', this.t('prompts.category'), { value: category ?? '', maxlength: 50, help: this.t('prompts.categoryHelp') })}
      ${this.field('content', this.t('prompts.content'), { value: content, rows: 8, maxlength: 10_000, help: this.t('prompts.contentHelp') })}`,
      event => this.#save(event), remove);
  }

  /** @param {Event} event */
  #save(event) {
    const { name, category, content } = this.given(event);
    this.finish(() => this.app.prompts.save(this.prompt.id, { name: name.trim(), category: category.trim() || null, content: content.replaceAll('\r\n', '\n') }), FIELDS);
  }
}

customElements.define('ow-prompt', OwPrompt);
