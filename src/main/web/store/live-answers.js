import { announce } from '../app/announcer.js';
import { LiveAnswer } from './live-answer.js';

/** The answers that are being made and followed here; the store's {@code running} tells components of them. */
export class LiveAnswers {
  /** @type {Map<number, LiveAnswer>} by message */
  #live = new Map();

  /** @param {import('../app/services.js').Services} app */
  constructor(app) {
    this.app = app;
  }

  /** @param {number} messageId */
  get(messageId) {
    return this.#live.get(messageId);
  }

  /** @param {number} conversationId @param {number} answerId @param {string} text what is known of it already */
  begin(conversationId, answerId, text) {
    const live = new LiveAnswer(answerId, conversationId, text);
    this.#live.set(answerId, live);
    this.app.store.set({ running: new Map(this.app.store.state.running).set(conversationId, answerId) });
    this.app.library.touch(conversationId);
    announce(this.app, live);
    return live;
  }

  /** @param {LiveAnswer} live */
  end(live) {
    live.end();
    this.#live.delete(live.id);
    const running = new Map(this.app.store.state.running);
    if (running.get(live.conversationId) === live.id) {
      running.delete(live.conversationId);
      this.app.store.set({ running });
    }
  }

  /** Lets go of all of them. */
  forget() {
    this.#live.forEach(live => live.end());
    this.#live.clear();
  }
}
