import { html, nothing } from 'lit';
import { Form } from '../app/form.js';

/** Another password. */
class OwPassword extends Form {
  watched() {
    return [this.state.session.user];
  }

  render() {
    const { user } = this.state.session;
    return html`<form class="section-form" @submit=${this.#save} novalidate>
      ${this.trouble()}
      <input class="unseen" type="text" name="username" autocomplete="username" .value=${user?.email ?? ''} tabindex="-1" aria-hidden="true">
      ${user?.email ? this.field('current_password', this.t('settings.currentPassword'), { type: 'password', autocomplete: 'current-password' }) : nothing}
      ${this.field('new_password', this.t('settings.newPassword'), { type: 'password', autocomplete: 'new-password', help: this.t('signin.passwordHelp') })}
      <div class="section-acts"><button class="btn go" ?disabled=${this.busy}>${this.t('settings.changePassword')}</button></div></form>`;
  }

  /** @param {Event} event */
  async #save(event) {
    const { current_password: current, new_password: fresh } = this.given(event);
    const form = /** @type {HTMLFormElement} */ (event.target);
    const body = { new_password: fresh, ...(current ? { current_password: current } : {}) };
    if (await this.attempt(() => this.app.api.post('/api/v1/users/me/password', body), ['current_password', 'new_password'])) {
      form.reset();
      this.app.notices.show(this.t('settings.passwordChanged'));
    }
  }
}

customElements.define('ow-password', OwPassword);
