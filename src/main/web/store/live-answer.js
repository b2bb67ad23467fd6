/** @typedef {'waiting'|'queued'|'thinking'|'speaking'|'reconnecting'} Phase */

const encoder = new TextEncoder();

/** An answer while it is made: its text so far, and the place in it from which to go on after a lost line. */
export class LiveAnswer {
  /** @type {Set<() => void>} */
  #listeners = new Set();
  #scheduled = false;

  /**
   * @param {number} id of the message
   * @param {number} conversationId
   * @param {string} text what is known of it already
   */
  constructor(id, conversationId, text) {
    this.id = id;
    this.conversationId = conversationId;
    this.text = text;
    this.thinking = '';
    this.position = 0;
    /** @type {Phase} */
    this.phase = text === '' ? 'waiting' : 'speaking';
    /** The server counts places in bytes of UTF-8. */
    this.lastEventId = String(encoder.encode(text).length);
    this.ended = false;
    this.tokens = 0;
    this.firstTokenAt = 0;
    this.lastTokenAt = 0;
  }

  /** @param {string} content @param {string|null} eventId */
  append(content, eventId) {
    const now = performance.now();
    this.text += content;
    this.tokens++;
    this.firstTokenAt ||= now;
    this.lastTokenAt = now;
    if (eventId !== null) {
      this.lastEventId = eventId;
    }
    this.#become('speaking');
  }

  /** @param {string} content @param {string|null} eventId */
  think(content, eventId) {
    this.thinking += content;
    if (eventId !== null) {
      this.lastEventId = eventId;
    }
    this.#become('thinking');
  }

  /** @param {number} position in the line before the model */
  queue(position) {
    this.position = position;
    this.#become('queued');
  }

  reconnecting() {
    this.#become('reconnecting');
  }

  connected() {
    this.#become(this.text === '' ? 'waiting' : 'speaking');
  }

  end() {
    this.ended = true;
    this.#tell();
  }

  /** @returns {number|null} tokens a second, once there is enough to tell */
  get rate() {
    const seconds = (this.lastTokenAt - this.firstTokenAt) / 1000;
    return seconds < 0.4 || this.tokens < 5 ? null : (this.tokens - 1) / seconds;
  }

  /**
   * @param {() => void} listener told of news, at most once for each frame that is drawn
   * @returns {() => void} ends it
   */
  subscribe(listener) {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** @param {Phase} phase */
  #become(phase) {
    this.phase = phase;
    if (!this.#scheduled) {
      this.#scheduled = true;
      requestAnimationFrame(() => {
        this.#scheduled = false;
        this.#tell();
      });
    }
  }

  #tell() {
    this.#listeners.forEach(listener => listener());
  }
}
