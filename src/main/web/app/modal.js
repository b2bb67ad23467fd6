/**
 * Shows a dialog over the page. The browser tells of its end in a task of its own, by which time another dialog may have
 * taken its place; so whatever closes it here is told at once, and what comes late from a dialog that is gone is not told.
 *
 * @param {HTMLDialogElement} dialog
 * @param {() => void} closed called once, when the dialog was closed by whatever means
 * @returns {() => void} closes it
 */
export function showModal(dialog, closed) {
  let told = false;
  const tell = () => {
    if (!told && dialog.isConnected) {
      told = true;
      closed();
    }
  };
  const close = () => {
    dialog.close();
    tell();
  };
  dialog.addEventListener('close', tell);
  dialog.addEventListener('keydown', event => {
    if (event.key === 'Escape' && !event.isComposing && !event.defaultPrevented && !dialog.querySelector(':popover-open')) {
      event.preventDefault();
      close();
    }
  });
  dialog.showModal();
  return close;
}

/**
 * Gives the focus back to where it came from, once the dialog is gone. Chromium has done so by then, but without a caret:
 * what is typed would go nowhere.
 *
 * @param {HTMLElement} element
 */
export function giveFocusBack(element) {
  element.blur();
  element.focus();
}
