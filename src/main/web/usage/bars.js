import { html, svg } from 'lit';

const HEIGHT = 120;
const STEP = 10;

/**
 * A bar for each day. What it shows is in a table, too, for who does not see it.
 *
 * @param {{ day: string, value: number }[]} days
 * @param {string} label
 * @param {(day: { day: string, value: number }) => string} title of one bar
 */
export function bars(days, label, title) {
  const most = Math.max(1, ...days.map(each => each.value));
  const height = (/** @type {number} */ value) => value === 0 ? 0 : Math.max(2, value / most * HEIGHT);
  return html`<svg class="bars" viewBox="0 0 ${days.length * STEP} ${HEIGHT}" preserveAspectRatio="none" role="img" aria-label=${label}>
    ${days.map((each, i) => svg`<rect x=${i * STEP + 1} y=${HEIGHT - height(each.value)} width=${STEP - 2} height=${height(each.value)}><title>${title(each)}</title></rect>`)}</svg>`;
}
