/** The official openai package: BASE_URL, API_KEY. */
import OpenAI, { AuthenticationError, NotFoundError } from 'openai';
import { API_KEY, BASE_URL, PICTURE, SCHEMA, WEATHER, check, report, same, texts, throws } from './checks.mjs';

const client = new OpenAI({ baseURL: `${BASE_URL}/v1`, apiKey: API_KEY, maxRetries: 0 });
const user = content => [{ role: 'user', content }];
const chat = (model, messages, more = {}, options = {}) => client.chat.completions.create({ model, messages, ...more }, options);

const names = [];
for await (const model of client.models.list()) {
  names.push(model.id);
}
check('models are listed', names.includes('llama3.2:1b'), names);
check('a model is shown', (await client.models.retrieve('llama3.2:1b')).id === 'llama3.2:1b');

const answer = await chat('echo', user('Hello there'));
check('a chat is answered', answer.choices[0].message.content === 'Hello there', answer);
check('and says what it cost', answer.usage.total_tokens > 0, answer.usage);

const said = [];
let last = null;
for await (const chunk of await chat('echo', user('one two three'), { stream: true, stream_options: { include_usage: true } })) {
  said.push(...chunk.choices.map(choice => choice.delta.content).filter(Boolean));
  last = chunk;
}
check('a stream comes piece by piece', same(said, ['one', ' two', ' three']), said);
check('and says what it cost at its end', last.usage.completion_tokens === 3, last);

const asked = (await chat('tools', user('Weather?'), { tools: [WEATHER] })).choices[0].message;
const [call] = asked.tool_calls;
check('a tool is called', call.function.name === 'get_weather' && call.function.arguments === '{"city":"Paris"}', call);
const told = [...user('Weather?'), asked, { role: 'tool', tool_call_id: call.id, content: 'sunny' }];
check('its result is taken', (await chat('tools', told, { tools: [WEATHER] })).choices[0].message.content.includes('sunny'));
let called = false;
for await (const chunk of await chat('tools', user('Weather?'), { tools: [WEATHER], stream: true })) {
  called ||= chunk.choices[0].delta.tool_calls?.[0].function.name === 'get_weather';
}
check('tools are called in streams', called);

const shape = { type: 'json_schema', json_schema: { name: 'person', schema: SCHEMA, strict: true } };
const person = (await chat('schema', user('Who?'), { response_format: shape })).choices[0].message.content;
check('an answer follows a schema', same(JSON.parse(person), { name: 'Ada', age: 36 }), person);

const seen = [{ type: 'text', text: 'What?' }, { type: 'image_url', image_url: { url: `data:image/png;base64,${PICTURE}` } }];
check('an image is seen', (await chat('vision', user(seen))).choices[0].message.content === '1 image');

const thought = (await chat('thinker', user('Why?'), { reasoning_effort: 'high' })).choices[0].message;
check('thinking comes apart', thought.content === '42' && thought.reasoning === 'Let me think.', thought);

const vectors = (await client.embeddings.create({ model: 'embed', input: ['north', 'south!'] })).data;
check('texts are embedded', same(vectors.map(vector => vector.embedding[2]), [0.625, 0.75]), vectors);

const missing = await throws('a missing model is refused', () => chat('nothing', user('Hi')));
check('as not found, and named', missing instanceof NotFoundError && missing.message.includes('nothing'), missing);
const stranger = new OpenAI({ baseURL: `${BASE_URL}/v1`, apiKey: 'no-such-key', maxRetries: 0 });
check('a wrong key is refused', await throws('a stranger', () => stranger.models.list()) instanceof AuthenticationError);

const stream = await chat('slow', user('Count'), { stream: true });
for await (const chunk of stream) {
  check('a stream begins', chunk.choices.length === 1);
  break; // which cancels it
}
check('a stream that was cancelled leaves nothing behind', (await chat('echo', user('Hi'))).choices[0].message.content === 'Hi');

const { data, response } = await chat('echo', user('Keep this'), { store: true }).withResponse();
const conversation = response.headers.get('x-conversation-id');
check('what is stored is answered as ever', data.choices[0].message.content === 'Keep this', data);
let more = '';
for await (const chunk of await chat('echo', user('And this'), { store: true, metadata: { conversation_id: conversation }, stream: true })) {
  more += chunk.choices[0].delta.content ?? '';
}
check('also as a stream', more === 'And this', more);
const found = await texts(conversation);
check('it is a conversation', same(found, ['user: Keep this', 'assistant: Keep this', 'user: And this', 'assistant: And this']), found);

report('openai for JavaScript');
