// Runs before the first paint, so that a chosen appearance never flashes the other one.
(function applyChosenTheme() {
  try {
    var theme = localStorage.getItem('theme');
    if (theme === 'light' || theme === 'dark') {
      document.documentElement.dataset.theme = theme;
    }
  } catch (storageIsForbidden) {
    // The system's appearance it is.
  }
})();
