"""The official openai package: BASE_URL, API_KEY."""

import openai

from checks import API_KEY, BASE_URL, SCHEMA, WEATHER, check, picture_base64, raises, report, texts

client = openai.OpenAI(base_url=BASE_URL + "/v1", api_key=API_KEY, max_retries=0)
chat = client.chat.completions


def user(content):
    return [{"role": "user", "content": content}]


names = [model.id for model in client.models.list()]
check("models are listed", "llama3.2:1b" in names, names)
check("a model is shown", client.models.retrieve("llama3.2:1b").id == "llama3.2:1b")

answer = chat.create(model="echo", messages=user("Hello there"))
check("a chat is answered", answer.choices[0].message.content == "Hello there", answer)
check("and says what it cost", answer.usage.total_tokens > 0, answer.usage)

stream = chat.create(model="echo", messages=user("one two three"), stream=True, stream_options={"include_usage": True})
chunks = list(stream)
said = [chunk.choices[0].delta.content for chunk in chunks if chunk.choices and chunk.choices[0].delta.content]
check("a stream comes piece by piece", said == ["one", " two", " three"], said)
check("and says what it cost at its end", chunks[-1].usage.completion_tokens == 3, chunks[-1])

asked = chat.create(model="tools", messages=user("Weather?"), tools=[WEATHER])
call = asked.choices[0].message.tool_calls[0]
check("a tool is called", (call.function.name, call.function.arguments) == ("get_weather", '{"city":"Paris"}'), call)
told = user("Weather?") + [
    asked.choices[0].message.model_dump(exclude_none=True),
    {"role": "tool", "tool_call_id": call.id, "content": "sunny"},
]
check("its result is taken", "sunny" in chat.create(model="tools", messages=told, tools=[WEATHER]).choices[0].message.content)
deltas = [chunk.choices[0].delta for chunk in chat.create(model="tools", messages=user("Weather?"), tools=[WEATHER], stream=True)]
check("tools are called in streams", any(delta.tool_calls for delta in deltas), deltas)

shape = {"type": "json_schema", "json_schema": {"name": "person", "schema": SCHEMA, "strict": True}}
answer = chat.create(model="schema", messages=user("Who?"), response_format=shape)
check("an answer follows a schema", answer.choices[0].message.content == '{"name":"Ada","age":36}', answer)

seen = [{"type": "text", "text": "What is it?"}, {"type": "image_url", "image_url": {"url": "data:image/png;base64," + picture_base64()}}]
answer = chat.create(model="vision", messages=user(seen))
check("an image is seen", answer.choices[0].message.content == "1 image", answer)

answer = chat.create(model="thinker", messages=user("Why?"), reasoning_effort="high")
check("thinking comes apart", (answer.choices[0].message.content, answer.choices[0].message.reasoning) == ("42", "Let me think."), answer)

vectors = client.embeddings.create(model="embed", input=["north", "south!"]).data
check("texts are embedded", [round(vector.embedding[2], 3) for vector in vectors] == [0.625, 0.75], vectors)

missing = raises("a missing model is not found", openai.NotFoundError, lambda: chat.create(model="nothing", messages=user("Hi")))
check("and named", "nothing" in str(missing), missing)
stranger = openai.OpenAI(base_url=BASE_URL + "/v1", api_key="no-such-key", max_retries=0)
raises("a wrong key is refused", openai.AuthenticationError, lambda: stranger.models.list())

with chat.create(model="slow", messages=user("Count"), stream=True) as stream:
    next(iter(stream))
check("a stream that was cancelled leaves nothing behind", chat.create(model="echo", messages=user("Hi")).choices[0].message.content == "Hi")

kept = chat.with_raw_response.create(model="echo", messages=user("Keep this"), store=True)
conversation = kept.headers["x-conversation-id"]
check("what is stored is answered as ever", kept.parse().choices[0].message.content == "Keep this")
more = chat.create(model="echo", messages=user("And this"), store=True, metadata={"conversation_id": conversation}, stream=True)
check("also as a stream", "".join(chunk.choices[0].delta.content or "" for chunk in more) == "And this")
found = texts(conversation)
check("it is a conversation", found == ["user: Keep this", "assistant: Keep this", "user: And this", "assistant: And this"], found)
raises("a conversation that is not there is not found", openai.NotFoundError,
       lambda: chat.create(model="echo", messages=user("Hi"), store=True, metadata={"conversation_id": "999999999"}))

report("openai for Python " + openai.__version__)
