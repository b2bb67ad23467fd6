import { ApiError } from '../api/error.js';
import { readEvents } from '../api/event-stream.js';
import { DRAFT } from './chats.js';
import { LiveAnswers } from './live-answers.js';
import { adoptOptions, requestFields } from './request-options.js';
import { againBody, askBody, newRun } from './run.js';

/**
 * @typedef {import('../api/event-stream.js').ServerEvent} ServerEvent
 * @typedef {import('../api/types.js').Message} Message
 * @typedef {import('./live-answer.js').LiveAnswer} LiveAnswer
 * @typedef {import('./run.js').AskOptions} AskOptions
 * @typedef {import('./run.js').Run} Run
 */

const STREAM = { Accept: 'text/event-stream' };

/** Answers in the making: asks for them, follows them through lost lines and reloads, and stops them. */
export class Answers {
  #live;

  /** @param {import('../app/services.js').Services} app */
  constructor(app) {
    this.app = app;
    this.#live = new LiveAnswers(app);
  }

  /** @param {number} messageId */
  live(messageId) {
    return this.#live.get(messageId);
  }

  /**
   * @param {number|null} conversationId null: in a new conversation
   * @param {string} question
   * @param {AskOptions} [options]
   * @returns {Promise<boolean>} false once it is clear that the question was not taken
   */
  ask(conversationId, question, { model = '', systemPrompt = null, parentId, files = [] } = {}) {
    const chat = conversationId ?? DRAFT;
    const run = this.#newRun(chat, { question, model, systemPrompt, branches: parentId !== undefined });
    this.app.chats.addQuestion(chat, question, { parentId, files });
    return this.#run(run, askBody(conversationId, question, { model, systemPrompt, parentId, files }));
  }

  /**
   * Answers a question once more; the older answer stays as another version.
   *
   * @param {number} conversationId
   * @param {Message} answer
   * @param {string} [model]
   */
  again(conversationId, answer, model = '') {
    const isLast = this.app.chats.get(conversationId)?.messages.at(-1)?.id === answer.id;
    return this.#run(this.#newRun(conversationId, { model, replaces: answer.id, branches: true }), againBody(conversationId, isLast ? null : answer.id, model));
  }

  /** Goes on with an answer that broke off. @param {number} conversationId @param {Message} answer */
  goOn(conversationId, answer) {
    return this.#run(this.#newRun(conversationId, { saidBefore: answer.content }), { conversation_id: conversationId, continue: true, ...requestFields(conversationId) });
  }

