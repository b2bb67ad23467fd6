import { html, nothing } from 'lit';
import { openDialog } from '../chat/actions.js';
import { Element } from '../app/element.js';
import { icon } from '../app/icons.js';

/** As many as the server changes at once. */
const MOST = 1000;

/** What can be done with the conversations that are chosen in the list. */
class OwSelection extends Element {
  static properties = { ...Element.properties, busy: { state: true } };

  constructor() {
    super();
    this.busy = false;
  }

  watched() {
    return [this.state.chosen, this.state.library.items];
  }

  render() {
    const { chosen, library } = this.state;
    if (chosen === null) {
      return nothing;
    }
    const none = chosen.size === 0 || this.busy;
    const act = (/** @type {'pin'|'archive'|'trash'} */ action) => html`<button class="icon" ?disabled=${none} aria-label=${this.t(`selection.${action}`)} title=${this.t(`selection.${action}`)}
      @click=${() => this.#change(action)}>${icon(action)}</button>`;
    return html`<div class="selection" role="toolbar" aria-label=${this.t('selection.title')}>
      <span class="cut" role="status">${this.t('selection.count', { count: chosen.size })}</span>
      <button class="link" @click=${this.#all}>${this.t(chosen.size === library.items.length ? 'selection.none' : 'selection.all')}</button><span class="grow"></span>
      ${act('pin')}
      <button class="icon" ?disabled=${none} aria-label=${this.t('selection.tag')} title=${this.t('selection.tag')} aria-haspopup="dialog" @click=${this.#tag}>${icon('tag')}</button>
      ${act('archive')}${act('trash')}
      <button class="icon" aria-label=${this.t('app.cancel')} title=${this.t('app.cancel')} @click=${this.#end}>${icon('close')}</button></div>`;
  }

  /** All that are in the list so far, or none. */
  #all() {
    const { chosen, library } = this.state;
    const ids = chosen?.size === library.items.length ? [] : library.items.slice(0, MOST).map(each => each.id);
    this.app.store.set({ chosen: new Set(ids) });
  }

  #end() {
    this.app.store.set({ chosen: null });
    /** @type {HTMLElement|null} */ (document.querySelector('.me-button'))?.focus();
  }

  #tag() {
    openDialog(this.app, 'ow-tag-chosen', null, () => import('./ow-tag-chosen.js'));
  }

  /** @param {'pin'|'archive'|'trash'} action */
  async #change(action) {
    const known = new Map(this.state.library.items.map(each => [each.id, each]));
    const ids = [...this.state.chosen ?? []].filter(id => action !== 'pin' || !known.get(id)?.pinned);
    this.busy = true;
    if (ids.length === 0) {
      this.#end();
    } else if (await this.#attempt(ids, action)) {
      const undo = /** @type {const} */ ({ pin: 'unpin', archive: 'unarchive', trash: 'restore' })[action];
      this.app.notices.show(this.t(`selection.done.${action}`, { count: ids.length }), { label: this.t('tasks.undo'), run: () => void this.#attempt(ids, undo) });
      if (action === 'trash' && ids.includes(this.state.route.id ?? 0)) {
        this.app.router.go('/', { replace: true });
      }
      this.#end();
    }
    this.busy = false;
  }

  /** @param {number[]} ids @param {'pin'|'unpin'|'archive'|'unarchive'|'trash'|'restore'} action @returns {Promise<boolean>} whether it was done to all that are still there */
  async #attempt(ids, action) {
    try {
      await this.app.shelf.change(ids, action);
      return true;
    } catch (error) {
      this.app.notices.failed(error);
      return false;
    }
  }
}

customElements.define('ow-selection', OwSelection);
