import { html } from 'lit';
import { Room } from '../app/room.js';
import './ow-accounts.js';
import './ow-audit.js';

/** What admins look after: accounts, and what was done to them. */
class OwAdmin extends Room {
  watched() {
    return [this.state.session.user];
  }

  render() {
    const { app } = this;
    if (!this.state.session.user?.is_admin) {
      return this.frame(this.t('admin.title'), html`<div class="blank"><b>${this.t('admin.only')}</b></div>`);
    }
    return this.frame(this.t('admin.title'), html`
      <section aria-labelledby="admin-accounts"><h2 id="admin-accounts">${this.t('admin.accounts')}</h2>
        <p class="section-help">${this.t('admin.accountsHelp')}</p><ow-accounts .app=${app}></ow-accounts></section>
      <section aria-labelledby="admin-audit"><h2 id="admin-audit">${this.t('admin.audit')}</h2>
        <p class="section-help">${this.t('admin.auditHelp')}</p><ow-audit .app=${app}></ow-audit></section>`);
  }
}

customElements.define('ow-admin', OwAdmin);
