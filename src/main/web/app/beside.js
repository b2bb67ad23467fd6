/**
 * Puts an opening popover beside its button, and again whenever the window changes its size, until it closes. It closes when
 * the button is gone from the screen.
 *
 * @param {HTMLElement} popover
 * @param {() => HTMLElement|null} button
 * @param {(at: DOMRect) => void} place
 */
export function keepBeside(popover, button, place) {
  const closing = new AbortController();
  const follow = () => {
    const opener = button();
    if (popover.isConnected && opener?.checkVisibility({ visibilityProperty: true })) {
      place(opener.getBoundingClientRect());
      return;
    }
    closing.abort();
    if (popover.isConnected && popover.matches(':popover-open')) {
      popover.hidePopover();
    }
  };
  follow();
  window.addEventListener('resize', follow, closing);
  popover.addEventListener('toggle', event => {
    if (/** @type {Event & { newState?: string }} */ (event).newState === 'closed') {
      closing.abort();
    }
  }, closing);
}
