/** Nearer to the end than this counts as the end. */
const AT_END = 8;

/**
 * Where the reader is in a list whose heights become known only as it is drawn: at the end, to which the view then keeps,
 * or at some message, which then stays where it is on the screen.
 */
export class Place {
  follows = true;
  /** @type {{ id: number, offset: number }|null} the message that is looked at, and how far below the upper edge it begins */
  anchor = null;
  #lastTop = 0;
  #lastHeight = 0;

  /** @param {() => HTMLElement} scroller @param {string} items a selector of what has a {@code data-id} */
  constructor(scroller, items) {
    this.scroller = scroller;
    this.items = items;
  }

  toEnd() {
    this.follows = true;
    this.anchor = null;
  }

  /** @param {number} id @param {number} offset below the upper edge */
  goTo(id, offset) {
    this.follows = false;
    this.anchor = { id, offset };
  }

  leaveEnd() {
    this.follows = false;
    this.remember();
  }

  /** The reader has scrolled. @param {boolean} endExists whether the end is drawn @returns {'stays'|'reached end'|'left end'} */
  scrolled(endExists) {
    const { scrollTop, scrollHeight, clientHeight } = this.scroller();
    const atEnd = endExists && scrollHeight - scrollTop - clientHeight < AT_END;
    const down = scrollTop >= this.#lastTop;
    // What became shorter scrolls by itself.
    const up = scrollTop < this.#lastTop - 1 && scrollHeight >= this.#lastHeight;
    this.#lastTop = scrollTop;
    this.#lastHeight = scrollHeight;
    if (atEnd && down) {
      this.toEnd();
      return 'reached end';
    }
    if (up) {
      this.leaveEnd();
      return 'left end';
    }
    if (!this.follows) {
      this.remember();
    }
    return 'stays';
  }

  /** The reader may have scrolled since the last event: what was remembered before does not count then. */
  catchUp() {
    if (!this.follows && this.anchor && Math.abs(this.scroller().scrollTop - this.#lastTop) > 1) {
      this.#lastTop = this.scroller().scrollTop;
      this.remember();
    }
  }

  /** Brings the view back to where the reader is, after heights have changed. */
  keep() {
    const scroller = this.scroller();
    if (this.follows) {
      scroller.scrollTop = scroller.scrollHeight;
    } else if (this.anchor) {
      const element = scroller.querySelector(`${this.items}[data-id="${this.anchor.id}"]`);
      const moved = element ? element.getBoundingClientRect().top - scroller.getBoundingClientRect().top - this.anchor.offset : 0;
      if (Math.abs(moved) > 0.5) {
        scroller.scrollTop += moved;
      }
    }
    this.#lastTop = scroller.scrollTop;
    this.#lastHeight = scroller.scrollHeight;
  }

  /** A throw of the scroll bar may leave all that existed far behind. */
  forgetIfFar() {
    if (!this.follows && this.anchor && Math.abs(this.anchor.offset) > this.scroller().clientHeight * 4) {
      this.anchor = null;
    }
  }

  remember() {
    const edge = this.scroller().getBoundingClientRect().top;
    for (const element of this.scroller().querySelectorAll(this.items)) {
      const at = element.getBoundingClientRect();
      if (at.bottom > edge) {
        this.anchor = { id: Number(/** @type {HTMLElement} */ (element).dataset.id), offset: at.top - edge };
        return;
      }
    }
    this.anchor = null;
  }
}
