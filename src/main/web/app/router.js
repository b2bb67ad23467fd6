/**
 * @typedef {object} Route
 * @property {'chat'|'archive'|'favorites'|'settings'|'tasks'|'goals'|'insights'|'trash'|'usage'|'admin'|'password-reset'|'share'|'unknown'} screen
 * @property {number|null} id        of the conversation, if any
 * @property {number|null} messageId the message to jump to, if any
 * @property {string|null} part      of the screen
 */

const SCREENS = ['archive', 'favorites', 'settings', 'tasks', 'goals', 'insights', 'trash', 'usage', 'admin', 'password-reset'];

/** What is shown, by the address: reload, bookmarks and the back button work by it. */
export class Router {
  /** @type {Set<(route: Route) => void>} */
  #listeners = new Set();

  constructor() {
    window.addEventListener('popstate', () => this.#tell());
    document.addEventListener('click', event => this.#follow(event));
  }

  /** @returns {Route} */
  get route() {
    return parse(location.pathname, location.hash);
  }

  /** @param {(route: Route) => void} listener */
  onChange(listener) {
    this.#listeners.add(listener);
  }

  /** @param {string} address as in {@code /c/12} @param {{ replace?: boolean }} [options] */
  go(address, { replace = false } = {}) {
    if (replace || address === location.pathname + location.hash) {
      history.replaceState(null, '', address);
    } else {
      history.pushState(null, '', address);
    }
    this.#tell();
  }

  #tell() {
    const route = this.route;
    this.#listeners.forEach(listener => listener(route));
  }

  /** Links within the page do not load it anew. @param {MouseEvent} event */
  #follow(event) {
    const link = event.target instanceof Element ? event.target.closest('a') : null;
    const asked = event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey;
    if (!link || asked || event.defaultPrevented || link.target || link.hasAttribute('download') || link.origin !== location.origin) {
      return;
    }
    // Who reads what was shared is in no account, and comes into one by a new document.
    if (!['unknown', 'share'].includes(parse(link.pathname, link.hash).screen)) {
      event.preventDefault();
      this.go(link.pathname + link.hash);
    }
  }
}

/** @param {string} path @param {string} [hash] @returns {Route} */
export function parse(path, hash = '') {
  const [screen = '', id = ''] = path.replace(/^\//, '').split('/');
  if (screen === '') {
    return { screen: 'chat', id: null, messageId: null, part: null };
  }
  if (screen === 'c' && /^[1-9][0-9]{0,14}$/.test(id)) {
    const message = /^#m([1-9][0-9]{0,14})$/.exec(hash);
    return { screen: 'chat', id: Number(id), messageId: message ? Number(message[1]) : null, part: null };
  }
  if (screen === 'share') {
    return { screen, id: null, messageId: null, part: /^[A-Za-z0-9_-]+$/.test(id) ? id : null };
  }
  if (SCREENS.includes(screen)) {
    return { screen: /** @type {Route['screen']} */ (screen), id: null, messageId: null, part: id || null };
  }
  return { screen: 'unknown', id: null, messageId: null, part: null };
}