  /** @param {number} chat @param {Partial<Run>} run */
  #newRun(chat, run) {
    return newRun(chat, this.app.chats.get(chat)?.messages ?? [], run);
  }

  /** @param {number} conversationId */
  async stop(conversationId) {
    const id = this.app.store.state.running.get(conversationId);
    if (id === undefined) {
      return;
    }
    try {
      await this.app.api.post(`/api/chat/${id}/stop`);
    } catch (error) {
      this.app.notices.failed(error);
    }
  }

  /** Follows the answer that a conversation is getting, wherever it was asked for. @param {number} conversationId */
  followRunning(conversationId) {
    const last = this.app.chats.get(conversationId)?.messages.at(-1);
    if (last?.role !== 'assistant' || last.status !== 'streaming') {
      this.#followVersion(conversationId);
      return;
    }
    if (this.#live.get(last.id)) {
      return;
    }
    const live = this.#live.begin(conversationId, last.id, last.content);
    this.#follow(live, false);
  }

  /** Another version of an answer is on no path while it is made. @param {number} conversationId */
  async #followVersion(conversationId) {
    const found = await this.app.messages.findRunningVersion(conversationId);
    if (found && !this.#live.get(found.message.id) && !this.app.store.state.running.has(conversationId)) {
      const { message, replaces } = found;
      const run = this.#newRun(conversationId, { model: message.model_name ?? '', replaces, saidBefore: message.content, branches: true });
      this.app.chats.addAnswer(conversationId, message.id, run);
      run.live = this.#live.begin(conversationId, message.id, message.content);
      this.#follow(run.live, false, run);
    }
  }

  /** Lets go of all answers; they are finished without us. */
  forget() {
    this.#live.forget();
  }

  /** @param {Run} run @param {object} body */
  async #run(run, body) {
    try {
      const response = await this.app.api.open('POST', '/api/chat/stream', { body, headers: STREAM });
      await readEvents(response, events => events.forEach(event => this.#take(event, run)));
    } catch (error) {
      if (run.live === null && error instanceof ApiError && !error.isUnreachable) {
        return this.#refused(run, error);
      }
    }
    if (run.live === null) {
      return this.#uncertain(run);
    }
    if (!run.live.ended) {
      await this.#follow(run.live, true, run);
    }
    return true;
  }

  /** Reads on from the place that was reached, for as long as it takes. @param {LiveAnswer} live @param {boolean} lost @param {Run} [run] */
  async #follow(live, lost, run) {
    for (let failures = 0; !live.ended;) {
      if (lost) {
        live.reconnecting();
        await this.app.connection.pause(failures++);
      }
      lost = true;
      try {
        const headers = { ...STREAM, 'Last-Event-ID': live.lastEventId };
        const response = await this.app.api.open('GET', `/api/chat/stream/${live.id}`, { headers });
        live.connected();
        failures = 0;
        await readEvents(response, events => events.forEach(event => this.#hear(event, live, run)));
      } catch (error) {
        if (error instanceof ApiError && !error.isUnreachable && error.status < 500 && error.status !== 429) {
          this.#live.end(live);
          await this.app.chats.refresh(live.conversationId);
        }
      }
    }
  }

  /** @param {ServerEvent} event @param {Run} run */
  #take(event, run) {
    if (event.event === 'conversation_created') {
      run.chat = JSON.parse(event.data).conversation_id;
      this.app.chats.adoptDraft(run.chat, run);
      adoptOptions(run.chat);
      if (this.app.store.state.route.screen === 'chat' && this.app.store.state.route.id === null) {
        this.app.router.go(`/c/${run.chat}`, { replace: true });
      }
    } else if (event.event === 'message_created') {
      const { message_id: questionId, answer_id: answerId } = JSON.parse(event.data);
      this.app.chats.nameQuestion(run.chat, questionId, run);
      this.app.chats.addAnswer(run.chat, answerId, run);
      run.live = this.#live.begin(run.chat, answerId, run.saidBefore);
      this.app.tabs.tell({ kind: 'conversation', id: run.chat });
    } else if (run.live !== null) {
      this.#hear(event, run.live, run);
    }
  }

  /** @param {ServerEvent} event @param {LiveAnswer} live @param {Run} [run] */
  #hear(event, live, run) {
    if (live.ended) {
      return;
    }
    const data = JSON.parse(event.data);
    switch (event.event) {
      case 'token': return live.append(data.content, event.id);
      case 'thinking': return live.think(data.content, event.id);
      case 'queued': return live.queue(data.position);
      case 'done': return this.#finish(live, { ...data, status: data.stopped ? 'interrupted' : 'complete' }, run);
      case 'error': return this.#finish(live, { error: data.error, status: 'error' }, run);
    }
  }

  /** @param {LiveAnswer} live @param {Record<string, any>} ending @param {Run} [run] */
  #finish(live, ending, run) {
    const { message_id: _, ...facts } = ending;
    const rate = live.rate;
    this.app.chats.finishAnswer(live, { ...facts, ...(rate === null ? {} : { rate }) });
    this.#live.end(live);
    this.app.library.touch(live.conversationId);
    this.app.tabs.tell({ kind: 'conversation', id: live.conversationId });
    if (ending.status === 'error') {
      this.app.announcer.say(this.app.words.say('chat.failedWith', { error: ending.error }));
    }
    if (run?.branches) {
      this.app.messages.showNew(live, ending.status === 'complete');
    }
  }

  /** The server said no; nothing was saved. @param {Run} run @param {ApiError} error */
  async #refused(run, error) {
    this.app.chats.dropUnnamed(run.chat, run.before);
    this.app.notices.failed(error);
    if (error.answerId !== null) {
      await this.app.chats.refresh(run.chat);
      this.followRunning(run.chat);
    }
    return false;
  }

  /** The line broke before the server confirmed: only the server knows whether the question is saved. @param {Run} run */
  async #uncertain(run) {
    const before = run.before.filter(message => message.id > 0).at(-1)?.id ?? 0;
    this.app.chats.dropUnnamed(run.chat, run.before);
    if (run.chat !== DRAFT && await this.app.chats.refresh(run.chat)) {
      this.followRunning(run.chat);
      const taken = this.app.chats.get(run.chat)?.messages.some(message => message.id > before && message.content === run.question);
      if (taken || this.app.store.state.running.has(run.chat)) {
        return true;
      }
    }
    this.app.notices.failed(ApiError.unreachable());
    return false;
  }
}
