import { html, nothing } from 'lit';
import { ApiError } from '../api/error.js';
import { Element } from '../app/element.js';
import { icon } from '../app/icons.js';
import { sharedMessage } from './message.js';

/** So many messages are drawn at once; the rest follow when nobody waits for anything. */
const AT_ONCE = 30;

/** What a link leads to, for whoever has it: nobody needs to be signed in, and nothing of any account is shown. */
class OwShare extends Element {
  static properties = {
    ...Element.properties, token: { attribute: false }, shared: { state: true }, failed: { state: true },
    drawn: { state: true }, signedIn: { state: true }, copying: { state: true },
  };

  constructor() {
    super();
    /** @type {string|null} null: the address cannot be that of a link */
    this.token = null;
    /** @type {import('../api/types.js').SharedConversation|null} */
    this.shared = null;
    /** @type {unknown} */
    this.failed = null;
    this.drawn = AT_ONCE;
    this.signedIn = false;
    this.copying = false;
  }

  watched() {
    return [this.state.health.server];
  }

  firstUpdated() {
    this.#load();
    this.app.connection.onReturn(() => void this.#load());
    document.addEventListener('visibilitychange', () => {
      if (document.visibilityState === 'visible' && this.shared?.live) {
        this.#load();
      }
    });
  }

  render() {
    const { shared } = this;
    document.title = shared ? `${shared.title} · ollama-web` : 'ollama-web';
    return html`<header class="top"><div class="brand"><a class="mark" href="/" target="_self" aria-label="ollama-web">${icon('logo', 20)}<span>ollama-web</span></a></div>
        <span class="grow"></span>
        ${shared && this.signedIn ? html`<button class="btn" data-act="copy-shared" ?disabled=${this.copying} @click=${this.#copy}>${icon('plus', 16)}${this.t('shared.copy')}</button>` : nothing}
      </header>
      ${this.state.health.server || !shared ? nothing : html`<div class="offline" role="status">${this.t('app.offline')}</div>`}
      <main id="content" class="scroll ${shared ? '' : 'plain'}" tabindex=${shared ? '0' : nothing} aria-busy=${!shared && !this.failed}>${shared ? this.#conversation(shared) : this.#instead()}</main>`;
  }

  updated() {
    if (this.drawn < (this.shared?.messages.length ?? 0)) {
      whenIdle(() => this.drawn += AT_ONCE);
    }
  }

  /** @param {import('../api/types.js').SharedConversation} shared */
  #conversation({ title, model_name: model, live, shared_at: at, messages }) {
    const extent = live ? this.t('shared.live') : this.t('shared.snapshot', { when: this.app.words.moment(at) });
    return html`<div class="col"><div class="shared-title"><h1 tabindex="-1">${title}</h1><p>${this.t('shared.by', { model })} · ${extent}</p></div>
      ${messages.length === 0 ? html`<div class="blank"><b>${this.t('shared.empty')}</b></div>` : nothing}
      ${messages.slice(0, this.drawn).map(message => sharedMessage(this.app, message, model))}</div>`;
  }

  /** What is shown while there is nothing to read, or if there never will be. */
  #instead() {
    const { failed } = this;
    if (failed instanceof ApiError && (failed.status === 404 || failed.status === 422)) {
      return html`<div class="blank">${icon('share')}<h1 class="blank-title">${this.t('shared.nowhere')}</h1><span>${this.t('shared.nowhereHelp')}</span></div>`;
    }
    if (failed) {
      const isAway = failed instanceof ApiError && failed.isUnreachable;
      return html`<div class="blank" role="alert"><h1 class="blank-title">${this.t(isAway ? 'app.serverAway' : 'chat.notLoaded')}</h1>
        <span>${isAway ? this.t('app.serverAwayHelp') : this.app.notices.explain(failed)}</span>
        <button class="btn" @click=${this.#load}>${this.t('app.tryAgain')}</button></div>`;
    }
    return html`<div class="col waiting"><span class="unseen" role="status">${this.t('shared.loading')}</span>
      <div class="ghost right"></div><div class="ghost"></div><div class="ghost"></div><div class="ghost short"></div></div>`;
  }

  /** What is read already stays when the server is away; a link that leads nowhere any more shows nothing. */
  #load = async () => {
    const isFirst = this.shared === null;
    try {
      if (this.token === null) {
        throw new ApiError(404, '');
      }
      this.shared = await this.app.api.get(`/api/shares/${this.token}`);
      this.failed = null;
    } catch (error) {
      this.failed = error;
      if (error instanceof ApiError && error.status === 404) {
        this.shared = null;
      }
    }
    if (isFirst && this.shared) {
      this.#lookWhoReads();
    }
  };

  /** Only whoever is signed in can copy; all others miss nothing. */
  async #lookWhoReads() {
    try {
      const { data } = await this.app.api.get('/api/v1/auth/session');
      this.signedIn = Boolean(data?.user);
    } catch {
      this.signedIn = false;
    }
  }

  async #copy() {
    this.copying = true;
    try {
      const { id } = await this.app.api.post(`/api/shares/${this.token}/copy`);
      location.assign(`/c/${id}`);
    } catch (error) {
      this.copying = false;
      if (error instanceof ApiError && error.status === 401) {
        this.signedIn = false;
        this.app.notices.show(this.t('shared.signInFirst'));
      } else if (error instanceof ApiError && error.status === 404) {
        await this.#load();
      } else {
        this.app.notices.failed(error);
      }
    }
  }
}

/** @param {() => void} work */
function whenIdle(work) {
  if ('requestIdleCallback' in window) {
    requestIdleCallback(work, { timeout: 500 });
  } else {
    setTimeout(work, 50);
  }
}

customElements.define('ow-share', OwShare);
