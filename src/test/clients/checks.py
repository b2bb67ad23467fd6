"""What both Python scripts need."""

import base64
import json
import os
import struct
import urllib.request
import zlib

BASE_URL = os.environ["BASE_URL"].rstrip("/")
API_KEY = os.environ["API_KEY"]
WEATHER = {
    "type": "function",
    "function": {
        "name": "get_weather",
        "description": "The weather in a city",
        "parameters": {"type": "object", "properties": {"city": {"type": "string"}}, "required": ["city"]},
    },
}
SCHEMA = {
    "type": "object",
    "properties": {"name": {"type": "string"}, "age": {"type": "integer"}},
    "required": ["name", "age"],
    "additionalProperties": False,
}
_passed = 0


def check(name, holds, found=""):
    global _passed
    if not holds:
        raise SystemExit(f"FAIL {name}: {found!r}")
    _passed += 1


def raises(name, error, call):
    try:
        call()
    except error as raised:
        check(name, True)
        return raised
    raise SystemExit(f"FAIL {name}: no {error.__name__}")


def report(client):
    print(f"{client}: {_passed} checks hold")


def get(path):
    """What the server's own API answers."""
    request = urllib.request.Request(BASE_URL + path, headers={"Authorization": "Bearer " + API_KEY})
    with urllib.request.urlopen(request, timeout=30) as answer:
        return json.load(answer)


def texts(conversation):
    """The messages of a conversation, once its answer is complete."""
    for _ in range(200):
        messages = get(f"/api/conversations/{conversation}")["messages"]
        if messages[-1]["status"] != "streaming":
            break
    return [message["role"] + ": " + message["content"] for message in messages]


def picture():
    """A PNG of one pixel."""

    def part(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + part(b"IHDR", head) + part(b"IDAT", zlib.compress(b"\0\0")) + part(b"IEND", b"")


def picture_base64():
    return base64.b64encode(picture()).decode()
