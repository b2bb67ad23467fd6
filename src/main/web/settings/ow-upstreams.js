import { html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { Form } from '../app/form.js';
import { icon } from '../app/icons.js';
import { confirm } from '../app/ow-confirm.js';

/** @typedef {import('../api/types.js').Upstream} Upstream */

const KINDS = ['openai', 'anthropic', 'ollama'];
const FIELDS = ['name', 'kind', 'url', 'api_key'];

/** More servers with models, beside the account's Ollama. */
class OwUpstreams extends Form {
  static properties = { ...Form.properties, upstreams: { state: true }, failed: { state: true } };

  constructor() {
    super();
    /** @type {Upstream[]|null} */
    this.upstreams = null;
    /** @type {unknown} */
    this.failed = null;
  }

  connectedCallback() {
    super.connectedCallback();
    this.#load();
  }

  watched() {
    return [this.state.session.user];
  }

  render() {
    /** @type {[string, string][]} */
    const kinds = KINDS.map(kind => [kind, this.t(`upstreams.kind.${kind}`)]);
    return html`${this.#list()}
      <form class="section-form" @submit=${this.#add} novalidate>${this.trouble()}
        ${this.field('name', this.t('upstreams.name'), { maxlength: 50, placeholder: this.t('upstreams.example') })}
        ${this.field('kind', this.t('upstreams.kind'), { options: kinds })}
        ${this.field('url', this.t('upstreams.url'), { type: 'url', placeholder: 'https://api.openai.com' })}
        ${this.field('api_key', this.t('upstreams.key'), { type: 'password', autocomplete: 'new-password', help: this.t('upstreams.keyHelp') })}
        ${this.state.session.user?.is_admin ? html`<label class="check-line"><input type="checkbox" name="shared">${this.t('upstreams.share')}</label>` : nothing}
        <div class="section-acts"><button class="btn" ?disabled=${this.busy}>${icon('plus', 16)}${this.t('upstreams.add')}</button></div></form>`;
  }

  #list() {
    if (this.failed) {
      return html`<div class="note bad"><span>${this.app.notices.explain(this.failed)}</span><button class="btn" @click=${this.#load}>${this.t('app.tryAgain')}</button></div>`;
    }
    if (this.upstreams === null) {
      return html`<div class="room-waiting" aria-busy="true"><div class="ghost"></div></div>`;
    }
    return this.upstreams.length === 0 ? nothing : html`<ul role="list" class="things">${repeat(this.upstreams, each => each.id ?? each.name, each => this.#row(each))}</ul>`;
  }

  /** @param {Upstream} upstream */
  #row(upstream) {
    const { name, kind, url, enabled, shared, editable } = upstream;
    return html`<li class="thing"><span class="thing-text"><b>${name}${shared ? html` <span class="tag">${this.t('upstreams.shared')}</span>` : nothing}</b>
      <span>${this.t(`upstreams.kind.${kind}`)} · ${url}${enabled ? nothing : html` · ${this.t('upstreams.off')}`}</span></span>
      ${editable ? html`<button class="btn" aria-label=${this.t(enabled ? 'upstreams.disableIt' : 'upstreams.enableIt', { name })} @click=${() => this.#change(upstream, !enabled)}>${this.t(enabled ? 'upstreams.disable' : 'upstreams.enable')}</button>
        <button class="icon" aria-label=${this.t('upstreams.delete', { name })} @click=${() => this.#remove(upstream)}>${icon('trash')}</button>` : nothing}</li>`;
  }

  #load = async () => {
    try {
      this.upstreams = (await this.app.api.get('/api/upstreams')).upstreams;
      this.failed = null;
    } catch (error) {
      this.failed = error;
    }
  };

  /** @param {Event} event */
  async #add(event) {
    const given = this.given(event);
    const form = /** @type {HTMLFormElement} */ (event.target);
    await this.attempt(async () => {
      await this.app.api.post('/api/upstreams', {
        name: given.name.trim(), kind: given.kind, url: given.url.trim(), api_key: given.api_key || null, shared: given.shared === 'on' });
      form.reset();
      await this.#changed();
    }, FIELDS);
  }

  /** @param {Upstream} upstream @param {boolean} enabled */
  async #change(upstream, enabled) {
    try {
      await this.app.api.patch(`/api/upstreams/${upstream.id}`, { enabled });
      await this.#changed();
    } catch (error) {
      this.app.notices.failed(error);
    }
  }

  /** @param {Upstream} upstream */
  async #remove(upstream) {
    const { name } = upstream;
    if (await confirm(this.app, { title: this.t('upstreams.deleteTitle', { name }), text: this.t('upstreams.deleteText'), action: this.t('app.delete') })) {
      try {
        await this.app.api.delete(`/api/upstreams/${upstream.id}`);
        await this.#changed();
      } catch (error) {
        this.app.notices.failed(error);
      }
    }
  }

  /** Other models are there now. */
  async #changed() {
    await this.#load();
    this.app.models.forget();
    this.app.models.load({ refresh: true });
  }
}

customElements.define('ow-upstreams', OwUpstreams);
