/**
 * @typedef {import('../api/types.js').Conversation} Conversation
 * @typedef {import('../api/types.js').Message} Message
 * @typedef {import('../api/types.js').Model} Model
 * @typedef {import('../api/types.js').User} User
 * @typedef {'idle'|'loading'|'ready'|'failed'} Loading
 *
 * @typedef {object} Chat  a conversation that is, or was, open
 * @property {number} id
 * @property {Loading} status
 * @property {import('../api/error.js').ApiError|null} error
 * @property {Conversation|null} conversation
 * @property {Message[]} messages         oldest first
 * @property {boolean} hasMore            whether there are older ones than these
 * @property {boolean} loadingMore
 *
 * @typedef {object} Library  the list of conversations
 * @property {Loading} status
 * @property {Conversation[]} items       pinned ones first, then most recently updated, as far as they were looked at
 * @property {number} total
 * @property {string|null} tag            only what is filed under it
 * @property {boolean} loadingMore
 *
 * @typedef {object} PromptList  the prompts of an account
 * @property {Loading} status
 * @property {import('../api/types.js').Prompt[]} items   by name, as far as they were looked at
 * @property {number} total
 * @property {boolean} loadingMore
 * @property {unknown} error             of what was asked for last
 *
 * @typedef {object} Toast
 * @property {number} id
 * @property {string} text
 * @property {{ label: string, run: () => void }} [action]
 *
 * @typedef {object} State  all that the page knows
 * @property {{ status: 'loading'|'out'|'in'|'failed', user: User|null, first: boolean|null, open: boolean|null }} session
 * @property {{ server: boolean, ollama: 'unknown'|'ok'|'unreachable' }} health
 * @property {{ status: Loading, items: Model[], error: import('../api/error.js').ApiError|null }} models
 * @property {{ status: Loading, values: Record<string, any>, ollamaUrl: string }} settings
 * @property {Library} library
 * @property {PromptList} prompts
 * @property {ReadonlyMap<number, import('../api/types.js').Member[]>} people  by conversation, its owner and its members
 * @property {ReadonlySet<number>|null} chosen   the conversations that are chosen in the list; null: none are to be
 * @property {ReadonlyMap<number, Chat>} chats
 * @property {ReadonlyMap<number, number>} running   answers in the making: conversation to message
 * @property {ReadonlyMap<number, import('./files.js').Attachment[]>} attachments  by conversation, what goes with the next question
 * @property {import('../app/router.js').Route} route
 * @property {string|null} sheet                     the dialog that is open
 * @property {boolean} drawer                        whether the sidebar covers a small screen
 * @property {Toast[]} toasts
 */

/** The one place where the page's state is kept. A part is replaced, never changed in place. */
export class Store {
  /** @type {Set<(state: State) => void>} */
  #listeners = new Set();
  #state;

  /** @param {import('../app/router.js').Route} route */
  constructor(route) {
    this.#state = initial(route);
  }

  get state() {
    return this.#state;
  }

  /** @param {Partial<State>} parts that are new */
  set(parts) {
    this.#state = { ...this.#state, ...parts };
    this.#listeners.forEach(listener => listener(this.#state));
  }

  /**
   * @param {(state: State) => void} listener called after each change
   * @returns {() => void} ends it
   */
  subscribe(listener) {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** Forgets all that belongs to an account, so that the next one sees nothing of it. */
  forget() {
    const { session, health, route } = this.#state;
    this.set({ ...initial(route), health, session: { ...session, status: 'out', user: null } });
  }
}

/** @param {number} id @returns {Chat} a conversation of which nothing is known yet */
export function blankChat(id) {
  return { id, status: 'loading', error: null, conversation: null, messages: [], hasMore: false, loadingMore: false };
}

/** @param {import('../app/router.js').Route} route @returns {State} */
function initial(route) {
  return {
    session: { status: 'loading', user: null, first: null, open: null },
    health: { server: true, ollama: 'unknown' },
    models: { status: 'idle', items: [], error: null },
    settings: { status: 'idle', values: {}, ollamaUrl: '' },
    library: { status: 'idle', items: [], total: 0, tag: null, loadingMore: false },
    prompts: { status: 'idle', items: [], total: 0, loadingMore: false, error: null },
    chosen: null,
    people: new Map(),
    chats: new Map(),
    running: new Map(),
    attachments: new Map(),
    route,
    sheet: null,
    drawer: false,
    toasts: [],
  };
}
