"""The product, answering in a thread of this process on the database of the test, for tests that need no process of its own."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pytest
from django.db import connections

from tests.examples import between
from tests.examples.between import Between
from tests.examples.cast import PartnerWorld
from tests.examples.program import Program
from wbcj.wsgi import application


class _Quiet(WSGIRequestHandler):
    def log_message(self, *_arguments: object) -> None:
        """Nothing."""


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True
    block_on_close = True


def _answering(environ, start_response):
    try:
        yield from application(environ, start_response)
    finally:
        connections.close_all()


@contextmanager
def _product() -> Iterator[int]:
    server = make_server("127.0.0.1", 0, _answering, server_class=_Server, handler_class=_Quiet)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        thread.join(timeout=5)
        server.server_close()


@pytest.fixture
def world() -> PartnerWorld:
    """Committed: programs ask from outside. Tests are marked `commits`."""
    return PartnerWorld()


@pytest.fixture
def line(world) -> Iterator[Between]:
    """The line to the product, which a test can break."""
    with _product() as port, between.standing(port) as found:
        yield found


@pytest.fixture
def program_alone(tmp_path) -> Program:
    """The sample program where no product answers."""
    return Program(folder=tmp_path, address="http://127.0.0.1:9", token="none")


@pytest.fixture
def program(world, line, tmp_path):
    """The sample program with a token of AL's case management."""
    return world.program(tmp_path / "register", line.address)
