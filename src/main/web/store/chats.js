import { ApiError } from '../api/error.js';

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
      const { messages, has_more: hasMore = false, ...conversation } = await this.api.get(`/api/conversations/${id}`, { query: { limit: NEWEST } });
      const old = this.get(id) ?? blank(id);
      const first = messages[0]?.id ?? Infinity;
      const older = old.hasMore === hasMore || hasMore ? old.messages.filter(message => message.id > 0 && message.id < first) : [];
      const unnamed = old.messages.filter(message => message.id < 0);
      this.#put({
        ...old, status: 'ready', error: null, conversation,
        messages: [...older, ...merge(old.messages, messages), ...unnamed],
        hasMore: older.length > 0 ? old.hasMore : hasMore,
      });
      this.library.note(conversation);
      return true;
    } catch (error) {
      this.#failed(id, error);
      return false;
    }
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

  /** @param {number} id @param {number} messageId @returns {Promise<boolean>} whether the message is there now */
  async loadUntil(id, messageId) {
    for (;;) {
      const chat = this.get(id);
      if (!chat || chat.messages.some(message => message.id === messageId)) {
        return chat !== undefined;
      }
      if (!chat.hasMore || chat.loadingMore || (chat.messages[0]?.id ?? 0) < messageId) {
        return false;
      }
      const before = chat.messages.length;
      await this.loadOlder(id);
      if ((this.get(id)?.messages.length ?? 0) === before) {
        return false;
      }
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

  /** @param {number} id */
  async remove(id) {
    await this.api.delete(`/api/conversations/${id}`);
    this.#drop(id);
    this.library.remove(id);
    this.tabs.tell({ kind: 'conversation', id });
  }

  /** @param {number} id @param {string} content */
  addQuestion(id, content) {
    const chat = this.get(id) ?? { ...blank(id), status: /** @type {const} */ ('ready') };
    this.#put({ ...chat, messages: [...chat.messages, { id: this.#unnamed--, role: 'user', content, status: 'complete', created_at: now() }] });
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

  /** The server has saved the question. @param {number} id @param {number} messageId */
  nameQuestion(id, messageId) {
    const chat = this.get(id);
    if (chat) {
      this.#change(id, { messages: chat.messages.map(message => message.id < 0 ? { ...message, id: messageId } : message) });
    }
  }

  /** @param {number} id @param {number} answerId @param {{ replaces: boolean, saidBefore: string, model: string }} run */
  addAnswer(id, answerId, { replaces, saidBefore, model }) {
    const chat = this.get(id);
    if (!chat) {
      return;
    }
    const lastQuestion = chat.messages.findLastIndex(message => message.role === 'user');
    const kept = (replaces ? chat.messages.slice(0, lastQuestion + 1) : chat.messages).filter(message => message.id !== answerId);
    /** @type {Message} */
    const answer = { id: answerId, role: 'assistant', content: saidBefore, status: 'streaming', created_at: now(), model_name: model || chat.conversation?.model_name };
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

  /** Takes back a question that the server did not take. @param {number} id */
  dropUnnamed(id) {
    const chat = this.get(id);
    if (id === DRAFT) {
      this.#drop(DRAFT);
    } else if (chat) {
      this.#change(id, { messages: chat.messages.filter(message => message.id > 0) });
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

/** @param {number} id @returns {Chat} */
function blank(id) {
  return { id, status: 'loading', error: null, conversation: null, messages: [], hasMore: false, loadingMore: false };
}

/** Keeps the messages that have not changed as they are, so that nothing is drawn anew for them. @param {Message[]} old @param {Message[]} fresh */
function merge(old, fresh) {
  const known = new Map(old.map(message => [message.id, message]));
  return fresh.map(message => {
    const before = known.get(message.id);
    if (!before) {
      return message;
    }
    const running = message.status === 'streaming' && before.status === 'streaming';
    const same = before.status === message.status && before.content === message.content && (before.tokens_used ?? null) === (message.tokens_used ?? null);
    return running || same ? before : { ...before, ...message };
  });
}

function now() {
  return new Date().toISOString();
}
