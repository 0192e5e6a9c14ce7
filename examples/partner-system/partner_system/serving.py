"""Webhooks on the command line: to listen for deliveries, and to verify one by hand."""

from __future__ import annotations

import argparse
import sqlite3
import ssl
import sys
from pathlib import Path
from typing import Any

from partner_system import settings, webhooks
from partner_system.receiving import Receiver
from partner_system.webhooks import NotBelieved

SECRET = "WBCJ_WEBHOOK_SECRET"  # noqa: S105  # the name of a variable
BELIEVED, NOT_BELIEVED = 0, 1


def serve(asked: argparse.Namespace, _register: sqlite3.Connection) -> int:
    """Listen on loopback for deliveries, verify each, keep it once."""
    keys = webhooks.keys_of(settings.secret(SECRET))
    context = None
    if asked.certificate:
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(asked.certificate, asked.key)
    with Receiver(asked.port, path=settings.register_file(), keys=keys, context=context) as receiver:
        print(f"listening on 127.0.0.1:{receiver.server_address[1]}; Ctrl-C ends it", flush=True)
        try:
            receiver.serve_forever()
        except KeyboardInterrupt:
            print("ended")
    return BELIEVED


def verify(asked: argparse.Namespace, register: sqlite3.Connection) -> int:
    """Verify one delivery whose body comes on the standard input; nothing is kept."""
    keys = webhooks.keys_of(settings.secret(SECRET))
    headers = {"webhook-id": asked.id, "webhook-timestamp": asked.timestamp, "webhook-signature": asked.signature}
    try:
        event = webhooks.verified(keys, headers, sys.stdin.buffer.read())
    except NotBelieved as error:
        print(error)
        return NOT_BELIEVED
    known = register.execute("SELECT arrived_at FROM delivery WHERE id = ?", [event.id]).fetchone()
    print(f"{event.type} {event.data.get('url', '')}{f', known since {known[0]}' if known else ''}")
    return BELIEVED


def offer(commands: Any) -> None:
    """The two commands."""
    command = commands.add_parser("serve", help=serve.__doc__)
    command.add_argument("--port", type=int, default=8765, help="8765 unless named; 0 for any that is free")
    command.add_argument(
        "--certificate", type=Path, help="for TLS of its own; otherwise your front ends TLS and hands on"
    )
    command.add_argument("--key", type=Path, help="the key of the certificate")
    command.set_defaults(run=serve)
    command = commands.add_parser("verify", help=verify.__doc__)
    for name in ("id", "timestamp", "signature"):
        command.add_argument(f"--{name}", required=True, help=f"the header webhook-{name}")
    command.set_defaults(run=verify)
