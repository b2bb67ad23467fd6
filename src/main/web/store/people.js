/**
 * @typedef {import('../api/types.js').Member} Member
 */

const SOON_MS = 100;
const LATER_MS = 400;

/**
 * Who else is in a conversation. One that others see too is kept up to date while it is shown: by a stream of what happens
 * in it, for as long as somebody looks, since each stream holds a connection.
 */
export class People {
  /** @type {EventSource|null} */
  #source = null;
  /** @type {number|null} the conversation that is followed */
  #followed = null;
  /** @type {Set<number>} the conversations whose members were asked for */
  #asked = new Set();
  #timer = 0;

  /** @param {import('../app/services.js').Services} app */
  constructor(app) {
    this.app = app;
    this.store = app.store;
    this.api = app.api;
    document.addEventListener('visibilitychange', () => this.#look());
    app.store.subscribe(() => this.#look());
  }

  /** @param {number} id @returns {Member[]} its owner and its members, as far as that is known */
  of(id) {
    return this.store.state.people.get(id) ?? [];
  }

  /** @param {number} id @param {number|undefined} userId @returns {string} what another member is called; '' for oneself and where nobody else is */
  nameOf(id, userId) {
    const people = this.of(id);
    const member = userId === undefined || userId === this.store.state.session.user?.id ? undefined : people.find(each => each.user_id === userId);
    return people.length > 1 && member ? this.name(member) : '';
  }

  /** @param {Member} member */
  name(member) {
    return member.display_name || this.app.words.say('members.unnamed', { id: member.user_id });
  }

  /** @param {number} id @returns {Promise<Member[]>} */
  async load(id) {
    const { members } = await this.api.get(`/api/conversations/${id}/members`);
    this.store.set({ people: new Map(this.store.state.people).set(id, members) });
    return members;
  }

  /** @param {number} id @param {string} email @param {string} role */
  async invite(id, email, role) {
    await this.api.post(`/api/conversations/${id}/members`, { email, role });
    await this.load(id);
  }

  /** @param {number} id @param {number} userId @param {string} role */
  async change(id, userId, role) {
    await this.api.patch(`/api/conversations/${id}/members/${userId}`, { role });
    await this.load(id);
  }

  /** @param {number} id @param {number} userId somebody else, or oneself to leave */
  async remove(id, userId) {
    await this.api.delete(`/api/conversations/${id}/members/${userId}`);
    if (userId === this.store.state.session.user?.id) {
      this.app.chats.forgetOne(id);
    } else {
      await this.load(id);
    }
  }

  #look() {
    const { session, route, chats } = this.store.state;
    if (session.status !== 'in') {
      this.#asked.clear();
    }
    const id = session.status === 'in' && route.screen === 'chat' ? route.id : null;
    const isThere = id !== null && chats.get(id)?.status === 'ready';
    if (isThere && !this.#asked.has(id)) {
      this.#asked.add(id);
      this.load(id).catch(() => {});
    }
    const followed = isThere && this.of(id).length > 1 && document.visibilityState === 'visible' ? id : null;
    if (followed !== this.#followed) {
      this.#follow(followed);
    }
  }

  /** @param {number|null} id */
  #follow(id) {
    this.#source?.close();
    this.#source = null;
    this.#followed = id;
    clearTimeout(this.#timer);
    if (id === null) {
      return;
    }
    const source = new EventSource(`/api/conversations/${id}/events`);
    this.#source = source;
    for (const kind of ['message_created', 'answer_started', 'message_updated', 'conversation_updated']) {
      source.addEventListener(kind, () => this.#refresh(id, SOON_MS));
    }
    for (const kind of ['member_joined', 'member_left']) {
      source.addEventListener(kind, () => {
        this.load(id).catch(() => {});
        this.#refresh(id, SOON_MS);
      });
    }
    source.onerror = () => {
      // The stream is refused once one is no member any more: what is shown says so then.
      if (source.readyState === EventSource.CLOSED) {
        this.#refresh(id, SOON_MS);
      }
    };
  }

  /** What is asked or answered here comes by a stream of its own; it is over when its turn has come. @param {number} id @param {number} delay */
  #refresh(id, delay) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(async () => {
      const { chats, running } = this.store.state;
      if (running.has(id) || chats.get(id)?.messages.some(message => message.id < 0)) {
        this.#refresh(id, LATER_MS);
      } else {
        await this.app.chats.refresh(id);
        this.app.answers.followRunning(id);
      }
    }, delay);
  }
}
