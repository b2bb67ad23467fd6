import { ApiError } from '../api/error.js';
import { loadLater } from '../app/load-later.js';
import { confirm } from '../app/ow-confirm.js';

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
  return [
    { icon: 'edit', label: say('chat.rename'), run: () => void openDialog(app, 'ow-rename', conversation) },
    { icon: 'prompt', label: say('chat.instructions'), run: () => void openDialog(app, 'ow-instructions', conversation) },
    { icon: 'export', label: say('chat.exportMarkdown'), run: () => exportAs(conversation, 'markdown'), line: true },
    { icon: 'export', label: say('chat.exportJson'), run: () => exportAs(conversation, 'json') },
    { icon: 'trash', label: say('chat.delete'), run: () => void remove(app, conversation), danger: true, line: true },
  ];
}

/** @param {Services} app @param {string} name of one that {@code later.js} brings @param {Conversation|null} conversation */
export async function openDialog(app, name, conversation) {
  try {
    await loadLater();
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
async function remove(app, conversation) {
  const agreed = await confirm(app, {
    title: app.words.say('chat.deleteTitle'),
    text: app.words.say('chat.deleteText', { title: conversation.title }),
    action: app.words.say('chat.delete'),
  });
  if (!agreed) {
    return;
  }
  try {
    await app.chats.remove(conversation.id);
    if (app.store.state.route.id === conversation.id) {
      app.router.go('/', { replace: true });
    }
    app.notices.show(app.words.say('chat.deleted', { title: conversation.title }));
  } catch (error) {
    app.notices.failed(error);
  }
}
