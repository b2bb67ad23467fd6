/** @typedef {import('../api/types.js').Conversation} Conversation */

/** Where conversations are put: first in the list, into the archive, under tags, into the trash and out of it. */
export class Shelf {
  /** @param {import('../app/services.js').Services} app */
  constructor(app) {
    this.app = app;
    this.api = app.api;
  }

  /** Puts it into the trash, from which it can be had back for a time. @param {number} id */
  async trash(id) {
    await this.api.post(`/api/conversations/${id}/trash`);
    this.app.chats.forgetOne(id);
  }

  /** @param {number} id */
  async restore(id) {
    this.app.library.note(await this.api.post(`/api/trash/${id}/restore`));
    this.app.tabs.tell({ kind: 'conversation', id });
  }

  /** Deletes one that is in the trash. @param {number} id */
  async remove(id) {
    await this.api.delete(`/api/trash/${id}`);
  }

  async emptyTrash() {
    await this.api.delete('/api/trash');
  }

  /**
   * Does the same to many.
   *
   * @param {number[]} ids
   * @param {'trash'|'restore'|'archive'|'unarchive'|'pin'|'unpin'|'tag'|'untag'} action @param {string} [tag]
   * @returns {Promise<{ done: number[], failed: { id: number, detail: string }[] }>}
   */
  async change(ids, action, tag) {
    const result = await this.api.post('/api/conversations/batch', { ids, action, ...(tag === undefined ? {} : { tag }) });
    if (action === 'trash') {
      result.done.forEach((/** @type {number} */ id) => this.app.chats.forgetOne(id));
    }
    this.app.library.without(action === 'trash' || action === 'archive' ? result.done : []);
    await this.app.library.refresh();
    this.app.tabs.tell({ kind: 'conversation', id: ids[0] ?? 0 });
    return result;
  }
}
