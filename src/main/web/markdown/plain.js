/** @param {string} markdown @returns {string} what it says, without the signs that shape it; for a line or two of a message */
export function plain(markdown) {
  return markdown
    .replace(/^[ \t]*(```|~~~).*\n?/gm, '')
    .replace(/^[ \t]*(#{1,6}|>)[ \t]+/gm, '')
    .replace(/(\*\*|\*|`)(?=\S)([^\n]*?\S)\1/g, '$2')
    .replace(/!?\[([^\]\n]*)\]\([^)\n]*\)/g, '$1')
    .trim();
}
