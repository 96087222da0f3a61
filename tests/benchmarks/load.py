"""How many answers a second a server gives, asked over kept-open connections."""

import os
import selectors
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SERVER_CORE, CLIENT_CORE = 0, 1


@contextmanager
def serving(application, port, environment):
    """A server of our own kind, pinned to one core, with one application."""
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--no-ws"]
    command += ["--host", "127.0.0.1", "--port", str(port), "--blocking-threads", "4"]
    command += ["--log-level", "error", "--workers-kill-timeout", "3", application]
    process = subprocess.Popen(command, cwd=ROOT, env=os.environ | environment)
    try:
        if hasattr(os, "sched_setaffinity"):
            os.sched_setaffinity(process.pid, {SERVER_CORE})
        wait_for(port)
        yield
    finally:
        process.terminate()
        process.wait(10)


def wait_for(port, seconds=20):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise SystemExit(f"The server on port {port} does not answer.")


def fetch(port, path):
    """One answer: its head and body as they came."""
    with socket.create_connection(("127.0.0.1", port)) as connection:
        connection.sendall(request_for(path))
        return read_answer(connection)


def request_for(path):
    lines = [f"GET {path} HTTP/1.1", "Host: 127.0.0.1", "Accept-Encoding: br"]
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


def read_answer(connection):
    data = b""
    while b"\r\n\r\n" not in data:
        data += receive(connection)
    head, _, body = data.partition(b"\r\n\r\n")
    length = next(
        int(line.split(b":")[1])
        for line in head.split(b"\r\n")
        if line.lower().startswith(b"content-length:")
    )
    while len(body) < length:
        body += receive(connection)
    return head, body


def receive(connection):
    piece = connection.recv(262_144)
    if not piece:
        raise SystemExit("The server hung up in the middle of an answer.")
    return piece


def answers_per_second(port, path, seconds, connections=8):
    """The rate, and the share of its core that asking took.

    Every connection has one request under way until the time is over.
    """
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {CLIENT_CORE})
    size = sum(map(len, fetch(port, path))) + 4
    request, selector = request_for(path), selectors.DefaultSelector()
    for _ in range(connections):
        connection = socket.create_connection(("127.0.0.1", port))
        selector.register(connection, selectors.EVENT_READ, [0])
        connection.sendall(request)
    answers, start, used = 0, time.perf_counter(), time.process_time()
    while (now := time.perf_counter()) < start + seconds:
        for key, _events in selector.select(timeout=1):
            key.data[0] += len(receive(key.fileobj))
            if key.data[0] >= size:
                key.data[0] = 0
                answers += 1
                key.fileobj.sendall(request)
    for key in list(selector.get_map().values()):
        key.fileobj.close()
    share = (time.process_time() - used) / (now - start)
    return answers / (now - start), share
