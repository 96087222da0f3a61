"""Conversations with a server: each next request follows from the last answer."""

import os
import selectors
import socket
import time

from tests.benchmarks.load import CLIENT_CORE, receive


class Talk:
    """One kept-open connection; its script yields requests and is sent answers."""

    def __init__(self, port, script):
        self.script = script
        self.connection = socket.create_connection(("127.0.0.1", port))
        self.connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.came = b""

    def begin(self):
        self.came = b""
        self.connection.sendall(next(self.script))

    def go_on(self, is_last):
        """Whether an answer has come whole; the next request is sent, unless last."""
        self.came += receive(self.connection)
        head, gap, body = self.came.partition(b"\r\n\r\n")
        if not gap or len(body) < length_in(head):
            return False
        self.came = b""
        following = self.script.send((head, body))
        if not is_last:
            self.connection.sendall(following)
        return True


def length_in(head):
    for line in head.split(b"\r\n"):
        if line.lower().startswith(b"content-length:"):
            return int(line.split(b":")[1])
    return 0


def answers_per_second(port, scripts, seconds):
    """The rate over all scripts, each on a connection of its own."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {CLIENT_CORE})
    selector = selectors.DefaultSelector()
    for script in scripts:
        talk = Talk(port, script)
        selector.register(talk.connection, selectors.EVENT_READ, talk)
        talk.begin()
    answers, start = 0, time.perf_counter()
    while selector.get_map():
        for key, _events in selector.select():
            # What is under way when the time is over is waited for and counted.
            is_last = time.perf_counter() >= start + seconds
            if not key.data.go_on(is_last):
                continue
            answers += 1
            if is_last:
                selector.unregister(key.fileobj)
                key.fileobj.close()
    return answers / (time.perf_counter() - start)
