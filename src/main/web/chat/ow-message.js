import { html, nothing } from 'lit';
import { copyText } from '../app/clipboard.js';
import { Element } from '../app/element.js';
import { icon } from '../app/icons.js';
import '../markdown/ow-markdown.js';
import { messageFiles } from './files.js';
import './ow-edit-question.js';
import './ow-versions.js';

const LONG = 2400;

/** One message: the person's in a soft frame, the model's without one. */
export class OwMessage extends Element {
  static properties = {
    ...Element.properties, message: { attribute: false }, conversation: { attribute: false },
    last: { attribute: false }, whole: { state: true }, editing: { state: true },
  };

  /** @type {import('../store/live-answer.js').LiveAnswer|undefined} */
  #live;
  /** @type {(() => void)|null} */
  #unsubscribe = null;
  #phase = '';

  constructor() {
    super();
    /** @type {import('../api/types.js').Message} */
    this.message = /** @type {any} */ (undefined);
    /** @type {import('../api/types.js').Conversation|null} */
    this.conversation = null;
    this.last = false;
    this.whole = false;
    this.editing = false;
  }

  watched() {
    const { running } = this.state;
    return [running.get(this.conversation?.id ?? 0), this.last && this.state.health.ollama, this.state.people.get(this.conversation?.id ?? 0)];
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#unsubscribe?.();
    this.#unsubscribe = null;
    this.#live = undefined;
  }

  connectedCallback() {
    super.connectedCallback();
    if (this.hasUpdated) {
      this.requestUpdate();
    }
  }

  willUpdate() {
    const live = this.app.answers.live(this.message.id);
    if (live !== this.#live) {
      this.#unsubscribe?.();
      this.#live = live;
      this.#unsubscribe = live?.subscribe(() => this.#grow()) ?? null;
    }
  }

  render() {
    switch (this.message.role) {
      case 'user': return this.#question();
      case 'assistant': return this.#answer();
      default: return html`<article class="aside" tabindex="-1" aria-label=${this.t('chat.note')}><details><summary>${this.t(`chat.role.${this.message.role}`)}</summary><div class="as-written">${this.message.content}</div></details></article>`;
    }
  }

  updated() {
    const view = /** @type {import('../markdown/ow-markdown.js').OwMarkdown|null} */ (this.querySelector('ow-markdown'));
    if (view && this.#live && !this.#live.ended) {
      view.show(this.#live.text, false);
    } else if (view) {
      view.text = this.message.content;
    }
  }

  /** Lets the person write the question anew, where the server keeps both. @returns {boolean} whether it does */
  edit() {
    this.editing = this.message.versions !== undefined && !this.#isBusy && this.#mayWrite;
    return this.editing;
  }

  get #isBusy() {
    return this.state.running.has(this.conversation?.id ?? 0);
  }

