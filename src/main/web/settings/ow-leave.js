import { html } from 'lit';
import { Element } from '../app/element.js';
import { confirm } from '../app/ow-confirm.js';

/** Out for now, or for good. */
class OwLeave extends Element {
  render() {
    return html`<div class="section-acts"><button class="btn" @click=${() => this.#do(() => this.app.session.signOut())}>${this.t('session.signOut')}</button>
      <button class="btn danger" @click=${this.#delete}>${this.t('settings.deleteAccount')}</button></div>`;
  }

  async #delete() {
    const agreed = await confirm(this.app, {
      title: this.t('settings.deleteTitle'), text: this.t('settings.deleteText'), action: this.t('settings.deleteAccount') });
    if (agreed) {
      this.#do(async () => {
        await this.app.api.delete('/api/v1/users/me');
        await this.app.session.load();
        this.app.router.go('/', { replace: true });
        this.app.tabs.tell({ kind: 'session' });
      });
    }
  }

  /** @param {() => Promise<void>} act */
  async #do(act) {
    try {
      await act();
    } catch (error) {
      this.app.notices.failed(error);
    }
  }
}

customElements.define('ow-leave', OwLeave);
