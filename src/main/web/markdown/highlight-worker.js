// The thread that works out the colours of code. A worker knows no import map, hence the library's address.
import hljs from '../lib/highlightjs/highlight.min.js';

self.onmessage = ({ data: { id, text, language } }) => {
  self.postMessage({ id, html: hljs.getLanguage(language) ? hljs.highlight(text, { language, ignoreIllegals: true }).value : null });
};
