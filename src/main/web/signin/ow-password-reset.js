import { html } from 'lit';
import { Form } from '../app/form.js';
import { icon } from '../app/icons.js';

/** Where the link leads that an admin made for somebody who forgot the password. */
class OwPasswordReset extends Form {
  static properties = { ...Form.properties, done: { state: true } };

  #token = location.hash.slice(1);

  constructor() {
    super();
    this.done = false;
  }

  firstUpdated() {
    document.title = 'ollama-web';
    // Whoever sees the address or the history later does not see the link.
    history.replaceState(history.state, '', location.pathname);
    this.querySelector('input')?.focus();
  }

  render() {
    return html`<main id="content" class="first"><div class="card"><span class="hello-mark">${icon('logo', 34)}</span>
      <h1>${this.t('reset.title')}</h1>
      ${this.done ? html`<p role="status">${this.t('reset.done')}</p><a class="btn go wide" href="/" target="_self">${this.t('reset.toSignIn')}</a>` : html`
        <p>${this.t('reset.help')}</p>
        <form @submit=${this.#save} novalidate>${this.trouble()}
          ${this.field('password', this.t('settings.newPassword'), { type: 'password', autocomplete: 'new-password', help: this.t('signin.passwordHelp') })}
          <button class="btn go wide" ?disabled=${this.busy}>${this.t('reset.submit')}</button></form>`}
      </div></main>`;
  }

  /** @param {Event} event */
  async #save(event) {
    const { password } = this.given(event);
    this.done = await this.attempt(() => this.app.api.post('/api/v1/auth/password-reset', { token: this.#token, password }), ['password']);
  }
}

customElements.define('ow-password-reset', OwPasswordReset);
