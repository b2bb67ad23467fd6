import { html, nothing } from 'lit';
import { live } from 'lit/directives/live.js';
import { repeat } from 'lit/directives/repeat.js';
import { conversationMenu } from '../chat/actions.js';
import { Element } from '../app/element.js';
import { icon } from '../app/icons.js';
import { menu } from '../app/menu.js';
import { rows } from './groups.js';

const HEADING = 34;
const OVERSCAN = 400;

/** The list of conversations. Only the rows near the screen exist, however many there are. */
class OwConversationList extends Element {
  static properties = { ...Element.properties, menuFor: { state: true } };

  /** @type {import('./groups.js').Row[]} */
  #rows = [];
  /** @type {number[]} where each row begins, and where the last one ends */
  #tops = [0];
  #made = /** @type {unknown[]} */ ([]);
  #frame = 0;
  /** The part of the list that is seen, as last told: asking while rows are being drawn would lay them out once more. */
  #seen = { top: 0, height: innerHeight };
  #first = 0;
  #end = 0;

  constructor() {
    super();
    /** @type {import('../api/types.js').Conversation|null} */
    this.menuFor = null;
  }

  watched() {
    const { library, running, route, chosen } = this.state;
    return [library, running, route, chosen];
  }

  connectedCallback() {
    super.connectedCallback();
    this.resized = new ResizeObserver(() => this.#look());
    this.resized.observe(this);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.resized?.disconnect();
  }

  render() {
    return html`${this.#filter()}${this.#list()}`;
  }

  /** What the list is limited to. */
  #filter() {
    const { tag } = this.state.library;
    return tag === null ? nothing : html`<div class="filter"><span class="cut">${this.t('tags.only', { tag })}</span>
      <button class="icon" aria-label=${this.t('tags.all')} title=${this.t('tags.all')} @click=${() => this.app.library.filter(null)}>${icon('close', 15)}</button></div>`;
  }

  #list() {
    const { library } = this.state;
    if (library.status === 'loading' || library.status === 'idle') {
      this.#seen = { ...this.#seen, top: 0 };
      return html`<div class="list" aria-busy="true">${[70, 55, 80, 62, 48, 74].map(() => html`<div class="row-ghost"><span class="ghost"></span></div>`)}</div>`;
    }
    if (library.status === 'failed') {
      return html`<div class="list"><div class="blank small"><span>${this.t('sidebar.failed')}</span>
        <button class="btn" @click=${() => this.app.library.refresh()}>${this.t('app.tryAgain')}</button></div></div>`;
    }
    if (library.items.length === 0) {
      return html`<div class="list"><div class="blank small"><span>${this.t(library.tag === null ? 'sidebar.empty' : 'tags.none')}</span></div></div>`;
    }
    this.#measure(library.items);
    [this.#first, this.#end] = this.#window();
    return html`<div class="list" @scroll=${this.#scrolled} @keydown=${this.#move}>
      <div class="space-before"></div>
      <ul role="list" aria-label=${this.t('sidebar.label')}>
        ${repeat(this.#rows.slice(this.#first, this.#end), row => row.key, row => row.kind === 'heading' ? this.#heading(row.label) : this.#row(row.conversation, row.index))}
      </ul>
      <div class="space-after"></div>
      ${menu('row-menu', this.t('chat.more'), this.menuFor ? conversationMenu(this.app, this.menuFor) : [])}
    </div>`;
  }

  updated() {
    const before = /** @type {HTMLElement|null} */ (this.querySelector('.space-before'));
    const after = /** @type {HTMLElement|null} */ (this.querySelector('.space-after'));
    before?.style.setProperty('height', `${this.#tops[this.#first]}px`);
    after?.style.setProperty('height', `${this.#total - this.#tops[this.#end]}px`);
    if (before && this.#seen.top + this.#seen.height > this.#total - 1500) {
      this.app.library.loadMore();
    }
  }

