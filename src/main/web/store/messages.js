import { newestEnd } from './path.js';

/** @typedef {import('../api/types.js').Message} Message */

/** What can be done with a single message: its versions, marks, and what begins or ends with it. */
export class Messages {
  /** @type {Map<number, number>} the newest version of each conversation that is known to be finished */
  #finished = new Map();

  /** @param {import('../app/services.js').Services} app */
  constructor(app) {
    this.app = app;
    this.api = app.api;
    this.chats = app.chats;
  }

  /** Shows another version of a message, and what was said after it last. @param {number} conversationId @param {number} messageId */
  async choose(conversationId, messageId) {
    const { messages: tree } = await this.api.get(`/api/conversations/${conversationId}`, { query: { all: true } });
    await this.chats.goTo(conversationId, newestEnd(tree, messageId));
  }

  /**
   * Shows a version that was just made. The server leads through it by itself once it is complete; one that was stopped is
   * shown all the same.
   *
   * @param {import('./live-answer.js').LiveAnswer} live @param {boolean} complete
   */
  async showNew({ conversationId, id, text }, complete) {
    try {
      await (complete || text === '' ? this.chats.refresh(conversationId) : this.chats.goTo(conversationId, id));
    } catch {
      await this.chats.refresh(conversationId);
    }
  }

  /**
   * Finds the version of an answer that is in the making beside the one that is shown.
   *
   * @param {number} conversationId
   * @returns {Promise<{ message: Message, replaces: number }|null>} replaces: the version that is shown
   */
  async findRunningVersion(conversationId) {
    const shown = this.chats.get(conversationId)?.messages.findLast(message => message.role === 'assistant' && (message.versions?.at(-1) ?? 0) > message.id);
    const newest = shown?.versions?.at(-1) ?? 0;
    if (!shown || this.#finished.get(conversationId) === newest) {
      return null;
    }
    try {
      const { messages: tree } = await this.api.get(`/api/conversations/${conversationId}`, { query: { all: true } });
      const message = tree.find((/** @type {Message} */ each) => each.id === newest);
      if (message?.status === 'streaming') {
        return { message, replaces: shown.id };
      }
      this.#finished.set(conversationId, newest);
    } catch {
      // The next look may tell.
    }
    return null;
  }

  /** Loads what is needed to show a message, on whatever branch it is. @param {number} conversationId @param {number} messageId @returns {Promise<boolean>} whether it is there now */
  async reach(conversationId, messageId) {
    if (await this.#loadUntil(conversationId, messageId)) {
      return true;
    }
    if (this.chats.get(conversationId)?.messages.at(-1)?.versions === undefined || this.app.store.state.running.has(conversationId)) {
      return false;
    }
    try {
      await this.choose(conversationId, messageId);
    } catch {
      return false;
    }
    return this.#loadUntil(conversationId, messageId);
  }

  /** @param {number} id @param {number} messageId */
  async #loadUntil(id, messageId) {
    for (;;) {
      const chat = this.chats.get(id);
      if (!chat || chat.messages.some(message => message.id === messageId)) {
        return chat !== undefined;
      }
      const before = chat.messages.length;
      if (!chat.hasMore || chat.loadingMore || (chat.messages[0]?.id ?? 0) < messageId) {
        return false;
      }
      await this.chats.loadOlder(id);
      if ((this.chats.get(id)?.messages.length ?? 0) === before) {
        return false;
      }
    }
  }

  /** @param {number} conversationId @param {Message} message */
  async toggleFavorite(conversationId, message) {
    const favorite = !message.favorite;
    await this.#mark(conversationId, message, { favorite }, favorite
      ? () => this.api.put(`/api/messages/${message.id}/favorite`, {})
      : () => this.api.delete(`/api/messages/${message.id}/favorite`));
  }

  /** @param {number} conversationId @param {Message} message @param {string|null} reaction null: none any more */
  async react(conversationId, message, reaction) {
    await this.#mark(conversationId, message, { reaction }, () => this.api.put(`/api/messages/${message.id}/reaction`, { reaction }));
  }

  /** @param {number} messageId of an answer @returns {Promise<import('../api/types.js').AnswerContext>} */
  context(messageId) {
    return this.api.get(`/api/messages/${messageId}/context`);
  }

  /** Deletes a message and all that was said after it. @param {number} conversationId @param {Message} message */
  async remove(conversationId, message) {
    await this.api.delete(`/api/messages/${message.id}`);
    await this.chats.refresh(conversationId);
    this.app.tabs.tell({ kind: 'conversation', id: conversationId });
  }

  /** @param {number} conversationId @param {number} messageId the last one that the copy has @returns {Promise<number>} the copy */
  async fork(conversationId, messageId) {
    const { id } = await this.api.post(`/api/conversations/${conversationId}/fork`, { message_id: messageId });
    await this.app.library.refresh();
    return id;
  }

  /** Shows the change at once, and takes it back if the server does not. @param {number} conversationId @param {Message} message @param {Partial<Message>} change @param {() => Promise<unknown>} save */
  async #mark(conversationId, message, change, save) {
    this.chats.patchMessage(conversationId, message.id, change);
    try {
      await save();
      this.app.tabs.tell({ kind: 'conversation', id: conversationId });
    } catch (error) {
      this.chats.patchMessage(conversationId, message.id, { favorite: message.favorite, reaction: message.reaction });
      throw error;
    }
  }
}
