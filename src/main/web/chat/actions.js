import { ApiError } from '../api/error.js';
import { loadLater } from '../app/load-later.js';

/**
 * @typedef {import('../api/types.js').Conversation} Conversation
 * @typedef {import('../app/services.js').Services} Services
 */

/**
 * What can be done with a conversation, wherever its menu opens.
 *
 * @param {Services} app @param {Conversation} conversation
 * @returns {import('../app/menu.js').MenuItem[]}
 */
export function conversationMenu(app, conversation) {
  const say = (/** @type {string} */ key) => app.words.say(key);
  const attempt = (/** @type {Record<string, unknown>} */ change) => () => void app.chats.update(conversation.id, change).catch(error => app.notices.failed(error));
  const { pinned = false, archived = false, role = 'owner' } = conversation;
  const mayWrite = role !== 'reader';
  const isOwn = role === 'owner';
  /** @type {import('../app/menu.js').MenuItem[]} */
  const places = conversation.pinned === undefined ? [] : [
    { icon: 'pin', label: say(pinned ? 'chat.unpin' : 'chat.pin'), run: attempt({ pinned: !pinned }), line: true },
    { icon: 'tag', label: say('tags.title'), run: () => void openDialog(app, 'ow-tags', conversation) },
    { icon: 'archive', label: say(archived ? 'archive.undo' : 'archive.do'), run: () => void archive(app, conversation) },
  ];
  /** @type {import('../app/menu.js').MenuItem[]} */
  const changes = mayWrite ? [
    { icon: 'edit', label: say('chat.rename'), run: () => void openDialog(app, 'ow-rename', conversation) },
    { icon: 'prompt', label: say('chat.instructions'), run: () => void openDialog(app, 'ow-instructions', conversation) },
  ] : [];
  /** @type {import('../app/menu.js').MenuItem[]} */
  const links = isOwn ? [{ icon: 'share', label: say('sharing.do'), run: () => void openDialog(app, 'ow-sharing', conversation, () => import('../sharing/ow-sharing.js')) }] : [];
  return [
    ...changes,
    ...places,
    { icon: 'people', label: say('members.title'), run: () => void showMembers(app, conversation), line: true },
    ...links,
    { icon: 'export', label: say('chat.exportMarkdown'), run: () => exportAs(conversation, 'markdown') },
    { icon: 'export', label: say('chat.exportJson'), run: () => exportAs(conversation, 'json') },
    isOwn ? { icon: 'trash', label: say('chat.delete'), run: () => void remove(app, conversation), danger: true, line: true }
      : { icon: 'exit', label: say('members.leave'), run: () => void leave(app, conversation), danger: true, line: true },
  ];
}

/**
 * @param {Services} app @param {string} name @param {Conversation|null} conversation
 * @param {() => Promise<unknown>} [load] what brings the dialog, if {@code later.js} does not
 */
export async function openDialog(app, name, conversation, load = loadLater) {
  try {
    await load();
  } catch (cause) {
    app.notices.failed(ApiError.unreachable(cause));
    return;
  }
  const dialog = /** @type {import('../app/dialog.js').Dialog & { conversation: Conversation|null }} */ (document.createElement(name));
  dialog.app = app;
  dialog.conversation = conversation;
  document.querySelector('ow-app')?.append(dialog);
}

/** @param {Conversation} conversation @param {'json'|'markdown'} format */
function exportAs(conversation, format) {
  const link = document.createElement('a');
  link.href = `/api/export/conversations/${conversation.id}/${format}`;
  link.download = '';
  link.click();
}

/** @param {Services} app @param {Conversation} conversation */
async function archive(app, { id, title, archived }) {
  try {
    await app.chats.update(id, { archived: !archived });
    const undo = { label: app.words.say('tasks.undo'), run: () => void app.chats.update(id, { archived: archived ?? false }).catch(error => app.notices.failed(error)) };
    app.notices.show(app.words.say(archived ? 'archive.undone' : 'archive.done', { title }), undo);
  } catch (error) {
    app.notices.failed(error);
  }
}

/** @param {Services} app @param {Conversation} conversation */
export function showMembers(app, conversation) {
  return openDialog(app, 'ow-members', conversation, () => import('../sharing/ow-members.js'));
}

/** Who has left comes back only when the owner wants it. @param {Services} app @param {Conversation} conversation */
export async function leave(app, { id, title }) {
  await loadLater().catch(() => {});
  const { confirm } = await import('../app/ow-confirm.js');
  const say = (/** @type {string} */ key) => app.words.say(key, { title });
  if (!await confirm(app, { title: say('members.leaveTitle'), text: say('members.leaveText'), action: say('members.leave') })) {
    return;
  }
  try {
    await app.people.remove(id, app.store.state.session.user?.id ?? 0);
    if (app.store.state.route.id === id) {
      app.router.go('/', { replace: true });
    }
    app.notices.show(say('members.left'));
  } catch (error) {
    app.notices.failed(error);
  }
}

/** Nothing is asked before: it can be taken back. @param {Services} app @param {Conversation} conversation */
async function remove(app, { id, title }) {
  const wasShown = app.store.state.route.id === id;
  try {
    await app.shelf.trash(id);
    if (wasShown) {
      app.router.go('/', { replace: true });
    }
    app.notices.show(app.words.say('trash.done', { title }), { label: app.words.say('tasks.undo'), run: () => void takeBack(app, id, wasShown) });
  } catch (error) {
    app.notices.failed(error);
  }
}

/** @param {Services} app @param {number} id @param {boolean} show */
async function takeBack(app, id, show) {
  try {
    await app.shelf.restore(id);
    if (show) {
      app.router.go(`/c/${id}`);
    }
  } catch (error) {
    app.notices.failed(error);
  }
}
