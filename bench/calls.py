"""Calls over the line: plain sockets that stay open, several at once, so that the caller costs little beside what it measures."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

END = b"\r\n\r\n"


class NotAnswered(Exception):
    """The answer is not 200, so its time would say nothing."""


@dataclass
class Line:
    """One connection to the server."""

    port: int
    socket: socket.socket = field(init=False)

    def __post_init__(self) -> None:
        self.socket = socket.create_connection(("127.0.0.1", self.port), timeout=30)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def get(self, request: bytes) -> bytes:
        """The body of an answer. Raises NotAnswered where it is a refusal."""
        status, body = self.ask(request)
        if status != 200:
            raise NotAnswered(str(status))
        return body

    def ask(self, request: bytes) -> tuple[int, bytes]:
        """Send a request and read its answer, whose length its head says: status and body."""
        self.socket.sendall(request)
        read = b""
        while END not in read:
            read += self._more()
        head, _end, body = read.partition(END)
        length = int(head.lower().partition(b"content-length:")[2].partition(b"\r\n")[0])
        while len(body) < length:
            body += self._more()
        return int(head.split(b" ", 2)[1]), body

    def _more(self) -> bytes:
        found = self.socket.recv(1 << 18)
        if not found:
            raise NotAnswered("the server hung up")
        return found


def request_for(
    path: str, secret: str, *, method: str = "GET", headers: Mapping[str, str] | None = None, body: bytes = b""
) -> bytes:
    """A request as a partner system sends it."""
    said = {"Host": "127.0.0.1", "Authorization": f"Bearer {secret}", **(headers or {})}
    if body:
        said |= {"Content-Type": "application/json", "Content-Length": str(len(body))}
    head = "".join(f"{name}: {value}\r\n" for name, value in said.items())
    return f"{method} {path} HTTP/1.1\r\n{head}\r\n".encode() + body


@contextmanager
def lines(port: int, number: int) -> Iterator[list[Line]]:
    """So many connections, closed afterwards."""
    opened = [Line(port) for _each in range(number)]
    try:
        yield opened
    finally:
        for line in opened:
            line.socket.close()


def burst(opened: list[Line], request: bytes, each: int) -> tuple[float, list[float]]:
    """So many requests on each line, all lines at once: the seconds of all, and the milliseconds of each."""
    times: list[float] = []
    errors: list[Exception] = []

    def one(line: Line) -> None:
        for _number in range(each):
            began = time.perf_counter()
            line.get(request)
            times.append((time.perf_counter() - began) * 1000)

    began = time.perf_counter()
    working = [threading.Thread(target=_noting(one, errors), args=(line,)) for line in opened]
    for thread in working:
        thread.start()
    for thread in working:
        thread.join()
    if errors:
        raise errors[0]
    return time.perf_counter() - began, times


def _noting(work: Callable[[Line], None], errors: list[Exception]) -> Callable[[Line], None]:
    def noted(line: Line) -> None:
        try:
            work(line)
        except Exception as error:  # raised again by whoever waits
            errors.append(error)

    return noted
