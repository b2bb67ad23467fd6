import { html, nothing } from 'lit';
import { keepBeside } from './beside.js';
import { icon } from './icons.js';

/**
 * @typedef {{ icon: import('./icons.js').IconName, label: string, run: () => void, danger?: boolean, line?: boolean }} MenuItem
 */

/**
 * A menu that opens beside its button, by the browser's own popover.
 *
 * @param {string} id unlike any other's in the document
 * @param {string} label
 * @param {MenuItem[]} items
 */
export function menu(id, label, items) {
  return html`<div id=${id} class="menu" popover role="menu" aria-label=${label}
      @beforetoggle=${place} @toggle=${focusFirst} @keydown=${move} @click=${close}>
    ${items.map(item => html`${item.line ? html`<hr role="separator">` : nothing}
      <button role="menuitem" class=${item.danger ? 'danger' : ''} @click=${item.run}>${icon(item.icon)}<span>${item.label}</span></button>`)}
  </div>`;
}

/** @param {Event & { newState?: string }} event */
function place(event) {
  const list = /** @type {HTMLElement} */ (event.currentTarget);
  if (event.newState === 'open') {
    keepBeside(list, () => opener(list.id), at => putBeside(list, at));
  }
}

/** @param {HTMLElement} list @param {DOMRect} at where its button is */
function putBeside(list, at) {
  const height = list.childElementCount * 46 + 20;
  const below = at.bottom + height < innerHeight;
  const left = at.left + 220 < innerWidth;
  list.style.setProperty('top', below ? `${at.bottom + 4}px` : 'auto');
  list.style.setProperty('bottom', below ? 'auto' : `${innerHeight - at.top + 4}px`);
  list.style.setProperty('left', left ? `${at.left}px` : 'auto');
  list.style.setProperty('right', left ? 'auto' : `${innerWidth - at.right}px`);
}

/** @param {Event & { newState?: string }} event */
function focusFirst(event) {
  const list = /** @type {HTMLElement} */ (event.currentTarget);
  const button = opener(list.id);
  button?.setAttribute('aria-expanded', String(event.newState === 'open'));
  if (event.newState === 'open') {
    /** @type {HTMLElement|null} */ (list.querySelector('button'))?.focus();
  }
}

/** Several buttons may share a menu: then it is the one that says so. @param {string} id @returns {HTMLElement|null} */
function opener(id) {
  return document.querySelector(`[popovertarget="${id}"][data-opener]`) ?? document.querySelector(`[popovertarget="${id}"]`);
}

/** @param {KeyboardEvent} event */
function move(event) {
  const list = /** @type {HTMLElement} */ (event.currentTarget);
  const items = /** @type {HTMLElement[]} */ ([...list.querySelectorAll('button')]);
  const at = items.indexOf(/** @type {HTMLElement} */ (document.activeElement));
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 }[event.key];
  if (to !== undefined) {
    event.preventDefault();
    items.at(to % items.length)?.focus();
  } else if (event.key === 'Tab') {
    list.hidePopover();
  }
}

/** @param {Event} event */
function close(event) {
  /** @type {HTMLElement} */ (event.currentTarget).hidePopover();
}
