import { ApiError } from '../api/error.js';

/**
 * @typedef {import('../api/types.js').FileInfo} FileInfo
 *
 * @typedef {object} Attachment  a file on its way into a question
 * @property {number} key
 * @property {string} name
 * @property {number} size
 * @property {boolean} isImage
 * @property {string} preview      an address of the image in this browser, or ''
 * @property {'loading'|'ready'|'failed'} status
 * @property {FileInfo|null} info  once the server has it
 * @property {string} error
 */

/** As many as one question takes. */
const MOST = 20;

/** Files that go with the next question: sent to the server at once, so that asking does not wait for them. */
export class Files {
  #key = 1;

  /** @param {import('../app/services.js').Services} app */
  constructor(app) {
    this.app = app;
    this.store = app.store;
  }

  /** @param {number} chat @returns {Attachment[]} */
  of(chat) {
    return this.store.state.attachments.get(chat) ?? [];
  }

  /** @param {number} chat @param {Iterable<File>} files */
  add(chat, files) {
    const room = MOST - this.of(chat).length;
    const chosen = [...files];
    if (chosen.length > room) {
      this.app.notices.show(this.app.words.say('files.tooMany', { most: MOST }));
    }
    chosen.slice(0, room).forEach(file => this.#upload(chat, file));
  }

  /** Takes a file back before it was asked about; the server need not keep it. @param {number} chat @param {number} key */
  discard(chat, key) {
    const id = this.of(chat).find(each => each.key === key)?.info?.id;
    this.remove(chat, key);
    const isElsewhere = [...this.store.state.attachments.values()].some(all => all.some(each => each.info?.id === id));
    if (id !== undefined && !isElsewhere) {
      // Where a message has the same file, the server says no, and rightly.
      this.app.api.delete(`/api/files/${id}`).catch(() => {});
    }
  }

  /** @param {number} chat @param {number} key */
  remove(chat, key) {
    const gone = this.of(chat).find(each => each.key === key);
    if (gone?.preview) {
      URL.revokeObjectURL(gone.preview);
    }
    this.#set(chat, this.of(chat).filter(each => each.key !== key));
  }

  /** @param {number} chat @returns {FileInfo[]} what is ready to go with a question; nothing waits any more */
  take(chat) {
    const ready = this.of(chat).flatMap(each => each.info ? [each.info] : []);
    this.of(chat).forEach(each => this.remove(chat, each.key));
    return ready;
  }

  /** Puts back what a refused question had. @param {number} chat @param {FileInfo[]} files */
  giveBack(chat, files) {
    const back = files.map(info => ({
      key: this.#key++, name: info.name, size: info.size, isImage: info.media_type.startsWith('image/'), preview: '',
      status: /** @type {const} */ ('ready'), info, error: '',
    }));
    this.#set(chat, [...back, ...this.of(chat)]);
  }

  /** @param {number} chat @param {File} file */
  async #upload(chat, file) {
    const isImage = /^image\/(png|jpeg|gif|webp)$/.test(file.type);
    const key = this.#key++;
    this.#set(chat, [...this.of(chat), {
      key, name: file.name, size: file.size, isImage, preview: isImage ? URL.createObjectURL(file) : '', status: 'loading', info: null, error: '',
    }]);
    const form = new FormData();
    form.append('file', file, file.name || 'image.png');
    try {
      const info = await this.app.api.post('/api/files', form);
      this.#change(chat, key, { status: 'ready', info });
    } catch (error) {
      this.#change(chat, key, { status: 'failed', error: this.#explain(error) });
      this.app.announcer.say(this.app.words.say('files.failed', { name: file.name }));
    }
  }

  /** @param {unknown} error */
  #explain(error) {
    const known = error instanceof ApiError ? { 413: 'files.tooLarge', 415: 'files.wrongType' }[error.status] : undefined;
    return known ? this.app.words.say(known) : this.app.notices.explain(error);
  }

  /** @param {number} chat @param {number} key @param {Partial<Attachment>} change */
  #change(chat, key, change) {
    this.#set(chat, this.of(chat).map(each => each.key === key ? { ...each, ...change } : each));
  }

  /** @param {number} chat @param {Attachment[]} attachments */
  #set(chat, attachments) {
    const all = new Map(this.store.state.attachments);
    if (attachments.length === 0) {
      all.delete(chat);
    } else {
      all.set(chat, attachments);
    }
    this.store.set({ attachments: all });
  }
}
