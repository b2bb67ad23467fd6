import { ApiError } from '../api/error.js';
import { factsOfNew, leadingTo, merge, upTo } from './path.js';
import { blankChat as blank } from './store.js';

/**
 * @typedef {import('./store.js').Chat} Chat
 * @typedef {import('./store.js').Message} Message
 * @typedef {import('./store.js').Conversation} Conversation
 */

/** Stands for a new conversation until the server has made it. */
export const DRAFT = 0;

/** What is asked for at first: a few screens; and further back each time. */
const NEWEST = 200;
const OLDER = 500;
/** Kept when one goes from chat to chat, so that going back is immediate. */
const KEPT = 12;

/** The conversations that are or were open, with their messages. */
export class Chats {
  #unnamed = -1;

  /**
   * @param {import('./store.js').Store} store
   * @param {import('../api/client.js').ApiClient} api
   * @param {import('./library.js').Library} library
   * @param {import('../app/tabs.js').Tabs} tabs
   */
  constructor(store, api, library, tabs) {
    this.store = store;
    this.api = api;
    this.library = library;
    this.tabs = tabs;
  }

  /** @param {number} id */
  get(id) {
    return this.store.state.chats.get(id);
  }

  /** Shows what is known at once, and asks the server what is new. @param {number} id */
  async open(id) {
    const known = this.get(id);
    this.#put(known ?? blank(id));
    await this.refresh(id);
  }

  /** @param {number} id @returns {Promise<boolean>} whether the server answered */
  async refresh(id) {
    if (!this.get(id)) {
      return false;
    }
    try {
      this.#take(id, await this.api.get(`/api/conversations/${id}`, { query: { limit: NEWEST } }));
      return true;
    } catch (error) {
      this.#failed(id, error);
      return false;
    }
  }

  /** Lets the path of a conversation lead to another message. @param {number} id @param {number} messageId */
  async goTo(id, messageId) {
    this.#take(id, await this.api.put(`/api/conversations/${id}`, { current_message_id: messageId }));
    this.tabs.tell({ kind: 'conversation', id });
  }

