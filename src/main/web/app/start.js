// Part of the document: asks for the modules once the first frame is drawn, so that it waits for none of them.
(function startAfterFirstFrame() {
  /** @param {string} id of the template that holds what to ask for */
  function add(id) {
    document.head.append(/** @type {HTMLTemplateElement} */ (document.getElementById(id)).content);
  }
  function start() {
    add('modules');
    if (location.pathname.startsWith('/c/')) {
      add('later-modules');
    }
  }
  requestAnimationFrame(function () {
    setTimeout(start);
  });
  // A tab in the background draws no frames.
  setTimeout(start, 500);
})();
