/** Signs that can neither begin nor end any markup, whatever stands around them. */
const PLAIN = /^[\p{L}\p{N} ,.?!'"，。、！？；：“”‘’…–—「」『』（）]+$/u;
/** A line that is longer than this cannot become the beginning of a list any more. */
const LONGEST_MARKER = 12;

/**
 * A paragraph whose end has not come yet. Words that follow words are added to its last text as they are; only what may
 * mean more (a sign of Markdown, a new line) has it parsed again.
 */
export class OpenParagraph {
  #shown;

  /**
   * @param {any[]} tokens of the blocks that are open
   * @param {string} text all of it so far
   * @param {HTMLElement} root
   * @returns {OpenParagraph|null}
   */
  static of(tokens, text, root) {
    const last = root.lastElementChild?.lastChild;
    const isParagraph = tokens.length === 3 && tokens[0].type === 'paragraph_open' && tokens[0].level === 0;
    const line = text.slice(text.lastIndexOf('\n') + 1);
    const shown = text.trimEnd().length;
    // An address goes on until a space.
    const word = text.slice(text.lastIndexOf(' ', shown - 1) + 1, shown);
    return isParagraph && last instanceof Text && line.length > LONGEST_MARKER && PLAIN.test(word)
      ? new OpenParagraph(last, shown) : null;
  }

  /** @param {Text} node its last text @param {number} shown how much of the text is there */
  constructor(node, shown) {
    this.node = node;
    this.#shown = shown;
  }

  /** @param {string} text all of it so far @returns {boolean} whether it shows all of that now */
  grow(text) {
    const more = text.slice(this.#shown).trimEnd();
    if (more === '') {
      return !text.includes('\n', this.#shown);
    }
    if (!PLAIN.test(text.slice(this.#shown))) {
      return false;
    }
    this.node.appendData(more);
    this.#shown += more.length;
    return true;
  }
}
