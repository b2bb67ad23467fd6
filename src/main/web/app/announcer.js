const PAUSE_MS = 1200;
/** What is longer without an end is given in parts. */
const LONG_SENTENCE = 400;
/** More than this at once nobody listens to: it came while nobody looked, and stands in the answer. */
const MOST_AT_ONCE = 2000;

/** Reads to people who cannot see the page: whole sentences, one after another, never single tokens. */
export class Announcer {
  /** @type {string[]} */
  #waiting = [];
  #timer = 0;
  /** @type {HTMLElement|null} */
  #region = null;

  /** @param {HTMLElement} region a polite live region */
  attach(region) {
    this.#region = region;
  }

  /** @param {string} text */
  say(text) {
    if (text.trim() === '') {
      return;
    }
    this.#waiting.push(text.trim());
    if (this.#timer === 0) {
      this.#speak();
    }
  }

  #speak() {
    const text = this.#waiting.splice(0).join(' ');
    if (text === '' || this.#region === null) {
      this.#timer = 0;
      return;
    }
    this.#region.textContent = text;
    this.#timer = setTimeout(() => this.#speak(), PAUSE_MS);
  }
}

/** Takes an answer as it grows and gives its sentences as they are finished. */
export class Sentences {
  #told = 0;
  /** Up to here no sentence ends that was not told: each sign is looked at once, however long the text grows. */
  #looked = 0;

  /**
   * @param {string} text all so far
   * @param {boolean} ended
   * @returns {string} what is new and whole, without Markdown's marks
   */
  next(text, ended) {
    const end = ended ? text.length : this.#lastEnd(text);
    if (end <= this.#told) {
      return '';
    }
    const fresh = text.slice(Math.max(this.#told, end - MOST_AT_ONCE), end);
    this.#told = end;
    this.#looked = Math.max(this.#looked, end);
    return fresh.replace(/[`*_#>|]+/g, '').replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1').replace(/\s+/g, ' ');
  }

  /** @param {string} text */
  #lastEnd(text) {
    const fresh = text.slice(this.#looked);
    for (let i = fresh.length - 1; i >= 0; i--) {
      const before = i > 0 ? fresh[i - 1] : text[this.#looked - 1] ?? '';
      if (fresh[i] === '\n' || (/\s/.test(fresh[i]) && /[.!?…:。]/.test(before))) {
        const end = this.#looked + i + 1;
        this.#looked = text.length;
        return end;
      }
    }
    this.#looked = text.length;
    return text.length - this.#told > LONG_SENTENCE ? text.lastIndexOf(' ') + 1 : 0;
  }
}

/** Reads an answer out sentence by sentence while it is made and looked at. @param {import('./services.js').Services} app @param {import('../store/live-answer.js').LiveAnswer} live */
export function announce(app, live) {
  const sentences = new Sentences();
  sentences.next(live.text, true);
  app.announcer.say(app.words.say('chat.answering'));
  live.subscribe(() => {
    const { route } = app.store.state;
    const fresh = sentences.next(live.text, live.ended);
    if (route.screen === 'chat' && route.id === live.conversationId) {
      app.announcer.say(fresh);
    }
  });
}
