/** @typedef {import('../api/types.js').Message} Message */

const LINE = 26;

/** How high each message is: as measured, or as guessed from its text while it was never drawn. */
export class Heights {
  /** @type {Map<number, number>} */
  #measured = new Map();
  /** @type {readonly Message[]} */
  #messages = [];
  /** @type {number[]} where each message begins, and where the last one ends */
  #tops = [0];
  #stale = true;
  #width = 736;

  /** @param {readonly Message[]} messages */
  of(messages) {
    if (messages !== this.#messages) {
      this.#messages = messages;
      this.#stale = true;
    }
    return this;
  }

  /** @param {number} id @param {number} height @returns {boolean} whether that is news */
  measure(id, height) {
    if (Math.abs((this.#measured.get(id) ?? -1) - height) < 0.5) {
      return false;
    }
    this.#measured.set(id, height);
    this.#stale = true;
    return true;
  }

  /** In a column of another width everything has another height. @param {number} width */
  fit(width) {
    if (Math.abs(width - this.#width) > 1) {
      this.#width = width;
      this.#measured.clear();
      this.#stale = true;
    }
  }

  get total() {
    return this.#all[this.#messages.length];
  }

  /** @param {number} index @returns {number} where the message begins */
  top(index) {
    return this.#all[index];
  }

  /** @param {number} y @returns {number} the message there */
  at(y) {
    const tops = this.#all;
    let low = 0;
    let high = this.#messages.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (tops[middle] <= y) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return low;
  }

  get #all() {
    if (this.#stale) {
      this.#stale = false;
      const tops = new Array(this.#messages.length + 1);
      tops[0] = 0;
      this.#messages.forEach((message, i) => tops[i + 1] = tops[i] + (this.#measured.get(message.id) ?? this.#guess(message)));
      this.#tops = tops;
    }
    return this.#tops;
  }

  /** @param {Message} message */
  #guess(message) {
    const perLine = Math.max(20, this.#width / 8.2);
    const lines = message.content.length / perLine + Math.min(400, (message.content.match(/\n/g)?.length ?? 0) * 0.6);
    return message.role === 'user' ? Math.min(420, 66 + Math.ceil(lines) * LINE) : 84 + Math.ceil(lines) * LINE;
  }
}
