import { ApiClient } from '../api/client.js';
import { AccountEvents } from '../store/account-events.js';
import { Answers } from '../store/answers.js';
import { Chats } from '../store/chats.js';
import { Connection } from '../store/connection.js';
import { Files } from '../store/files.js';
import { Library } from '../store/library.js';
import { Messages } from '../store/messages.js';
import { Models } from '../store/models.js';
import { People } from '../store/people.js';
import { Prompts } from '../store/prompts.js';
import { Session } from '../store/session.js';
import { AccountSettings } from '../store/settings.js';
import { Shelf } from '../store/shelf.js';
import { Store } from '../store/store.js';
import { Words } from '../i18n/words.js';
import { Announcer } from './announcer.js';
import { Notices } from './notices.js';
import { Router } from './router.js';
import { Tabs } from './tabs.js';

/** Everything that components work with, wired by hand; each of them is given it as {@code app}. */
export class Services {
  constructor() {
    this.router = new Router();
    this.api = new ApiClient(undefined, /** @type {any} */ (window).earlyAnswers);
    this.store = new Store(this.router.route);
    this.words = new Words();
    this.tabs = new Tabs();
    this.announcer = new Announcer();
    this.notices = new Notices(this.store, this.words);

    this.connection = new Connection(this.store, this.api);
    this.settings = new AccountSettings(this.store, this.api);
    this.models = new Models(this.store, this.api);
    this.prompts = new Prompts(this.store, this.api);
    this.library = new Library(this.store, this.api, this.tabs);
    this.chats = new Chats(this.store, this.api, this.library, this.tabs);
    this.messages = new Messages(this);
    this.shelf = new Shelf(this);
    this.files = new Files(this);
    this.answers = new Answers(this);
    this.session = new Session(this);
    this.events = new AccountEvents(this);
    this.people = new People(this);
  }

  /**
   * Finds out who is signed in, and keeps up with the address, the other tabs and the network from then on. What was shared
   * is shown to anybody, without an account.
   */
  async start() {
    if (this.router.route.screen === 'share') {
      return;
    }
    this.router.onChange(route => this.store.set({ route, drawer: false }));
    this.tabs.onNews(news => this.#hear(news));
    this.connection.onReturn(() => this.#refresh());
    document.addEventListener('visibilitychange', () => {
      if (document.visibilityState === 'visible') {
        this.#refresh();
      }
    });
    await this.session.load().finally(() => this.api.forgetEarly());
  }

  /** @param {import('./tabs.js').News} news of another tab */
  #hear(news) {
    if (news.kind === 'session') {
      this.session.load();
    } else if (this.store.state.session.status === 'in') {
      this.library.refresh();
      if (news.kind === 'conversation') {
        this.chats.refresh(news.id).then(() => this.answers.followRunning(news.id));
      }
    }
  }

  #refresh() {
    const { session, route } = this.store.state;
    if (session.status === 'failed') {
      this.session.load();
    } else if (session.status === 'in') {
      this.library.refresh();
      this.models.refreshIfFailed();
      const id = route.screen === 'chat' ? route.id : null;
      if (id !== null) {
        this.chats.refresh(id).then(() => this.answers.followRunning(id));
      }
    }
  }
}
