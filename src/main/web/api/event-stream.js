/** @typedef {{ event: string, id: string|null, data: string }} ServerEvent */

/** Splits the text of a stream into server-sent events (WHATWG HTML, section 9.2), however it was cut into chunks. */
export class EventParser {
  #rest = '';
  #event = '';
  #data = '';
  /** @type {string|null} */
  #id = null;

  /**
   * @param {string} chunk
   * @returns {ServerEvent[]} those that are complete
   */
  push(chunk) {
    const text = this.#rest + chunk;
    /** @type {ServerEvent[]} */
    const events = [];
    let from = 0;
    for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', from)) {
      this.#line(text.slice(from, text[end - 1] === '\r' ? end - 1 : end), events);
      from = end + 1;
    }
    this.#rest = text.slice(from);
    return events;
  }

  /** @param {string} line @param {ServerEvent[]} events */
  #line(line, events) {
    if (line === '') {
      if (this.#data !== '') {
        events.push({ event: this.#event || 'message', id: this.#id, data: this.#data.slice(0, -1) });
      }
      this.#event = '';
      this.#data = '';
      return;
    }
    const colon = line.indexOf(':');
    const field = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? '' : line.slice(line[colon + 1] === ' ' ? colon + 2 : colon + 1);
    if (field === 'event') {
      this.#event = value;
    } else if (field === 'data') {
      this.#data += value + '\n';
    } else if (field === 'id') {
      this.#id = value;
    }
  }
}

/**
 * Reads a response as server-sent events. Those that came together are handed over together.
 *
 * @param {Response} response
 * @param {(events: ServerEvent[]) => void} take
 * @throws if the line breaks; a line that is silent for too long counts as broken
 */
export async function readEvents(response, take, silenceMs = 20_000) {
  const reader = /** @type {ReadableStream<Uint8Array>} */ (response.body).getReader();
  const decoder = new TextDecoder();
  const parser = new EventParser();
  let watchdog = 0;
  const listen = () => {
    clearTimeout(watchdog);
    watchdog = setTimeout(() => reader.cancel(new Error('silent')).catch(() => {}), silenceMs);
  };
  try {
    listen();
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      listen();
      const events = parser.push(decoder.decode(part.value, { stream: true }));
      if (events.length > 0) {
        take(events);
      }
    }
  } finally {
    clearTimeout(watchdog);
    reader.cancel().catch(() => {});
  }
}