  /** After a scroll or another size: other rows may have come near. */
  #look() {
    const list = this.querySelector('.list');
    const seen = { top: list?.scrollTop ?? 0, height: list?.clientHeight || innerHeight };
    if (seen.top !== this.#seen.top || seen.height !== this.#seen.height) {
      this.#seen = seen;
      this.requestUpdate();
    }
  }

  get #total() {
    return this.#tops[this.#tops.length - 1];
  }

  /** @param {string} label */
  #heading(label) {
    return html`<li class="heading"><h3>${label}</h3></li>`;
  }

  /** @param {import('../api/types.js').Conversation} conversation @param {number} index */
  #row(conversation, index) {
    const { route, running, library, chosen } = this.state;
    if (chosen !== null) {
      return this.#choice(conversation, index, chosen.has(conversation.id));
    }
    const current = route.screen === 'chat' && route.id === conversation.id;
    const answering = running.has(conversation.id);
    return html`<li class="row ${current ? 'on' : ''}" aria-setsize=${library.total} aria-posinset=${index + 1}>
      <a href="/c/${conversation.id}" aria-current=${current ? 'page' : nothing} title=${conversation.title}><span class="cut">${conversation.title}</span>
        ${(conversation.role ?? 'owner') === 'owner' ? nothing : html`<span class="of-others">${icon('people', 15)}</span><span class="unseen">${this.t('members.ofOthers')}</span>`}
        ${conversation.tags?.slice(0, 1).map(tag => html`<span class="tag">${tag}</span>`)}
        ${answering ? html`<span class="dot"></span><span class="unseen">${this.t('sidebar.answering')}</span>` : nothing}</a>
      <button class="icon row-more" aria-label=${this.t('sidebar.moreOf', { title: conversation.title })} aria-haspopup="menu"
        popovertarget="row-menu" @click=${(/** @type {Event} */ event) => this.#openMenu(event, conversation)}>${icon('more')}</button></li>`;
  }

  /** @param {import('../api/types.js').Conversation} conversation @param {number} index @param {boolean} isChosen */
  #choice({ id, title }, index, isChosen) {
    return html`<li class="row choosing" aria-setsize=${this.state.library.total} aria-posinset=${index + 1}>
      <label><input type="checkbox" .checked=${live(isChosen)} @change=${() => this.#choose(id)}><span class="cut">${title}</span></label></li>`;
  }

  /** @param {number} id */
  #choose(id) {
    const chosen = new Set(this.state.chosen);
    if (!chosen.delete(id)) {
      chosen.add(id);
    }
    this.app.store.set({ chosen });
  }

  /** @param {Event} event @param {import('../api/types.js').Conversation} conversation */
  #openMenu(event, conversation) {
    this.querySelectorAll('[data-opener]').forEach(each => each.removeAttribute('data-opener'));
    /** @type {HTMLElement} */ (event.currentTarget).dataset.opener = '';
    this.menuFor = conversation;
  }

  /** @param {import('../api/types.js').Conversation[]} items */
  #measure(items) {
    const rowHeight = matchMedia('(pointer: coarse)').matches ? 44 : 36;
    const day = new Date().toDateString();
    if (this.#made[0] === items && this.#made[1] === rowHeight && this.#made[2] === day) {
      return;
    }
    this.#made = [items, rowHeight, day];
    this.#rows = rows(items, this.app.words, new Date());
    this.#tops = [0];
    for (const row of this.#rows) {
      this.#tops.push(this.#total + (row.kind === 'heading' ? HEADING : rowHeight));
    }
  }

  /** @returns {[number, number]} the rows near the screen: the first, and the one after the last */
  #window() {
    const { top, height } = this.#seen;
    return [this.#rowAt(top - OVERSCAN), Math.min(this.#rows.length, this.#rowAt(top + height + OVERSCAN) + 1)];
  }

  /** @param {number} y */
  #rowAt(y) {
    let low = 0;
    let high = this.#rows.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (this.#tops[middle] <= y) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return low;
  }

  #scrolled() {
    if (this.#frame === 0) {
      this.#frame = requestAnimationFrame(() => {
        this.#frame = 0;
        this.#look();
      });
    }
  }

  /** @param {KeyboardEvent} event */
  #move(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step || event.altKey || !(event.target instanceof HTMLAnchorElement)) {
      return;
    }
    const links = /** @type {HTMLElement[]} */ ([...this.querySelectorAll('li.row a')]);
    const next = links[links.indexOf(event.target) + step];
    if (next) {
      event.preventDefault();
      next.focus();
    }
  }
}

customElements.define('ow-conversation-list', OwConversationList);
