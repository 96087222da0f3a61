"""A server that speaks the protocol of a model, and does what a test tells it.

It keeps every byte that it gets. ``chat`` and ``moderation`` say how it replies: each
is called with the talk that is going on, in the server's own thread.
"""

import json
import threading
from contextlib import suppress
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

# What the honest moderation flags; of the self-test and of these tests.
RISKY = ("worthless", "beat you", "animals", "fat kids", "bomb")
MANY = 10 * 1024 * 1024


@dataclass
class Received:
    path: str
    body: bytes

    @property
    def json(self):
        return json.loads(self.body)

    @property
    def text(self):
        """The very text that a receipt has to hold."""
        if "input" in self.json:
            return self.json["input"]
        return "\n\n".join(message["content"] for message in self.json["messages"])


class Server(ThreadingHTTPServer):
    # Hundreds may call at once.
    request_queue_size = 1024


class Adversary:
    def __init__(self):
        self.server = Server(("127.0.0.1", 0), Talk)
        self.server.adversary = self
        self.server.handle_error = lambda *_: None  # whoever hangs up is no news
        self.server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.server.server_port}/v1"
        self.ending = threading.Event()
        self.reset()
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def reset(self):
        self.received = []
        self.chat, self.moderation = writes(), honest
        self.verifier = says("yes")

    def close(self):
        self.ending.set()
        self.server.shutdown()
        self.server.server_close()

    @property
    def bytes(self):
        return b"\n".join(received.body for received in self.received)

    def got(self, what):
        """What came for `chat` or `moderation`."""
        end = {"chat": "/chat/completions", "moderation": "/moderations"}[what]
        return [received for received in self.received if received.path.endswith(end)]


class Talk(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        adversary = self.server.adversary
        size = int(self.headers["Content-Length"])
        self.asked = Received(self.path, self.rfile.read(size))
        adversary.received.append(self.asked)
        self.close_connection = True
        with suppress(ConnectionError):
            if self.path.endswith("/moderations"):
                adversary.moderation(self)
            elif self.asked.json["model"] == "verifier":
                adversary.verifier(self)
            else:
                adversary.chat(self)

    def reply(self, status, body, content_type="application/json"):
        self.begin(status, content_type, ("Content-Length", str(len(body))))
        self.wfile.write(body)

    def begin(self, status, content_type, *headers):
        self.send_response(status)
        for name, value in (
            ("Content-Type", content_type),
            ("Connection", "close"),
            *headers,
        ):
            self.send_header(name, value)
        self.end_headers()

    def begin_stream(self):
        self.begin(200, "text/event-stream", ("Transfer-Encoding", "chunked"))

    def chunk(self, data):
        self.wfile.write(f"{len(data):x}\r\n".encode() + data + b"\r\n")
        self.wfile.flush()

    def event(self, data):
        self.chunk(b"data: " + data + b"\n\n")

    def piece(self, text, finish_reason=None):
        choice = {"index": 0, "delta": {"content": text}}
        choice["finish_reason"] = finish_reason
        self.event(json.dumps({"id": "c", "choices": [choice]}).encode())

    def end(self, tokens=None):
        self.piece("", "stop")
        if tokens is not None:
            usage = {"id": "c", "choices": [], "usage": {"total_tokens": tokens}}
            self.event(json.dumps(usage).encode())
        self.event(b"[DONE]")
        self.chunk(b"")

    def log_message(self, *_):
        """Nobody reads it."""


def named(name, act):
    """Tests are told apart by the names of what they have the server do."""
    act.__name__ = name
    return act


def line(sentence, quote):
    return json.dumps({"sentence": sentence, "quote": quote}) + "\n"


def writes(*claims, tokens=None):
    """Each a sentence and its quote, or one text that is both."""
    pairs = [(c, c) if isinstance(c, str) else c for c in claims]
    return says(*(line(*pair) for pair in pairs), tokens=tokens)


def says(*texts, tokens=None):
    def chat(talk):
        talk.begin_stream()
        for text in texts:
            # In halves, as no model ends its pieces where lines end.
            talk.piece(text[: len(text) // 2])
            talk.piece(text[len(text) // 2 :])
        talk.end(tokens)

    return named(f"says {''.join(texts)[:40]!r}", chat)


def waits(before, after, event):
    """Writes the first claims, and the others once the event is set."""

    def chat(talk):
        talk.begin_stream()
        for claim in before:
            talk.piece(line(claim, claim))
        event.wait(10)
        for claim in after:
            talk.piece(line(claim, claim))
        talk.end()

    return chat


def stops_after(*claims):
    """In the middle, as if its plug had been pulled."""

    def chat(talk):
        talk.begin_stream()
        for claim in claims:
            talk.piece(line(claim, claim))
        talk.wfile.flush()

    return named("stops in the middle", chat)


def drips(talk):
    """A little all the time, and never an end of it."""
    talk.begin_stream()
    while not talk.server.adversary.ending.wait(0.02):
        talk.chunk(b": still here\n")


def floods(talk):
    """Ten megabytes in one line."""
    talk.begin_stream()
    talk.chunk(b"data: ")
    for _part in range(MANY // 65536):
        talk.chunk(b"x" * 65536)
    talk.chunk(b"")


def babbles(talk):
    """Events that are no JSON, or other JSON, or deep enough to drown in."""
    talk.begin_stream()
    for data in (b"{", b"[]", b"null", b"\xff\xfe", b"[" * 5000, b'{"choices": 7}'):
        talk.event(data)
    talk.end()


def status(code, **headers):
    body = json.dumps({"error": {"message": "no", "type": "t", "code": "c"}}).encode()

    def chat(talk):
        talk.begin(
            code,
            "application/json",
            ("Content-Length", str(len(body))),
            *headers.items(),
        )
        talk.wfile.write(body)

    return named(f"status {code}", chat)


def refuses_without_end(talk):
    talk.begin(500, "application/json", ("Transfer-Encoding", "chunked"))
    while not talk.server.adversary.ending.wait(0.02):
        talk.chunk(b" ")


def silence(talk):
    talk.server.adversary.ending.wait(3)


def hangs_up(talk):
    """Without a word."""


def moderates(flagged, categories=None):
    categories = {"violence": flagged} if categories is None else categories
    result = {"flagged": flagged, "categories": categories, "category_scores": {}}
    body = json.dumps({"id": "m", "model": "m", "results": [result]}).encode()
    return named(f"flagged {flagged}", lambda talk: talk.reply(200, body))


def honest(talk):
    moderates(any(word in talk.asked.json["input"] for word in RISKY))(talk)


def nonsense(body):
    return named(f"nonsense {body[:60]!r}", lambda talk: talk.reply(200, body))
