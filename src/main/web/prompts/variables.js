const VARIABLE = /\{\{([^{}\n]+)\}\}/g;

/** @param {string} text @returns {string[]} the names that stand in double braces, each once, in the order in which they appear */
export function variablesOf(text) {
  return [...new Set([...text.matchAll(VARIABLE)].map(found => found[1].trim()).filter(Boolean))];
}

/** @param {string} text @param {ReadonlyMap<string, string>} values by name; they are taken as they are @returns {string} */
export function fillIn(text, values) {
  return text.replace(VARIABLE, (place, name) => values.get(name.trim()) ?? place);
}
