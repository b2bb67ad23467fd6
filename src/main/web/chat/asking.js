/**
 * @typedef {import('../app/services.js').Services} Services
 * @typedef {import('../store/answers.js').AskOptions} AskOptions
 */

/**
 * Asks, and tells as soon as it is clear whether the server has the question; not only when it is answered.
 *
 * @param {Services} app @param {number|null} conversationId null: in a new conversation
 * @param {string} question @param {AskOptions} options
 * @param {() => void} refused called once if the question was not taken, also if that turns out late
 * @returns {Promise<boolean>}
 */
export async function ask(app, conversationId, question, options, refused) {
  const asked = app.answers.ask(conversationId, question, options);
  const taken = await Promise.race([asked, named(app, conversationId)]);
  if (!taken) {
    refused();
  } else {
    asked.then(result => result || refused());
  }
  return taken;
}

/** @param {Services} app @param {number|null} conversationId @returns {Promise<true>} once the server has the question */
function named(app, conversationId) {
  return new Promise(resolve => {
    const unsubscribe = app.store.subscribe(({ running, route }) => {
      const id = conversationId ?? route.id;
      if (id !== null && running.has(id)) {
        unsubscribe();
        resolve(true);
      }
    });
  });
}
