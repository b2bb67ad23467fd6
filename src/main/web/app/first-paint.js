// Part of the document, so that the first paint has the chosen appearance and the frame that is about to come.
(function prepareFirstPaint() {
  try {
    var root = document.documentElement.dataset;
    var theme = localStorage.getItem('theme');
    if (theme === 'light' || theme === 'dark') {
      root.theme = theme;
    }
    if (localStorage.getItem('was') === 'in' && !location.pathname.startsWith('/share/')) {
      root.was = 'in';
    }
  } catch (storageIsForbidden) {
    // The system's appearance and the mark alone it is.
  }
})();
