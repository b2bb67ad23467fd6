/** What both JavaScript programs need. */
export const BASE_URL = process.env.BASE_URL.replace(/\/$/, '');
export const API_KEY = process.env.API_KEY;
export const WEATHER = {
  type: 'function',
  function: {
    name: 'get_weather',
    description: 'The weather in a city',
    parameters: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
  },
};
export const SCHEMA = {
  type: 'object',
  properties: { name: { type: 'string' }, age: { type: 'integer' } },
  required: ['name', 'age'],
  additionalProperties: false,
};
/** A PNG of one pixel. */
export const PICTURE = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg==';

let passed = 0;

export function check(name, holds, found = '') {
  if (!holds) {
    console.error(`FAIL ${name}:`, found);
    process.exit(1);
  }
  passed++;
}

/** @returns what was thrown */
export async function throws(name, call) {
  try {
    await call();
  } catch (error) {
    check(name, true);
    return error;
  }
  check(name, false, 'nothing was thrown');
}

export function report(client) {
  console.log(`${client}: ${passed} checks hold`);
}

/** What the server's own API answers. */
export async function get(path) {
  const answer = await fetch(BASE_URL + path, { headers: { Authorization: `Bearer ${API_KEY}` } });
  return answer.json();
}

/** The messages of a conversation, once its answer is complete. */
export async function texts(conversation) {
  let messages = [];
  for (let tries = 0; tries < 200; tries++) {
    ({ messages } = await get(`/api/conversations/${conversation}`));
    if (messages.at(-1).status !== 'streaming') {
      break;
    }
  }
  return messages.map(message => `${message.role}: ${message.content}`);
}

export const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);
