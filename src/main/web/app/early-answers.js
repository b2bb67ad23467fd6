// Part of the document: asks for what the first screen shows before the modules that show it are there. `api/client.js` takes
// these answers in place of asking itself.
(function askEarly() {
  var share = /^\/share\/([A-Za-z0-9_-]+)\/?$/.exec(location.pathname);
  var paths = [share ? '/api/shares/' + share[1] : '/api/v1/auth/session'];
  if (document.documentElement.dataset.was === 'in') {
    var chat = /^\/c\/([1-9][0-9]{0,14})\/?$/.exec(location.pathname);
    paths.push('/api/conversations?page=1&page_size=100');
    if (chat) {
      paths.push('/api/conversations/' + chat[1] + '?limit=200');
    }
  }
  /** @type {Map<string, Promise<Response>>} */
  var answers = new Map();
  paths.forEach(function (path) {
    var answer = fetch(path, { credentials: 'same-origin', redirect: 'error', headers: { Accept: 'application/json' } });
    answer.catch(function () {
      // Whoever takes it hears of it.
    });
    answers.set(path, answer);
  });
  /** @type {any} */ (window).earlyAnswers = answers;
})();