  get #mayWrite() {
    return this.conversation?.role !== 'reader';
  }

  #question() {
    const author = this.app.people.nameOf(this.conversation?.id ?? 0, this.message.author_id);
    const { content, created_at: at, id } = this.message;
    if (this.editing) {
      return html`<ow-edit-question .app=${this.app} .message=${this.message} .conversation=${this.conversation} @closed=${this.#edited}></ow-edit-question>`;
    }
    const folded = content.length > LONG && !this.whole;
    return html`<article class="question ${id < 0 ? 'unsaved' : ''}" tabindex="-1" aria-label=${author ? this.t('chat.models', { model: author, time: this.app.words.time(at) }) : this.t('chat.yours', { time: this.app.words.time(at) })}>
      ${author ? html`<div class="who author"><b>${author}</b></div>` : nothing}
      ${messageFiles(this.app, this.message.files)}
      <div class="user"><div class="as-written ${folded ? 'folded' : ''}">${content}</div>
        ${content.length > LONG ? html`<button class="link" aria-expanded=${!folded} @click=${() => this.whole = !this.whole}>${this.t(folded ? 'chat.showAll' : 'chat.showLess')}</button>` : nothing}</div>
      ${this.#questionActs()}
    </article>`;
  }

  #questionActs() {
    const { versions } = this.message;
    return html`<div class="acts question-acts">${this.#marks()}
      <span class="on-hover">
        <button class="icon" data-act="copy" aria-label=${this.t('chat.copyQuestion')} title=${this.t('chat.copy')} @click=${this.#copy}>${icon('copy')}</button>
        ${versions && this.#mayWrite ? html`<button class="icon" data-act="edit" aria-label=${this.t('chat.edit')} title=${this.t('chat.edit')} ?disabled=${this.#isBusy} @click=${this.edit}>${icon('edit')}</button>` : nothing}${versions ? this.#more() : nothing}</span>
      <ow-versions .app=${this.app} .message=${this.message}></ow-versions></div>`;
  }

  /** What was sent takes the place of this message, which loses the focus then. @param {CustomEvent<boolean>} event */
  async #edited({ detail: sent }) {
    this.editing = false;
    await this.updateComplete;
    /** @type {HTMLElement|null} */ ((sent ? null : this.querySelector('[data-act=edit]')) ?? document.querySelector('#question'))?.focus();
  }

  /** Opens the menu that all messages share. */
  #more() {
    return html`<button class="icon" data-act="more" aria-label=${this.t('chat.moreOfMessage')} aria-haspopup="menu" aria-expanded="false"
      popovertarget="message-menu" @click=${this.#openMenu}>${icon('more')}</button>`;
  }

  /** @param {Event} event */
  #openMenu(event) {
    const menu = /** @type {any} */ (document.querySelector('ow-message-menu'));
    menu?.openFor(this.message, event.currentTarget);
  }

  /** What its readers think of it. */
  #marks() {
    const { favorite, reaction } = this.message;
    const drawn = { '👍': icon('good', 16), '👎': icon('poor', 16) }[reaction ?? ''];
    return html`${reaction ? html`<span class="reaction" role="img" aria-label=${this.t('chat.reaction', { reaction })}>${drawn ?? reaction}</span>` : nothing}
      ${favorite ? html`<span class="starred" role="img" aria-label=${this.t('chat.isFavorite')}>${icon('star', 16)}</span>` : nothing}`;
  }

  #answer() {
    const { message } = this;
    const live = this.#live;
    const growing = live !== undefined && !live.ended;
    const thinking = (growing ? live.thinking : '') || message.thinking || '';
    const model = message.model_name ?? this.conversation?.model_name ?? '';
    const note = growing ? this.#note(live) : '';
    return html`<article class="answer" tabindex="-1" aria-label=${this.t('chat.models', { model, time: this.app.words.time(message.created_at) })} aria-busy=${growing}>
      <div class="who"><b>${model}</b>${note ? html`<span class="phase">${note}</span>` : nothing}</div>
      ${thinking ? html`<details class="think"><summary>${this.t('chat.thinking')}</summary><div class="as-written">${thinking}</div></details>` : nothing}
      <ow-markdown class="say ${growing ? 'growing' : ''}" .app=${this.app}></ow-markdown>
      ${growing && live.text === '' ? html`<span class="caret"></span>` : nothing}
      ${growing || message.status === 'streaming' ? html`<div class="acts"></div>` : [this.#ending(), this.#acts()]}
    </article>`;
  }

  /** What ended an answer before its time, and what can be done about it. */
  #ending() {
    const { message } = this;
    if (message.status === 'complete') {
      return nothing;
    }
    const goOn = this.last && this.#mayWrite && message.content !== '' ? html`<button class="btn" data-act="continue" @click=${() => this.#again('goOn')}>${icon('play', 15)}${this.t('chat.continue')}</button>` : nothing;
    const again = this.last && this.#mayWrite && message.content === '' ? html`<button class="btn" data-act="retry" @click=${() => this.#again('again')}>${icon('again', 15)}${this.t('app.tryAgain')}</button>` : nothing;
    if (message.status === 'error') {
      return html`<div class="note bad"><span>${message.error ? this.t('chat.failedWith', { error: message.error }) : this.t('chat.failed')}</span>${goOn}${again}</div>`;
    }
    return html`<div class="note"><span>${this.t(message.stopped === false ? 'chat.interrupted' : 'chat.stopped')}</span>${goOn}${again}</div>`;
  }

  #acts() {
    const { message } = this;
    return html`<div class="acts">
      <button class="icon" data-act="copy" aria-label=${this.t('chat.copyAnswer')} title=${this.t('chat.copy')} @click=${this.#copy}>${icon('copy')}</button>
      ${this.#mayWrite && (this.last || message.versions) ? html`<button class="icon" data-act="again" aria-label=${this.t('chat.again')} title=${this.t('chat.again')} ?disabled=${this.#isBusy} @click=${() => this.#again('again')}>${icon('again')}</button>` : nothing}
      ${message.versions ? this.#more() : nothing}
      <ow-versions .app=${this.app} .message=${message}></ow-versions>${this.#marks()}
      <span class="meta figures wideonly">${this.#facts(message)}</span></div>`;
  }

  /** @param {import('../api/types.js').Message} message */
  #facts({ tokens_used: tokens, duration_ms: duration, rate, created_at: at }) {
    const speed = rate ?? (tokens && duration ? tokens * 1000 / duration : null);
    return [
      tokens ? this.t('chat.tokens', { count: tokens, text: this.app.words.number(tokens) }) : null,
      speed ? this.t('chat.rate', { rate: this.app.words.number(speed, speed < 10 ? 1 : 0) }) : null,
      html`<time datetime=${at} title=${this.app.words.moment(at)}>${this.app.words.time(at)}</time>`,
    ].filter(Boolean).flatMap((fact, i) => i === 0 ? [fact] : [' · ', fact]);
  }

  /** @param {import('../store/live-answer.js').LiveAnswer} live */
  #note(live) {
    switch (live.phase) {
      case 'waiting': return this.t('chat.waiting');
      case 'queued': return this.t('chat.queued', { position: live.position });
      case 'thinking': return this.t('chat.thinkingNow');
      case 'reconnecting': return this.t('chat.reconnecting');
      default: return '';
    }
  }

  #grow() {
    const live = this.#live;
    if (!live || live.ended) {
      return;
    }
    const phase = live.phase + (live.text === '') + live.position + (live.phase === 'thinking' ? live.thinking.length : '');
    if (phase !== this.#phase) {
      this.#phase = phase;
      this.requestUpdate();
    }
    const view = /** @type {import('../markdown/ow-markdown.js').OwMarkdown|null} */ (this.querySelector('ow-markdown'));
    view?.show(live.text, false);
  }

  async #copy() {
    await copyText(this.message.content);
    this.app.notices.show(this.t('chat.copied'));
  }

  /** @param {'again'|'goOn'} how */
  #again(how) {
    if (this.conversation) {
      this.app.answers[how](this.conversation.id, this.message);
      /** @type {HTMLElement|null} */ (document.querySelector('#question'))?.focus({ preventScroll: true });
    }
  }
}

customElements.define('ow-message', OwMessage);
