const LINES_IN_PART = 100;

/**
 * A code block whose end has not come yet. What comes is added to its text as it is, in parts of some lines, so that
 * neither the parser nor the layout goes over the whole again.
 */
export class OpenFence {
  #lines = 0;
  #part;
  #shown;
  #lineStart;

  /** @param {any} token @param {string} text @param {number} start of the fence in it @param {HTMLElement} root @returns {OpenFence|null} */
  static of(token, text, start, root) {
    const code = root.querySelector(':scope > figure:last-child code');
    const firstLine = text.indexOf('\n', start);
    if (!code || firstLine < 0 || token.level !== 0) {
      return null;
    }
    const fence = new OpenFence(token.markup, code, firstLine + 1);
    return fence.grow(text) ? fence : null;
  }

  /** @param {string} markup @param {Element} code @param {number} from where the code begins */
  constructor(markup, code, from) {
    this.code = code;
    this.closing = new RegExp(`^ {0,3}${markup[0]}{${markup.length},}[ \\t]*$`);
    this.beginning = new RegExp(`^ {0,3}${markup[0]}*[ \\t]*$`);
    this.code.replaceChildren();
    this.#part = this.#newPart();
    this.#shown = from;
    this.#lineStart = from;
  }

  /** @param {string} text all of it so far @returns {boolean} whether the block is still open */
  grow(text) {
    for (let end = text.indexOf('\n', this.#lineStart); end >= 0; end = text.indexOf('\n', this.#lineStart)) {
      if (this.closing.test(text.slice(this.#lineStart, end))) {
        return false;
      }
      this.#add(text.slice(this.#shown, end + 1));
      this.#shown = end + 1;
      this.#lineStart = end + 1;
      if (++this.#lines % LINES_IN_PART === 0) {
        this.#part = this.#newPart();
      }
    }
    const rest = text.slice(this.#lineStart);
    if (!this.beginning.test(rest)) {
      this.#add(text.slice(this.#shown));
      this.#shown = text.length;
    }
    return true;
  }

  /** @param {string} more */
  #add(more) {
    if (more !== '') {
      this.#part.appendData(more);
    }
  }

  #newPart() {
    const part = document.createElement('span');
    part.className = 'part';
    const text = document.createTextNode('');
    part.append(text);
    this.code.append(part);
    return text;
  }
}
