import { html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { Element } from './element.js';

/** Short notices; also above open dialogs. */
class OwToasts extends Element {
  watched() {
    return [this.state.toasts];
  }

  render() {
    const { toasts } = this.state;
    return html`<div class="toasts" popover="manual" role="status" aria-live="polite">
      ${repeat(toasts, toast => toast.id, toast => html`<div class="toast"><span>${toast.text}</span>
        ${toast.action ? html`<button @click=${() => this.#act(toast)}>${toast.action.label}</button>` : nothing}
        <button aria-label=${this.t('app.dismiss')} @click=${() => this.app.notices.dismiss(toast.id)}>✕</button></div>`)}
    </div>`;
  }

  updated() {
    const layer = /** @type {HTMLElement} */ (this.querySelector('.toasts'));
    const wanted = this.state.toasts.length > 0;
    if (layer.matches(':popover-open')) {
      layer.hidePopover();
    }
    if (wanted) {
      layer.classList.toggle('beside-dialog', document.querySelector('dialog:modal') !== null);
      layer.showPopover();
    }
  }

  /** @param {import('../store/store.js').Toast} toast */
  #act(toast) {
    this.app.notices.dismiss(toast.id);
    toast.action?.run();
  }
}

customElements.define('ow-toasts', OwToasts);
