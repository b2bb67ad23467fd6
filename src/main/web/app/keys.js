/**
 * The keys that work everywhere, in the order in which they are explained.
 * @type {{ keys: string[], name: string }[]}
 */
export const SHORTCUTS = [
  { keys: ['Enter'], name: 'keys.send' },
  { keys: ['Shift', 'Enter'], name: 'keys.newline' },
  { keys: ['↑'], name: 'keys.editLast' },
  { keys: ['/'], name: 'keys.prompt' },
  { keys: ['Esc'], name: 'keys.stop' },
  { keys: ['Ctrl', 'K'], name: 'keys.search' },
  { keys: ['Ctrl', 'Shift', 'O'], name: 'keys.newChat' },
  { keys: ['Ctrl', 'Shift', 'M'], name: 'keys.model' },
  { keys: ['Ctrl', 'Shift', 'C'], name: 'keys.copy' },
  { keys: ['Shift', 'Esc'], name: 'keys.question' },
  { keys: ['Alt', '↑', '↓'], name: 'keys.messages' },
  { keys: ['?'], name: 'keys.help' },
];

/** @returns {boolean} whether Command stands where others have Ctrl */
export function isMac() {
  return /Mac|iPhone|iPad/.test(navigator.platform);
}

/** Listens for the keys that work everywhere. */
export class Keys {
  /** @param {import('./services.js').Services} app */
  constructor(app) {
    this.app = app;
    document.addEventListener('keydown', event => this.#press(event));
  }

  /** @param {KeyboardEvent} event */
  #press(event) {
    const { store } = this.app;
    if (store.state.session.status !== 'in' || event.isComposing || event.defaultPrevented) {
      return;
    }
    const action = this.#action(event);
    if (action) {
      event.preventDefault();
      action();
    }
  }

  /** @param {KeyboardEvent} event @returns {(() => void)|null} */
  #action(event) {
    const { store, router, answers } = this.app;
    const { route } = store.state;
    const command = isMac() ? event.metaKey : event.ctrlKey;
    const key = event.key.toLowerCase();
    if (command && !event.shiftKey && key === 'k') {
      return () => store.set({ sheet: store.state.sheet === 'search' ? null : 'search' });
    }
    if (document.querySelector('dialog[open]')) {
      return null;
    }
    if (command && event.shiftKey) {
      switch (key) {
        case 'o': return () => {
          router.go('/');
          requestAnimationFrame(focusQuestion);
        };
        case 'm': return () => store.set({ sheet: 'models' });
        case 'c': return copyLastAnswer;
      }
    }
    if (event.key === 'Escape' && event.shiftKey) {
      return focusQuestion;
    }
    if (event.key === 'Escape' && store.state.chosen !== null) {
      return () => store.set({ chosen: null });
    }
    if (event.key === 'Escape' && store.state.drawer) {
      return () => store.set({ drawer: false });
    }
    if (event.key === 'Escape' && route.id !== null && store.state.running.has(route.id) && !document.querySelector(':popover-open')) {
      return () => void answers.stop(/** @type {number} */ (route.id));
    }
    if (event.altKey && !command && (event.key === 'ArrowUp' || event.key === 'ArrowDown')) {
      return () => moveInMessages(event.key === 'ArrowUp' ? -1 : 1);
    }
    if (event.key === '?' && !isTyping(event.target)) {
      return () => store.set({ sheet: 'keys' });
    }
    return null;
  }
}

function focusQuestion() {
  /** @type {HTMLElement|null} */ (document.querySelector('#question'))?.focus();
}

function copyLastAnswer() {
  const buttons = document.querySelectorAll('ow-message .answer [data-act=copy]');
  /** @type {HTMLElement|undefined} */ (buttons[buttons.length - 1])?.click();
}

/** @param {-1|1} step */
function moveInMessages(step) {
  const list = /** @type {import('../chat/ow-message-list.js').OwMessageList|null} */ (document.querySelector('ow-message-list'));
  list?.moveFocus(step);
}

/** @param {EventTarget|null} target */
function isTyping(target) {
  return target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));
}
