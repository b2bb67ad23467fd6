import { html, nothing } from 'lit';
import { ApiError } from '../api/error.js';
import { Element } from '../app/element.js';
import { icon } from '../app/icons.js';
import './ow-new-key.js';

/** @typedef {'register'|'email'|'key'} Way */

/** The door: a new account, an account that there is, or a key. */
class OwSignin extends Element {
  static properties = { ...Element.properties, way: { state: true }, errors: { state: true }, busy: { state: true }, newKey: { state: true } };

  constructor() {
    super();
    /** @type {Way|null} null: what the server suggests */
    this.way = null;
    /** @type {Record<string, string>} what is wrong, by field; '' for the whole */
    this.errors = {};
    this.busy = false;
    this.newKey = '';
  }

  watched() {
    const { session, health } = this.state;
    return [session, health];
  }

  firstUpdated() {
    document.title = 'ollama-web';
    this.querySelector('input')?.focus();
  }

  render() {
    const { first } = this.state.session;
    return html`<main id="content" class="first"><div class="card">
      <span class="hello-mark">${icon('logo', 34)}</span>
      ${this.newKey ? html`<ow-new-key .app=${this.app} .key=${this.newKey} @kept=${() => this.#try(() => this.app.session.signIn({ api_key: this.newKey }))}></ow-new-key>` : this.#door(first === true)}
    </div></main>`;
  }

  /** @param {boolean} first */
  #door(first) {
    const { open } = this.state.session;
    const way = this.way ?? (first ? 'register' : 'email');
    return html`<h1>${this.t(way === 'register' ? 'signin.titleNew' : 'signin.title')}</h1>
      <p>${this.t(first ? 'signin.firstHelp' : way === 'register' ? 'signin.newHelp' : way === 'key' ? 'signin.keyHelp' : 'signin.help')}</p>
      <form @submit=${this.#submit} novalidate>
        ${this.errors[''] ? html`<div class="note bad" role="alert">${this.errors['']}</div>` : nothing}
        ${way === 'register' ? this.#field('display_name', 'text', 'name', this.t('signin.name')) : nothing}
        ${way === 'key' ? this.#field('api_key', 'password', 'current-password', this.t('signin.key')) : html`
          ${this.#field('email', 'email', 'username', this.t('signin.email'))}
          ${this.#field('password', 'password', way === 'register' ? 'new-password' : 'current-password', this.t('signin.password'), way === 'register' ? this.t('signin.passwordHelp') : '')}`}
        <button class="btn go wide" ?disabled=${this.busy}>${this.t(way === 'register' ? 'signin.register' : 'signin.submit')}</button>
      </form>
      ${this.#others(way, first, open !== false)}
      ${first ? html`${this.#health()}` : nothing}`;
  }

  /** The other ways in; whoever is the first has nothing yet to sign in to. @param {Way} way @param {boolean} first @param {boolean} open */
  #others(way, first, open) {
    const to = (/** @type {Way} */ next, /** @type {string} */ label) => html`<button class="link" @click=${() => this.#turn(next)}>${label}</button>`;
    return html`${way === 'register' ? html`<div class="or">${this.t('signin.or')}</div>
        <button class="btn wide" ?disabled=${this.busy} @click=${() => this.#try(this.#makeKey)}>${this.t('signin.giveKey')}</button>` : nothing}
      ${first ? nothing : html`<div class="ways">${way === 'email' ? nothing : to('email', this.t('signin.byEmail'))}
        ${way === 'key' ? nothing : to('key', this.t('signin.byKey'))}
        ${way === 'register' || !open ? nothing : to('register', this.t('signin.toRegister'))}</div>`}`;
  }

  /** @param {string} name @param {string} type @param {string} autocomplete @param {string} label @param {string} [help] */
  #field(name, type, autocomplete, label, help = '') {
    const wrong = this.errors[name];
    return html`<div class="field"><label class="label" for="f-${name}">${label}</label>
      <input class="input" id="f-${name}" name=${name} type=${type} autocomplete=${autocomplete} autocapitalize="none" spellcheck="false"
        aria-invalid=${wrong ? 'true' : nothing} aria-describedby=${wrong ? `e-${name}` : help ? `h-${name}` : nothing}>
      ${wrong ? html`<span class="wrong" id="e-${name}" role="alert">${wrong}</span>` : help ? html`<span class="help" id="h-${name}">${help}</span>` : nothing}</div>`;
  }

  #health() {
    const { ollama } = this.state.health;
    return html`<ul role="list" class="steps">
      <li class="done"><span class="step-mark">${icon('check', 16)}</span><span>${this.t('steps.server')}</span></li>
      <li class=${ollama === 'ok' ? 'done' : ''}><span class="step-mark">${ollama === 'ok' ? icon('check', 16) : html`<i></i>`}</span>
        <span>${this.t(ollama === 'ok' ? 'steps.ollama' : ollama === 'unknown' ? 'steps.looking' : 'steps.ollamaAway')}</span>
        ${ollama === 'unreachable' ? html`<span class="command"><code>ollama serve</code></span>` : nothing}</li></ul>`;
  }

  /** @param {Way} way */
  async #turn(way) {
    this.way = way;
    this.errors = {};
    await this.updateComplete;
    this.querySelector('input')?.focus();
  }

  #makeKey = async () => {
    this.newKey = await this.app.session.makeKey();
  };

  /** @param {SubmitEvent} event */
  #submit(event) {
    event.preventDefault();
    const given = /** @type {any} */ (Object.fromEntries(new FormData(/** @type {HTMLFormElement} */ (event.target))));
    const empty = Object.keys(given).filter(name => String(given[name]).trim() === '');
    if (empty.length > 0) {
      this.errors = Object.fromEntries(empty.map(name => [name, this.t('signin.required')]));
      this.#toFirstError();
      return;
    }
    this.#try(() => 'display_name' in given ? this.app.session.register(given) : this.app.session.signIn(given));
  }

  /** @param {() => Promise<void>} attempt */
  async #try(attempt) {
    this.busy = true;
    this.errors = {};
    try {
      await attempt();
    } catch (error) {
      this.errors = this.#explain(error);
      this.#toFirstError();
    } finally {
      this.busy = false;
    }
  }

  /** @param {unknown} error @returns {Record<string, string>} */
  #explain(error) {
    if (error instanceof ApiError && error.errors.length > 0) {
      return Object.fromEntries(error.errors.map(each => [String(each.loc.at(-1)), this.app.words.wrong(each.msg)]));
    }
    if (error instanceof ApiError && error.status === 401) {
      return { '': this.t('signin.refused') };
    }
    return { '': this.app.notices.explain(error) };
  }

  async #toFirstError() {
    await this.updateComplete;
    /** @type {HTMLElement|null} */ (this.querySelector('[aria-invalid=true]') ?? this.querySelector('input'))?.focus();
  }
}

customElements.define('ow-signin', OwSignin);