  /** @param {number} id @param {{ messages: Message[], has_more?: boolean } & Conversation} answer what the server shows of it now */
  #take(id, { messages, has_more: hasMore = false, ...conversation }) {
    const old = this.get(id) ?? blank(id);
    const running = this.store.state.running.get(id);
    if (running !== undefined && old.messages.some(message => message.id === running) && !messages.some(message => message.id === running)) {
      // Another version of an answer is on no path before it is complete.
      this.#change(id, { conversation });
      return;
    }
    const older = leadingTo(messages, old.messages);
    const unnamed = old.messages.filter(message => message.id < 0);
    this.#put({
      ...old, status: 'ready', error: null, conversation,
      messages: [...older, ...merge(old.messages, messages), ...unnamed],
      hasMore: older.length > 0 ? old.hasMore : hasMore,
    });
    this.library.note(conversation);
  }

  /** Loads older messages before those that are there. @param {number} id */
  async loadOlder(id) {
    const chat = this.get(id);
    if (!chat?.hasMore || chat.loadingMore) {
      return;
    }
    this.#change(id, { loadingMore: true });
    try {
      const answer = await this.api.get(`/api/conversations/${id}`, { query: { before: chat.messages[0].id, limit: OLDER } });
      const now = this.get(id) ?? chat;
      this.#change(id, { loadingMore: false, hasMore: answer.has_more ?? false, messages: [...answer.messages, ...now.messages] });
    } catch {
      this.#change(id, { loadingMore: false });
    }
  }

  /** @param {number} id @param {Record<string, unknown>} change as {@code PUT} takes it */
  async update(id, change) {
    const { messages: _, has_more: __, ...conversation } = await this.api.put(`/api/conversations/${id}`, change);
    if (this.get(id)) {
      this.#change(id, { conversation });
    }
    this.library.note(conversation);
    this.tabs.tell({ kind: 'conversation', id });
  }

  /** It is no longer among the conversations. @param {number} id */
  forgetOne(id) {
    this.#drop(id);
    this.library.remove(id);
    this.tabs.tell({ kind: 'conversation', id });
  }

  /** @param {number} id @param {string} content @param {{ parentId?: number|null, files?: Message['files'] }} [more] what it answers to, if not the last message; what goes with it */
  addQuestion(id, content, { parentId, files } = {}) {
    const chat = this.get(id) ?? { ...blank(id), status: /** @type {const} */ ('ready') };
    this.#put({ ...chat, messages: [...upTo(chat.messages, parentId), { id: this.#unnamed--, role: 'user', content, files, status: 'complete', created_at: now() }] });
  }

  /** @param {number} id @param {{ question: string, model: string, systemPrompt: string|null }} made */
  adoptDraft(id, { question, model, systemPrompt }) {
    const draft = this.get(DRAFT) ?? blank(DRAFT);
    const title = question.trim().split('\n')[0].slice(0, 50);
    const conversation = { id, title, model_name: model, system_prompt: systemPrompt, created_at: now(), updated_at: now(), message_count: 1 };
    this.#drop(DRAFT);
    this.#put({ ...draft, id, conversation });
    this.library.note(conversation);
    this.api.get(`/api/conversations/${id}`, { query: { limit: 1 } }).then(({ messages: _, has_more: __, ...named }) => {
      this.#change(id, { conversation: named });
      this.library.note(named);
    }, () => {});
  }

  /** The server has saved the question. @param {number} id @param {number} messageId @param {import('./run.js').Run} run */
  nameQuestion(id, messageId, { before }) {
    const chat = this.get(id);
    if (chat) {
      this.#change(id, { messages: chat.messages.map((message, i, all) => message.id < 0 ? { ...message, ...factsOfNew(id, messageId, all[i - 1], before) } : message) });
    }
  }

  /** @param {number} id @param {number} answerId @param {import('./run.js').Run} run */
  addAnswer(id, answerId, { replaces, saidBefore, model, before }) {
    const chat = this.get(id);
    if (!chat) {
      return;
    }
    const replaced = replaces === null ? -1 : chat.messages.findIndex(message => message.id === replaces);
    const kept = (replaced >= 0 ? chat.messages.slice(0, replaced) : chat.messages).filter(message => message.id !== answerId);
    /** @type {Message} */
    const answer = {
      ...factsOfNew(id, answerId, kept.at(-1), before), ...chat.messages.find(message => message.id === answerId), error: null, stopped: undefined,
      role: 'assistant', content: saidBefore, status: 'streaming', created_at: now(), model_name: model || chat.conversation?.model_name,
    };
    this.#change(id, { messages: [...kept, answer] });
  }

  /** @param {import('./live-answer.js').LiveAnswer} live @param {Partial<Message>} facts */
  finishAnswer(live, facts) {
    const chat = this.get(live.conversationId);
    if (chat) {
      const done = { content: live.text, ...(live.thinking ? { thinking: live.thinking } : {}), ...facts };
      this.#change(live.conversationId, { messages: chat.messages.map(each => each.id === live.id ? { ...each, ...done } : each) });
    }
  }

  /** @param {number} id @param {number} messageId @param {Partial<Message>} change */
  patchMessage(id, messageId, change) {
    const messages = this.get(id)?.messages.map(message => message.id === messageId ? { ...message, ...change } : message);
    if (messages) {
      this.#change(id, { messages });
    }
  }

  /** Takes back a question that the server did not take. @param {number} id @param {Message[]} [before] what was there without it */
  dropUnnamed(id, before) {
    const chat = this.get(id);
    if (id === DRAFT) {
      this.#drop(DRAFT);
    } else if (chat) {
      this.#change(id, { messages: (before ?? chat.messages).filter(message => message.id > 0) });
    }
  }

  /** @param {number} id @param {unknown} error */
  #failed(id, error) {
    const failure = error instanceof ApiError ? error : new ApiError(500, String(error));
    if (failure.status === 404) {
      this.library.remove(id);
    }
    if (this.get(id)?.status !== 'ready' || failure.status === 404) {
      this.#change(id, { status: 'failed', error: failure });
    }
  }

  /** @param {Chat} chat */
  #put(chat) {
    const chats = new Map(this.store.state.chats);
    chats.delete(chat.id);
    chats.set(chat.id, chat);
    for (const id of chats.keys()) {
      if (chats.size <= KEPT) {
        break;
      }
      if (!this.store.state.running.has(id)) {
        chats.delete(id);
      }
    }
    this.store.set({ chats });
  }

  /** @param {number} id @param {Partial<Chat>} change */
  #change(id, change) {
    const chat = this.get(id);
    if (chat) {
      this.store.set({ chats: new Map(this.store.state.chats).set(id, { ...chat, ...change }) });
    }
  }

  /** @param {number} id */
  #drop(id) {
    const chats = new Map(this.store.state.chats);
    chats.delete(id);
    this.store.set({ chats });
  }
}

function now() {
  return new Date().toISOString();
}
