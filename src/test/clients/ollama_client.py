"""The official ollama package: BASE_URL, API_KEY."""

import importlib.metadata

import ollama

from checks import API_KEY, BASE_URL, SCHEMA, WEATHER, check, get, picture, raises, report, texts

client = ollama.Client(host=BASE_URL, headers={"Authorization": "Bearer " + API_KEY})


def user(content, **more):
    return [{"role": "user", "content": content, **more}]


names = [model.model for model in client.list().models]
check("models are listed", "llama3.2:1b" in names, names)
check("a model is shown", "completion" in client.show("llama3.2:1b").capabilities)
check("the loaded models are listed", client.ps().models is not None)

check("a chat is answered", client.chat(model="echo", messages=user("Hello there")).message.content == "Hello there")
parts = list(client.chat(model="echo", messages=user("one two three"), stream=True))
check("a stream comes piece by piece", [part.message.content for part in parts] == ["one", " two", " three", ""], parts)
check("and says what it cost at its end", parts[-1].done and parts[-1].eval_count == 3, parts[-1])
check("a text is generated", client.generate(model="llama3.2:1b", prompt="Hi").response.startswith("Hello"))
check("also as a stream", "".join(part.response for part in client.generate(model="llama3.2:1b", prompt="Hi", stream=True)).startswith("Hello"))

asked = client.chat(model="tools", messages=user("Weather?"), tools=[WEATHER])
call = asked.message.tool_calls[0]
check("a tool is called", (call.function.name, call.function.arguments) == ("get_weather", {"city": "Paris"}), call)
told = user("Weather?") + [asked.message, {"role": "tool", "tool_name": "get_weather", "content": "sunny"}]
check("its result is taken", "sunny" in client.chat(model="tools", messages=told, tools=[WEATHER]).message.content)
parts = list(client.chat(model="tools", messages=user("Weather?"), tools=[WEATHER], stream=True))
check("tools are called in streams", any(part.message.tool_calls for part in parts), parts)

answer = client.chat(model="schema", messages=user("Who?"), format=SCHEMA).message.content
check("an answer follows a schema", answer == '{"name":"Ada","age":36}', answer)
check("an image is seen", client.chat(model="vision", messages=user("What?", images=[picture()])).message.content == "1 image")

answer = client.chat(model="thinker", messages=user("Why?"), think=True).message
check("thinking comes apart", (answer.content, answer.thinking) == ("42", "Let me think."), answer)
check("and can be left out", client.chat(model="thinker", messages=user("Why?"), think=False).message.thinking is None)

vectors = client.embed(model="embed", input=["north", "south!"]).embeddings
check("texts are embedded", [vector[2] for vector in vectors] == [0.625, 0.75], vectors)

missing = raises("a missing model is not found", ollama.ResponseError, lambda: client.chat(model="nothing", messages=user("Hi")))
check("and named", missing.status_code == 404 and "nothing" in missing.error, missing)
stranger = ollama.Client(host=BASE_URL, headers={"Authorization": "Bearer no-such-key"})
refused = raises("a wrong key is refused", ollama.ResponseError, lambda: stranger.chat(model="echo", messages=user("Hi")))
check("as unauthorized", (refused.status_code, refused.error) == (401, "Invalid API key"), refused)

stream = client.chat(model="slow", messages=user("Count"), stream=True)
next(stream)
stream.close()
check("a stream that was cancelled leaves nothing behind", client.chat(model="echo", messages=user("Hi")).message.content == "Hi")

keeper = ollama.Client(host=BASE_URL, headers={"Authorization": "Bearer " + API_KEY, "X-Store": "true"})
check("what is stored is answered as ever", keeper.chat(model="echo", messages=user("Keep what Python asks")).message.content == "Keep what Python asks")
conversation = get("/api/conversations?search=Python")["conversations"][0]["id"]
more = ollama.Client(host=BASE_URL, headers={"Authorization": "Bearer " + API_KEY, "X-Store": "true", "X-Conversation-Id": str(conversation)})
check("also as a stream", "".join(part.message.content for part in more.chat(model="echo", messages=user("And this"), stream=True)) == "And this")
found = texts(conversation)
check("it is a conversation", found == ["user: Keep what Python asks", "assistant: Keep what Python asks", "user: And this", "assistant: And this"], found)

report("ollama for Python " + importlib.metadata.version("ollama"))
