import { html, svg } from 'lit';

/** The page's drawings, on a grid of 20. */
const SHAPES = {
  logo: svg`<path d="M4 16.5v-7a6 6 0 0 1 12 0v1a4 4 0 0 1-4 4H8z"/><path d="M8 9.5h.01M12 9.5h.01" class="thick"/>`,
  new: svg`<path d="M10 4H5.5A2.5 2.5 0 0 0 3 6.5v8A2.5 2.5 0 0 0 5.5 17h8a2.5 2.5 0 0 0 2.5-2.5V10M16.5 3.5a1.4 1.4 0 0 0-2 0L8 10v2h2l6.5-6.5a1.4 1.4 0 0 0 0-2z"/>`,
  find: svg`<circle cx="9" cy="9" r="5.5"/><path d="m13.5 13.5 3.5 3.5"/>`,
  copy: svg`<rect x="7" y="7" width="9.5" height="9.5" rx="2"/><path d="M13 7V5.5a2 2 0 0 0-2-2H5.5a2 2 0 0 0-2 2V11a2 2 0 0 0 2 2H7"/>`,
  again: svg`<path d="M16 10a6 6 0 1 1-1.8-4.3L16 7.5M16 3.5v4h-4"/>`,
  edit: svg`<path d="m4 16 .8-3.2L13 4.6a1.6 1.6 0 0 1 2.3 2.3L7.2 15.1z"/>`,
  star: svg`<path d="m10 3.5 2 4.2 4.5.6-3.3 3.1.8 4.6-4-2.2-4 2.2.8-4.6L3.5 8.3 8 7.7z"/>`,
  stop: svg`<rect x="6" y="6" width="8" height="8" rx="1.5" class="solid"/>`,
  send: svg`<path d="M10 16V4.5M5 9.5l5-5 5 5"/>`,
  clip: svg`<path d="m15.5 9-5.8 5.8a3.3 3.3 0 0 1-4.7-4.7l6-6a2.2 2.2 0 0 1 3.1 3.1l-5.9 5.9a1.1 1.1 0 0 1-1.6-1.6L12 6.2"/>`,
  bulb: svg`<path d="M7.5 14.5c0-2-2.5-3-2.5-6a5 5 0 0 1 10 0c0 3-2.5 4-2.5 6zM8 17h4"/>`,
  share: svg`<path d="M10 12V3.5M7 6l3-3 3 3M5 10v5a1.5 1.5 0 0 0 1.5 1.5h7A1.5 1.5 0 0 0 15 15v-5"/>`,
  people: svg`<circle cx="7.5" cy="7" r="2.8"/><path d="M2.5 16c0-2.8 2.2-4.5 5-4.5s5 1.7 5 4.5M13 4.4a2.8 2.8 0 0 1 0 5.2M14.5 11.9c1.8.5 3 1.9 3 4.1"/>`,
  more: svg`<path d="M5 10h.01M10 10h.01M15 10h.01" class="thick"/>`,
  down: svg`<path d="m6 8 4 4 4-4"/>`,
  left: svg`<path d="m12 6-4 4 4 4"/>`,
  right: svg`<path d="m8 6 4 4-4 4"/>`,
  good: svg`<path d="M6.5 9v7.5H4A1 1 0 0 1 3 15.5V10a1 1 0 0 1 1-1zm0 0 3.2-5.7a1.6 1.6 0 0 1 1.9 1.9L11 8h4.2a1.5 1.5 0 0 1 1.5 1.8l-1 5.4a1.5 1.5 0 0 1-1.5 1.3H6.5"/>`,
  poor: svg`<path d="M6.5 11V3.5H4A1 1 0 0 0 3 4.5V10a1 1 0 0 0 1 1zm0 0 3.2 5.7a1.6 1.6 0 0 0 1.9-1.9L11 12h4.2a1.5 1.5 0 0 0 1.5-1.8l-1-5.4a1.5 1.5 0 0 0-1.5-1.3H6.5"/>`,
  branch: svg`<circle cx="6" cy="4.5" r="1.5"/><circle cx="6" cy="15.5" r="1.5"/><circle cx="14" cy="6.5" r="1.5"/><path d="M6 6v8M14 8c0 3-3 3.5-8 4"/>`,
  menu: svg`<path d="M3.5 6h13M3.5 10h13M3.5 14h9"/>`,
  close: svg`<path d="m5.5 5.5 9 9M14.5 5.5l-9 9"/>`,
  check: svg`<path d="m4.5 10.5 3.5 3.5 7.5-8"/>`,
  trash: svg`<path d="M4 5.5h12M8 5.5V4a1 1 0 0 1 1-1h2a1 1 0 0 1 1 1v1.5M5.5 5.5l.7 10a1.5 1.5 0 0 0 1.5 1.5h4.6a1.5 1.5 0 0 0 1.5-1.5l.7-10"/>`,
  pin: svg`<path d="M7.5 3.5h5l-.6 5 2.6 2.5v1.5h-9V11l2.6-2.5zM10 12.5V17"/>`,
  archive: svg`<path d="M3 4.5h14v3H3zM4.5 7.5v7A1.5 1.5 0 0 0 6 16h8a1.5 1.5 0 0 0 1.5-1.5v-7M8 10.5h4"/>`,
  tag: svg`<path d="M3.5 3.5h6l7 7-6 6-7-7zM6.7 6.7h.01"/>`,
  export: svg`<path d="M10 3.5V12M6.5 9l3.5 3.5L13.5 9M4 16.5h12"/>`,
  import: svg`<path d="M10 12.5V4M6.5 7.5 10 4l3.5 3.5M4 16.5h12"/>`,
  prompt: svg`<path d="M4.5 5.5h11M4.5 9.5h7M4.5 13.5h9"/><path d="m14.5 8.5.6 1.4 1.4.6-1.4.6-.6 1.4-.6-1.4-1.4-.6 1.4-.6z"/>`,
  slash: svg`<rect x="3.5" y="3.5" width="13" height="13" rx="3"/><path d="m11.5 7-3 6"/>`,
  tasks: svg`<path d="m3.5 5.5 1.5 1.5L7.5 4M3.5 13.5 5 15l2.5-3M10.5 6h6M10.5 14h6"/>`,
  goals: svg`<circle cx="10" cy="10" r="6.5"/><circle cx="10" cy="10" r="2.5"/>`,
  insights: svg`<path d="M4 16V11M8 16V7M12 16V9M16 16V4"/>`,
  usage: svg`<path d="M3.5 16.5h13M5.5 13.5v-3M10 13.5V6M14.5 13.5V8.5"/>`,
  settings: svg`<path d="M4 6h7M15 6h1M4 14h1M9 14h7"/><circle cx="13" cy="6" r="2"/><circle cx="7" cy="14" r="2"/>`,
  keys: svg`<rect x="2.5" y="5" width="15" height="10" rx="2"/><path d="M5.5 8h.01M8.5 8h.01M11.5 8h.01M14.5 8h.01M7 12h6" class="mid"/>`,
  exit: svg`<path d="M8.5 4H5.5A1.5 1.5 0 0 0 4 5.5v9A1.5 1.5 0 0 0 5.5 16h3M12.5 13l3.5-3-3.5-3M16 10H8"/>`,
  external: svg`<path d="M8 5H5.5A1.5 1.5 0 0 0 4 6.5v8A1.5 1.5 0 0 0 5.5 16h8a1.5 1.5 0 0 0 1.5-1.5V12M11.5 4H16v4.5M16 4l-7 7"/>`,
  play: svg`<path d="M7 4.5v11l8.5-5.5z"/>`,
  file: svg`<path d="M11 3.5H6A1.5 1.5 0 0 0 4.5 5v10A1.5 1.5 0 0 0 6 16.5h8a1.5 1.5 0 0 0 1.5-1.5V8zM11 3.5V8h4.5"/>`,
  image: svg`<rect x="3" y="4" width="14" height="12" rx="2"/><circle cx="7.5" cy="8" r="1.2"/><path d="m3.5 14 4-3.5 3 2.5 2.5-2 3.5 3"/>`,
  plus: svg`<path d="M10 4.5v11M4.5 10h11"/>`,
  key: svg`<circle cx="7" cy="12.5" r="3"/><path d="m9.2 10.3 6-6M13 6.5l2 2"/>`,
  warn: svg`<path d="M10 4 3 16h14zM10 9v3M10 14.2h.01"/>`,
};

/** @typedef {keyof typeof SHAPES} IconName */

/** @param {IconName} name @param {number} [size] in pixels; a picture that the control's name explains */
export function icon(name, size = 18) {
  return html`<svg viewBox="0 0 20 20" width=${size} height=${size} aria-hidden="true" focusable="false">${SHAPES[name]}</svg>`;
}
