import { html, nothing } from 'lit';
import { Element } from './element.js';
import { Keys } from './keys.js';
import { prepareWhenIdle } from './load-later.js';
import './ow-toasts.js';
import './ow-shortcuts.js';
import '../chat/ow-chat.js';
import '../models/ow-model-chooser.js';
import '../search/ow-search.js';
import '../sidebar/ow-sidebar.js';
import '../signin/ow-signin.js';

/** Rooms that are fetched when somebody goes there. @type {Record<string, { load: () => Promise<unknown>, show: (app: any, part: string|null) => unknown }>} */
const ROOMS = {
  archive: { load: () => import('../archive/ow-archive.js'), show: app => html`<ow-archive .app=${app}></ow-archive>` },
  favorites: { load: () => import('../favorites/ow-favorites.js'), show: app => html`<ow-favorites .app=${app}></ow-favorites>` },
  share: { load: () => import('../sharing/ow-share.js'), show: (app, part) => html`<ow-share .app=${app} .token=${part}></ow-share>` },
  settings: { load: () => import('../settings/ow-settings.js'), show: (app, part) => html`<ow-settings .app=${app} .section=${part}></ow-settings>` },
  tasks: { load: () => import('../tasks/ow-tasks.js'), show: app => html`<ow-tasks .app=${app}></ow-tasks>` },
  goals: { load: () => import('../goals/ow-goals.js'), show: app => html`<ow-goals .app=${app}></ow-goals>` },
  insights: { load: () => import('../insights/ow-insights.js'), show: app => html`<ow-insights .app=${app}></ow-insights>` },
  trash: { load: () => import('../archive/ow-trash.js'), show: app => html`<ow-trash .app=${app}></ow-trash>` },
  admin: { load: () => import('../admin/ow-admin.js'), show: app => html`<ow-admin .app=${app}></ow-admin>` },
  'password-reset': { load: () => import('../signin/ow-password-reset.js'), show: app => html`<ow-password-reset .app=${app}></ow-password-reset>` },
  usage: { load: () => import('../usage/ow-usage.js'), show: app => html`<ow-usage .app=${app}></ow-usage>` },
};

/** Rooms for whoever has a link, signed in or not. */
const OPEN = ['share', 'password-reset'];

/** The whole page: the sidebar, the screen that the address names, and what lies over them. */
export class OwApp extends Element {
  static properties = { ...Element.properties, roomMissing: { state: true } };

  #shown = '';
  /** @type {Set<string>} */
  #loaded = new Set();

  constructor() {
    super();
    /** A room that could not be fetched. */
    this.roomMissing = '';
  }

  watched() {
    const { session, route, sheet, drawer, health, library } = this.state;
    return [session.status, route, sheet, drawer, health.server, library.status];
  }

  firstUpdated() {
    new Keys(this.app);
  }

  render() {
    return html`
      ${this.#whole()}
      <ow-toasts .app=${this.app}></ow-toasts>
      <div class="unseen" role="status" aria-live="polite" id="announcements"></div>`;
  }

  updated() {
    const { session, library } = this.state;
    if (session.status !== 'loading' || OPEN.some(room => this.#loaded.has(room) || this.roomMissing === room)) {
      document.querySelector('.splash')?.remove();
    }
    if (session.status === 'in' && (library.status === 'ready' || library.status === 'failed') && !OPEN.includes(this.state.route.screen)) {
      prepareWhenIdle(this.app.words);
    }
    const region = this.querySelector('#announcements');
    if (region) {
      this.app.announcer.attach(/** @type {HTMLElement} */ (region));
    }
    this.#keepFocus();
  }

  #whole() {
    const { session, route } = this.state;
    if (OPEN.includes(route.screen)) {
      return html`<div class="shared">${this.#screen(route)}</div>`;
    }
    switch (session.status) {
      case 'in': return this.#inside();
      case 'out': return html`<ow-signin .app=${this.app}></ow-signin>`;
      case 'failed': return this.#away();
      default: return nothing;
    }
  }

  #inside() {
    const { route, sheet, drawer, health } = this.state;
    const app = this.app;
    return html`
      <a class="skip" href="#content" @click=${this.#skip}>${this.t('app.skip')}</a>
      <div class="app ${drawer ? 'with-drawer' : ''}">
        <ow-sidebar .app=${app}></ow-sidebar>
        ${drawer ? html`<div class="veil" @click=${() => app.store.set({ drawer: false })}></div>` : nothing}
        <div class="main" ?inert=${drawer}>
          ${health.server ? nothing : html`<div class="offline" role="status">${this.t('app.offline')}</div>`}
          ${this.#screen(route)}
        </div>
      </div>
      ${sheet === 'search' ? html`<ow-search .app=${app}></ow-search>` : nothing}
      ${sheet === 'models' ? html`<ow-model-chooser .app=${app}></ow-model-chooser>` : nothing}
      ${sheet === 'keys' ? html`<ow-shortcuts .app=${app}></ow-shortcuts>` : nothing}`;
  }

  /** @param {import('./router.js').Route} route */
  #screen(route) {
    if (route.screen === 'chat') {
      return html`<ow-chat .app=${this.app}></ow-chat>`;
    }
    const room = ROOMS[route.screen];
    if (!room) {
      return html`<main id="content" class="room"><div class="blank"><b>${this.t('app.noSuchPage')}</b><a href="/">${this.t('app.toChats')}</a></div></main>`;
    }
    if (!this.#loaded.has(route.screen)) {
      this.#load(route.screen);
      return html`<main id="content" class="room" aria-busy=${this.roomMissing === ''}>${this.roomMissing === route.screen
        ? html`<div class="blank" role="alert"><b>${this.t('room.failed')}</b><button class="btn" @click=${() => this.roomMissing = ''}>${this.t('app.tryAgain')}</button></div>` : nothing}</main>`;
    }
    return room.show(this.app, route.part);
  }

  /** @param {string} screen */
  async #load(screen) {
    if (this.roomMissing === screen) {
      return;
    }
    try {
      await ROOMS[screen].load();
      this.#loaded.add(screen);
      this.requestUpdate();
    } catch {
      this.roomMissing = screen;
    }
  }

  #away() {
    return html`<main id="content" class="first"><div class="card blank"><b>${this.t('app.serverAway')}</b><span>${this.t('app.serverAwayHelp')}</span>
      <button class="btn" @click=${() => this.app.session.load()}>${this.t('app.tryAgain')}</button></div></main>`;
  }

  /** @param {Event} event */
  #skip(event) {
    event.preventDefault();
    /** @type {HTMLElement|null} */ (this.querySelector('#question, h1[tabindex], main'))?.focus();
  }

  /** Whoever moves to another screen by keyboard goes on from there, not from the top of the document. */
  #keepFocus() {
    const { route, session } = this.state;
    const shown = `${session.status}/${route.screen}/${route.id}`;
    if (shown === this.#shown) {
      return;
    }
    const first = this.#shown === '';
    this.#shown = shown;
    if (!first) {
      requestAnimationFrame(() => this.#takeFocus());
    }
  }

  /** A keyboard on the screen opens only for who touches the field. */
  #takeFocus() {
    if (document.activeElement === document.body || document.activeElement === null) {
      const question = matchMedia('(pointer: coarse)').matches ? null : this.querySelector('#question');
      /** @type {HTMLElement|null} */ (question ?? this.querySelector('h1[tabindex]'))?.focus();
    }
  }
}

customElements.define('ow-app', OwApp);
