// Part of the document: asks for the modules once the first frame is drawn, so that it waits for none of them.
(function startAfterFirstFrame() {
  var modules = /** @type {HTMLTemplateElement} */ (document.querySelector('template'));
  function start() {
    document.head.append(modules.content);
  }
  requestAnimationFrame(function () {
    setTimeout(start);
  });
  // A tab in the background draws no frames.
  setTimeout(start, 500);
})();
