import { confirm } from '../app/ow-confirm.js';
import { hasContext } from './has-context.js';
import { showContext } from './ow-context.js';

/**
 * @typedef {import('../api/types.js').Message} Message
 * @typedef {import('../app/services.js').Services} Services
 */

const GOOD = '👍';
const POOR = '👎';

/**
 * What can be done with one message.
 *
 * @param {Services} app @param {number} conversationId @param {Message} message
 * @returns {import('../app/menu.js').MenuItem[]}
 */
export function messageMenu(app, conversationId, message) {
  const say = (/** @type {string} */ key) => app.words.say(key);
  const attempt = (/** @type {() => Promise<unknown>} */ work) => () => void work().catch(error => app.notices.failed(error));
  const react = (/** @type {string} */ reaction) => attempt(() => app.messages.react(conversationId, message, message.reaction === reaction ? null : reaction));
  const running = app.store.state.running.has(conversationId);
  const mayWrite = app.chats.get(conversationId)?.conversation?.role !== 'reader';
  return [
    { icon: 'star', label: say(message.favorite ? 'chat.noFavorite' : 'chat.favorite'), run: attempt(() => app.messages.toggleFavorite(conversationId, message)) },
    ...message.role === 'assistant' && mayWrite ? [
      { icon: /** @type {const} */ ('good'), label: say(message.reaction === GOOD ? 'chat.noReaction' : 'chat.good'), run: react(GOOD) },
      { icon: /** @type {const} */ ('poor'), label: say(message.reaction === POOR ? 'chat.noReaction' : 'chat.poor'), run: react(POOR) },
    ] : [],
    { icon: 'branch', label: say('chat.fork'), run: attempt(() => fork(app, conversationId, message)), line: true },
    ...hasContext(message) ? [{ icon: /** @type {const} */ ('prompt'), label: say('context.title'), run: () => showContext(app, message.id) }] : [],
    ...running || !mayWrite ? [] : [{ icon: /** @type {const} */ ('trash'), label: say('chat.deleteMessage'), run: attempt(() => remove(app, conversationId, message)), danger: true, line: true }],
  ];
}

/** @param {Services} app @param {number} conversationId @param {Message} message */
async function fork(app, conversationId, message) {
  const copy = await app.messages.fork(conversationId, message.id);
  app.router.go(`/c/${copy}`);
  app.notices.show(app.words.say('chat.forked'));
}

/** @param {Services} app @param {number} conversationId @param {Message} message */
async function remove(app, conversationId, message) {
  const agreed = await confirm(app, {
    title: app.words.say('chat.deleteMessageTitle'),
    text: app.words.say('chat.deleteMessageText'),
    action: app.words.say('chat.delete'),
  });
  if (agreed) {
    await app.messages.remove(conversationId, message);
    app.notices.show(app.words.say('chat.messageDeleted'));
  }
}
