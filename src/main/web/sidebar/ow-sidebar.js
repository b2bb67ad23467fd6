import { html, nothing } from 'lit';
import { Element } from '../app/element.js';
import { icon } from '../app/icons.js';
import { isMac } from '../app/keys.js';
import { menu } from '../app/menu.js';
import './ow-conversation-list.js';
import './ow-selection.js';

/** Where one finds one's conversations, and oneself. */
class OwSidebar extends Element {
  static properties = { ...Element.properties, tasksToday: { state: true } };

  constructor() {
    super();
    this.tasksToday = 0;
  }

  watched() {
    const { session, drawer, route } = this.state;
    return [session.user, drawer, route.screen];
  }

  connectedCallback() {
    super.connectedCallback();
    this.#countTasks();
  }

  /** @param {Map<PropertyKey, unknown>} _changed */
  updated(_changed) {
    const { drawer } = this.state;
    if (drawer && !this.contains(document.activeElement)) {
      /** @type {HTMLElement|null} */ (this.querySelector('.brand button'))?.focus();
    }
  }

  render() {
    const { drawer } = this.state;
    const { app } = this;
    return html`<nav class="side ${drawer ? 'open' : ''}" aria-label=${this.t('sidebar.label')}>
      <div class="brand"><a class="mark" href="/">${icon('logo', 20)}<span>ollama-web</span></a>
        <button class="icon" aria-label=${this.t('sidebar.newChat')} title=${this.t('sidebar.newChat')} @click=${this.#newChat}>${icon('new')}</button></div>
      <button class="search" @click=${() => app.store.set({ sheet: 'search', drawer: false })}>${icon('find', 16)}<span>${this.t('sidebar.search')}</span>
        <kbd class="wideonly">${isMac() ? '⌘' : this.t('keys.name.Ctrl')} K</kbd></button>
      <ow-conversation-list .app=${app}></ow-conversation-list>
      <ow-selection .app=${app}></ow-selection>
      ${this.#me()}
    </nav>`;
  }

  #me() {
    const { user } = this.state.session;
    const name = user?.display_name || user?.email || this.t('sidebar.you');
    return html`<div class="me">
      <button class="me-button" popovertarget="me-menu" aria-haspopup="menu" aria-expanded="false"><span class="ava" aria-hidden="true">${initials(name)}</span><span class="cut">${name}</span></button>
      ${this.tasksToday > 0 ? html`<a class="due" href="/tasks">${this.t('sidebar.tasksToday', { count: this.tasksToday })}</a>` : nothing}
      ${menu('me-menu', name, [
        { icon: 'star', label: this.t('favorites.title'), run: () => this.app.router.go('/favorites') },
        { icon: 'check', label: this.t('selection.title'), run: () => this.#select() },
        { icon: 'archive', label: this.t('archive.title'), run: () => this.app.router.go('/archive') },
        { icon: 'trash', label: this.t('trash.title'), run: () => this.app.router.go('/trash') },
        { icon: 'tasks', label: this.t('tasks.title'), run: () => this.app.router.go('/tasks'), line: true },
        { icon: 'goals', label: this.t('goals.title'), run: () => this.app.router.go('/goals') },
        { icon: 'insights', label: this.t('insights.title'), run: () => this.app.router.go('/insights') },
        { icon: 'usage', label: this.t('usage.title'), run: () => this.app.router.go('/usage'), line: true },
        ...user?.is_admin ? [{ icon: /** @type {const} */ ('people'), label: this.t('admin.title'), run: () => this.app.router.go('/admin') }] : [],
        { icon: 'settings', label: this.t('settings.title'), run: () => this.app.router.go('/settings') },
        { icon: 'keys', label: this.t('keys.title'), run: () => this.app.store.set({ sheet: 'keys', drawer: false }) },
        { icon: 'exit', label: this.t('session.signOut'), run: () => this.#signOut(), line: true },
      ])}</div>`;
  }

  #newChat() {
    this.app.router.go('/');
    requestAnimationFrame(() => /** @type {HTMLElement|null} */ (document.querySelector('#question'))?.focus());
  }

  /** Lets one choose conversations in the list. */
  #select() {
    const isWide = matchMedia('(min-width: 721px)').matches;
    this.app.store.set({ chosen: new Set(), drawer: !isWide });
    requestAnimationFrame(() => /** @type {HTMLElement|null} */ (this.querySelector('.choosing input'))?.focus());
  }

  async #signOut() {
    try {
      await this.app.session.signOut();
    } catch (error) {
      this.app.notices.failed(error);
    }
  }

  async #countTasks() {
    try {
      const { data } = await this.app.api.get('/api/v1/tasks/today', { query: { page_size: 1 } });
      this.tasksToday = data.total;
    } catch {
      this.tasksToday = 0;
    }
  }
}

/** @param {string} name */
function initials(name) {
  const words = name.replace(/@.*/, '').split(/[\s._-]+/).filter(Boolean);
  const letters = words.length > 1 ? [words[0], /** @type {string} */ (words.at(-1))].map(word => [...word][0]) : [...(words[0] ?? '?')].slice(0, 2);
  return letters.join('').toUpperCase();
}

customElements.define('ow-sidebar', OwSidebar);
