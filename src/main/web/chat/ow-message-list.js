import { html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { Element } from '../app/element.js';
import { icon } from '../app/icons.js';
import { ElementSizes } from './element-sizes.js';
import { Heights } from './heights.js';
import { Place } from './place.js';
import './ow-message.js';
import './ow-message-menu.js';

const LOAD_OLDER = 1200;

/**
 * The messages of a conversation. Only those near the screen exist. What is read stays where it is while heights become
 * known above it; at the end the view follows what comes, until the reader scrolls away.
 */
export class OwMessageList extends Element {
  static properties = { ...Element.properties, chat: { attribute: false }, away: { state: true } };

  #heights = new Heights();
  #place = new Place(() => this.scroller, 'ow-message');
  #first = 0;
  #end = 0;
  #frame = 0;
  /** Of what is seen, as last measured: asking while something has just changed would lay it out once more. */
  #height = innerHeight;
  #shownId = -1;
  /** A message that leaves the document must not take the focus with it. */
  #hadFocus = false;
  /** The message that was last reached by keyboard. */
  #reached = -1;
  #sizes = new ElementSizes(entries => this.#measure(entries));

  constructor() {
    super();
    /** @type {import('../store/store.js').Chat} */
    this.chat = /** @type {any} */ (undefined);
    /** Whether the reader is away from the end. */
    this.away = false;
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#sizes.disconnect();
    cancelAnimationFrame(this.#frame);
  }

  get scroller() {
    return /** @type {HTMLElement} */ (this.querySelector('.scroll'));
  }

  /** @param {Map<PropertyKey, any>} changed */
  willUpdate(changed) {
    const { id, messages } = this.chat;
    const before = changed.get('chat')?.messages.at(-1)?.id ?? 0;
    const last = messages.at(-1)?.id ?? 0;
    const justAsked = changed.has('chat') && last < 0 && before !== last;
    const justNamed = before < 0;
    if ((id !== this.#shownId && !justNamed) || justAsked) {
      this.#place.toEnd();
      this.away = false;
    }
    this.#shownId = id;
    this.#hadFocus = this.hasUpdated && this.scroller.contains(document.activeElement);
    if (this.hasUpdated) {
      this.#place.catchUp();
    }
    this.#heights.of(messages);
    this.#choose();
  }

  render() {
    const { messages, loadingMore, conversation } = this.chat;
    const last = messages.length - 1;
    const shown = messages.slice(this.#first, this.#end);
    return html`<main id="content" class="scroll" tabindex="0" aria-label=${this.t('chat.messages')} @scroll=${this.#scrolled} @wheel=${this.#wheeled}>
      <div class="col" role="log" aria-live="off" aria-label=${this.t('chat.messages')}>
        ${loadingMore ? html`<p class="older" role="status">${this.t('chat.loadingOlder')}</p>` : nothing}
        <div class="space-before"></div>
        ${repeat(shown, message => message.id, (message, i) => html`<ow-message .app=${this.app} .message=${message}
          .conversation=${conversation} .last=${this.#first + i === last} data-id=${message.id}></ow-message>`)}
        <div class="space-after"></div>
      </div><ow-message-menu .app=${this.app}></ow-message-menu></main>
      ${this.away ? html`<button class="to-end icon" aria-label=${this.t('chat.toEnd')} @click=${this.toEnd}>${icon('down')}</button>` : nothing}`;
  }

  firstUpdated() {
    this.#height = this.scroller.clientHeight || innerHeight;
  }

  updated() {
    this.#sizes.observe(new Set([this.scroller, ...this.querySelectorAll('ow-message')]));
    this.#settle();
    if (this.#hadFocus && document.activeElement === document.body) {
      this.scroller.focus({ preventScroll: true });
    }
  }

  toEnd() {
    this.#place.toEnd();
    this.away = false;
    this.scroller.focus({ preventScroll: true });
  }

  /** @param {number} messageId @param {{ mark?: boolean }} [options] mark: so that the eye finds it */
  async jumpTo(messageId, { mark = true } = {}) {
    const index = this.chat.messages.findIndex(message => message.id === messageId);
    if (index < 0) {
      return;
    }
    this.#place.goTo(messageId, 70);
    this.away = true;
    this.requestUpdate();
    await this.updateComplete;
    const message = this.#element(messageId);
    await /** @type {any} */ (message)?.updateComplete;
    message?.classList.toggle('found', mark);
    /** @type {HTMLElement|null} */ (message?.querySelector('article') ?? null)?.focus({ preventScroll: true });
    setTimeout(() => message?.classList.remove('found'), 2500);
  }

  /** After another version was chosen: it stays where the reader is, with the focus on the way to the next. @param {number} messageId @param {'older'|'newer'} act */
  async keepAt(messageId, act) {
    const message = this.#element(messageId);
    await /** @type {any} */ (message)?.updateComplete;
    const buttons = /** @type {HTMLButtonElement[]} */ ([...message?.querySelectorAll(`[data-act=${act}], .versions button`) ?? []]);
    buttons.find(button => !button.disabled)?.focus({ preventScroll: true });
  }

  /** To the next or the last message, by keyboard. @param {-1|1} step */
  async moveFocus(step) {
    const { messages } = this.chat;
    const focused = document.activeElement?.closest('ow-message');
    const reached = focused ? Number(/** @type {HTMLElement} */ (focused).dataset.id) : this.scroller === document.activeElement ? this.#reached : -1;
    const from = messages.findIndex(message => message.id === reached);
    const target = messages[Math.max(0, Math.min(messages.length - 1, (from < 0 ? messages.length : from) + step))];
    if (!target) {
      return;
    }
    this.#reached = target.id;
    const article = /** @type {HTMLElement|null} */ (this.#element(target.id)?.querySelector('article') ?? null);
    if (article === null) return this.jumpTo(target.id, { mark: false });
    this.#place.leaveEnd();
    article.focus({ preventScroll: true });
    article.scrollIntoView({ block: 'nearest' });
  }

  /** Decides which messages exist. */
  #choose() {
    const count = this.chat.messages.length;
    const { follows } = this.#place;
    const top = follows ? this.#heights.total - this.#height : this.#top();
    this.#first = count === 0 ? 0 : this.#heights.at(top - this.#height * 0.8);
    this.#end = follows ? count : Math.min(count, this.#heights.at(top + this.#height * 1.8) + 1);
  }

  #top() {
    const { anchor } = this.#place;
    const index = anchor ? this.chat.messages.findIndex(message => message.id === anchor.id) : -1;
    return anchor && index >= 0 ? this.#heights.top(index) - anchor.offset : this.scroller.scrollTop;
  }

  /** @returns {boolean} whether other messages than now should exist */
  #changes() {
    const [first, end] = [this.#first, this.#end];
    this.#choose();
    const changes = first !== this.#first || end !== this.#end;
    [this.#first, this.#end] = [first, end];
    return changes;
  }

  /** Puts the room for what does not exist, and the view where the reader is. */
  #settle() {
    const height = (/** @type {string} */ selector, /** @type {number} */ pixels) =>
      /** @type {HTMLElement} */ (this.querySelector(selector)).style.setProperty('height', `${pixels}px`);
    height('.space-before', this.#heights.top(this.#first));
    height('.space-after', this.#heights.total - this.#heights.top(this.#end));
    this.#place.keep();
  }

  /** @param {ResizeObserverEntry[]} entries */
  #measure(entries) {
    if (!this.isConnected) {
      return;
    }
    this.#place.catchUp();
    let news = false;
    for (const { target, borderBoxSize, contentRect } of entries) {
      if (target === this.scroller) {
        this.#heights.fit(contentRect.width);
        this.#height = this.scroller.clientHeight || innerHeight;
        news = true;
      } else {
        news = this.#heights.measure(Number(/** @type {HTMLElement} */ (target).dataset.id), borderBoxSize[0].blockSize) || news;
      }
    }
    // Messages draw themselves after the list: even one of a known height has moved the others only now.
    this.#settle();
    if (news && this.#changes()) {
      this.requestUpdate();
    }
  }

  /** @param {WheelEvent} event */
  #wheeled(event) {
    if (event.deltaY < 0 && this.scroller.scrollHeight > this.scroller.clientHeight) {
      this.#place.leaveEnd();
      this.away = true;
    }
  }

  #scrolled() {
    const outcome = this.#place.scrolled(this.#end === this.chat.messages.length);
    if (outcome !== 'stays') {
      this.away = outcome === 'left end';
    }
    if (this.#frame === 0) {
      this.#frame = requestAnimationFrame(() => {
        this.#frame = 0;
        this.#look();
      });
    }
  }

  /** After a scroll: other messages may have come near. */
  #look() {
    this.#place.forgetIfFar();
    if (this.#changes()) {
      this.requestUpdate();
    }
    if (this.scroller.scrollTop < LOAD_OLDER) {
      this.app.chats.loadOlder(this.chat.id);
    }
  }

  /** @param {number} id */
  #element(id) {
    return this.querySelector(`ow-message[data-id="${id}"]`);
  }
}

customElements.define('ow-message-list', OwMessageList);
