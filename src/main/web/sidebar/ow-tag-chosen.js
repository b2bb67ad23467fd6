import { html, nothing } from 'lit';
import { Dialog } from '../app/dialog.js';

/** Files the conversations that are chosen in the list under a word, or takes it from them. */
class OwTagChosen extends Dialog {
  static properties = { ...Dialog.properties, wrong: { state: true }, busy: { state: true } };

  kind = 'small';

  constructor() {
    super();
    this.wrong = '';
    this.busy = false;
  }

  render() {
    const known = [...new Set(this.state.library.items.flatMap(each => each.tags ?? []))].sort();
    return this.sheet(this.t('selection.tag'), html`<form @submit=${(/** @type {Event} */ event) => this.#change(event, 'tag')} novalidate>
      <div class="sheet-body"><label class="field"><span class="label">${this.t('selection.tagLabel')}</span>
        <input class="input" name="tag" autofocus autocomplete="off" maxlength="50" list="known-tags" aria-invalid=${this.wrong ? 'true' : nothing}>
        ${this.wrong ? html`<span class="wrong" role="alert">${this.wrong}</span>` : nothing}</label>
        <datalist id="known-tags">${known.map(tag => html`<option value=${tag}></option>`)}</datalist></div>
      <div class="sheet-foot"><button type="button" class="btn" ?disabled=${this.busy} @click=${(/** @type {Event} */ event) => this.#change(event, 'untag')}>${this.t('selection.untagDo')}</button>
        <button class="btn go" ?disabled=${this.busy}>${this.t('selection.tagDo')}</button></div></form>`);
  }

  /** @param {Event} event @param {'tag'|'untag'} action */
  async #change(event, action) {
    event.preventDefault();
    const tag = /** @type {HTMLInputElement} */ (this.querySelector('[name=tag]')).value.trim();
    this.busy = true;
    try {
      const { done, failed } = await this.app.shelf.change([...this.state.chosen ?? []], action, tag);
      this.app.notices.show(failed.length > 0 ? failed[0].detail : this.t(`selection.done.${action}`, { count: done.length, tag }));
      this.app.store.set({ chosen: null });
      this.close();
    } catch (error) {
      this.wrong = this.app.notices.explain(error, 'tag');
    } finally {
      this.busy = false;
    }
  }

  closed() {
    this.remove();
  }
}

customElements.define('ow-tag-chosen', OwTagChosen);
