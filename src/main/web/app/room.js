import { html } from 'lit';
import { Element } from './element.js';
import { icon } from './icons.js';

/** A screen beside the chat: a title, and one column below it. */
export class Room extends Element {
  /** @param {string} title @param {unknown} content @param {unknown} [actions] at the end of the title's line */
  frame(title, content, actions = '') {
    document.title = `${title} · ollama-web`;
    return html`<header class="top">
      <button class="icon phoneonly" aria-label=${this.t('sidebar.label')} @click=${() => this.app.store.set({ drawer: true })}>${icon('menu')}</button>
      <h1 tabindex="-1">${title}</h1><span class="grow"></span>${actions}</header>
      <main id="content" class="room"><div class="room-column">${content}</div></main>`;
  }

  /** @param {number} [lines] */
  waiting(lines = 5) {
    return html`<div class="room-waiting" aria-busy="true">${Array.from({ length: lines }, () => html`<div class="ghost"></div>`)}</div>`;
  }

  /** @param {unknown} error @param {() => void} again */
  failure(error, again) {
    return html`<div class="blank" role="alert"><b>${this.t('room.failed')}</b><span>${this.app.notices.explain(error)}</span>
      <button class="btn" @click=${again}>${this.t('app.tryAgain')}</button></div>`;
  }
}
