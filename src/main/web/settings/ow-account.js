import { html } from 'lit';
import { Form } from '../app/form.js';

/** Who one is here. */
class OwAccount extends Form {
  watched() {
    return [this.state.session.user];
  }

  render() {
    const { user } = this.state.session;
    const zones = Intl.supportedValuesOf('timeZone');
    const zone = user?.timezone ?? 'UTC';
    return html`<form class="section-form" @submit=${this.#save} novalidate>
      ${this.trouble()}
      ${this.field('display_name', this.t('signin.name'), { value: user?.display_name ?? '', autocomplete: 'name', maxlength: 100 })}
      ${this.field('email', this.t('signin.email'), { value: user?.email ?? '', type: 'email', autocomplete: 'email' })}
      ${this.field('timezone', this.t('settings.timezone'), { value: zone, options: [...new Set([zone, 'UTC', ...zones])].map(each => /** @type {[string, string]} */ ([each, each.replaceAll('_', ' ')])) })}
      <div class="section-acts"><button class="btn go" ?disabled=${this.busy}>${this.t('app.save')}</button></div></form>`;
  }

  /** @param {Event} event */
  async #save(event) {
    const given = this.given(event);
    const change = Object.fromEntries(Object.entries(given).map(([name, value]) => [name, value.trim()]).filter(([, value]) => value !== ''));
    const saved = await this.attempt(async () => {
      const { data } = await this.app.api.patch('/api/v1/users/me', change);
      this.app.session.changed(data);
    }, ['display_name', 'email', 'timezone']);
    if (saved) {
      this.app.notices.show(this.t('app.saved'));
    }
  }
}

customElements.define('ow-account', OwAccount);
