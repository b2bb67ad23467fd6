import { html, nothing } from 'lit';
import '../markdown/ow-markdown.js';

/**
 * A message of a shared conversation: to be read, and nothing else.
 *
 * @param {import('../app/services.js').Services} app
 * @param {import('../api/types.js').SharedMessage} message
 * @param {string} modelOfAll of the conversation, where the message names none
 */
export function sharedMessage(app, message, modelOfAll) {
  const { words } = app;
  const time = words.time(message.created_at);
  switch (message.role) {
    case 'user': return html`<article class="question" aria-label=${words.say('shared.question', { time })}>
      <div class="user"><div class="as-written">${message.content}</div></div></article>`;
    case 'assistant': return answer(app, message, message.model_name ?? modelOfAll, time);
    default: return html`<article class="aside" aria-label=${words.say('chat.note')}><details><summary>${words.say(`chat.role.${message.role}`)}</summary>
      <div class="as-written">${message.content}</div></details></article>`;
  }
}

/** @param {import('../app/services.js').Services} app @param {import('../api/types.js').SharedMessage} message @param {string} model @param {string} time */
function answer(app, { status, thinking, content }, model, time) {
  const { words } = app;
  return html`<article class="answer" aria-label=${words.say('chat.models', { model, time })}>
    <div class="who"><b>${model}</b></div>
    ${thinking ? html`<details class="think"><summary>${words.say('chat.thinking')}</summary><div class="as-written">${thinking}</div></details>` : nothing}
    <ow-markdown class="say" .app=${app} .text=${content}></ow-markdown>
    ${status === 'complete' ? nothing : html`<div class="note"><span>${words.say(status === 'streaming' ? 'shared.growing' : 'chat.interrupted')}</span></div>`}
  </article>`;
}
