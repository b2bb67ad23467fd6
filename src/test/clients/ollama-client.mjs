/** The official ollama package: BASE_URL, API_KEY. */
import { Ollama } from 'ollama';
import { API_KEY, BASE_URL, PICTURE, SCHEMA, WEATHER, check, get, report, same, texts, throws } from './checks.mjs';

const client = (more = {}) => new Ollama({ host: BASE_URL, headers: { Authorization: `Bearer ${API_KEY}`, ...more } });
const ollama = client();
const user = (content, more = {}) => [{ role: 'user', content, ...more }];

const names = (await ollama.list()).models.map(model => model.name);
check('models are listed', names.includes('llama3.2:1b'), names);
check('a model is shown', (await ollama.show({ model: 'llama3.2:1b' })).capabilities.includes('completion'));
check('the loaded models are listed', Array.isArray((await ollama.ps()).models));

check('a chat is answered', (await ollama.chat({ model: 'echo', messages: user('Hello there') })).message.content === 'Hello there');
const parts = [];
for await (const part of await ollama.chat({ model: 'echo', messages: user('one two three'), stream: true })) {
  parts.push(part);
}
check('a stream comes piece by piece', same(parts.map(part => part.message.content), ['one', ' two', ' three', '']), parts);
check('and says what it cost at its end', parts.at(-1).done && parts.at(-1).eval_count === 3, parts.at(-1));
check('a text is generated', (await ollama.generate({ model: 'llama3.2:1b', prompt: 'Hi' })).response.startsWith('Hello'));

const asked = (await ollama.chat({ model: 'tools', messages: user('Weather?'), tools: [WEATHER] })).message;
const [call] = asked.tool_calls;
check('a tool is called', call.function.name === 'get_weather' && call.function.arguments.city === 'Paris', call);
const told = [...user('Weather?'), asked, { role: 'tool', tool_name: 'get_weather', content: 'sunny' }];
check('its result is taken', (await ollama.chat({ model: 'tools', messages: told, tools: [WEATHER] })).message.content.includes('sunny'));

const person = (await ollama.chat({ model: 'schema', messages: user('Who?'), format: SCHEMA })).message.content;
check('an answer follows a schema', same(JSON.parse(person), { name: 'Ada', age: 36 }), person);
check('an image is seen', (await ollama.chat({ model: 'vision', messages: user('What?', { images: [PICTURE] }) })).message.content === '1 image');
const thought = (await ollama.chat({ model: 'thinker', messages: user('Why?'), think: true })).message;
check('thinking comes apart', thought.content === '42' && thought.thinking === 'Let me think.', thought);

const { embeddings } = await ollama.embed({ model: 'embed', input: ['north', 'south!'] });
check('texts are embedded', same(embeddings.map(vector => vector[2]), [0.625, 0.75]), embeddings);

const missing = await throws('a missing model is refused', () => ollama.chat({ model: 'nothing', messages: user('Hi') }));
check('as not found, and named', missing.status_code === 404 && missing.message.includes('nothing'), missing);
const stranger = new Ollama({ host: BASE_URL, headers: { Authorization: 'Bearer no-such-key' } });
check('a wrong key is refused', (await throws('a stranger', () => stranger.list())).status_code === 401);

const stream = await ollama.chat({ model: 'slow', messages: user('Count'), stream: true });
const aborted = await throws('a stream that is cancelled ends', async () => {
  for await (const part of stream) {
    check('a stream begins', part.done === false);
    stream.abort();
  }
});
check('as aborted', aborted.name === 'AbortError', aborted);
check('and leaves nothing behind', (await ollama.chat({ model: 'echo', messages: user('Hi') })).message.content === 'Hi');

const kept = await client({ 'X-Store': 'true' }).chat({ model: 'echo', messages: user('Keep what JavaScript asks') });
check('what is stored is answered as ever', kept.message.content === 'Keep what JavaScript asks', kept);
const conversation = (await get('/api/conversations?search=JavaScript')).conversations[0].id;
const more = client({ 'X-Store': 'true', 'X-Conversation-Id': String(conversation) });
check('and added', (await more.chat({ model: 'echo', messages: user('And this') })).message.content === 'And this');
const found = await texts(conversation);
check('it is a conversation', same(found, ['user: Keep what JavaScript asks', 'assistant: Keep what JavaScript asks',
  'user: And this', 'assistant: And this']), found);

report('ollama for JavaScript');
