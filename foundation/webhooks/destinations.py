"""Where deliveries may go: https, to addresses of the public internet alone.

Asked when somebody subscribes and again at each delivery, of the very addresses to which the line is then opened: a name that leads
elsewhere between two looks leads nowhere. What is refused are the special-purpose registries of IANA (RFC 6890 and its successors),
and of IPv6 all that is not global unicast. Networks inside an installation are opened by a setting, for tests alone.
"""

from __future__ import annotations

import ipaddress
import queue
import re
import socket
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import SplitResult, urlsplit

from django.conf import settings
from django.utils.module_loading import import_string

LONGEST = 500
_NETWORKS = (
    "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24",
    "192.31.196.0/24", "192.52.193.0/24", "192.88.99.0/24", "192.168.0.0/16", "192.175.48.0/24", "198.18.0.0/15", "198.51.100.0/24",
    "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
    # Answers as the machine that carries us, on an address that looks like any other (Azure).
    "168.63.129.16/32",
    # Of global unicast: protocols (Teredo among them), documentation, and what wraps an IPv4 address (6to4).
    "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20", "2620:4f:8000::/48",
)  # fmt: skip
REFUSED = tuple(ipaddress.ip_network(network) for network in _NETWORKS)
GLOBAL_UNICAST = ipaddress.ip_network("2000::/3")
_NAME = re.compile(r"(?=.{1,253}\Z)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)*")
_PRINTED = re.compile(r"[!-~]+")

Resolver = Callable[[str, int], Sequence[str]]


class Why(StrEnum):
    """Why an address is refused."""

    NO_ADDRESS = "no address"
    UNKNOWN = "name unknown"
    NOT_PUBLIC = "not public"


class Refused(Exception):
    """Nothing is sent there."""

    def __init__(self, why: Why) -> None:
        super().__init__(why.value)
        self.why = why


@dataclass(frozen=True, kw_only=True)
class Destination:
    """An address taken apart: ``target`` is what stands in the request's first line."""

    host: str
    port: int
    target: str


def read(url: str) -> Destination:
    """Take an https address apart. Raises Refused for any other, and for one with a user or a fragment."""
    if len(url) > LONGEST or not _PRINTED.fullmatch(url):
        raise Refused(Why.NO_ADDRESS)
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", 443 if parts.port is None else parts.port
    except ValueError as error:
        raise Refused(Why.NO_ADDRESS) from error
    if parts.scheme != "https" or port == 0 or "@" in parts.netloc or parts.fragment or not _is_host(host):
        raise Refused(Why.NO_ADDRESS)
    return Destination(host=host, port=port, target=_target(parts))


def _target(parts: SplitResult) -> str:
    return (parts.path or "/") + (f"?{parts.query}" if parts.query else "")


def _is_host(host: str) -> bool:
    if ":" not in host:
        return bool(_NAME.fullmatch(host))
    return "%" not in host and _address(host) is not None


def _address(text: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(text)
    except ValueError:
        return None


def public(text: str) -> bool:
    """May a line be opened to this address?"""
    address = _address(text)
    if address is None:
        return False
    if any(address in ipaddress.ip_network(network) for network in settings.WBCJ_WEBHOOK_NETWORKS):
        return True
    if address.version == GLOBAL_UNICAST.version and address not in GLOBAL_UNICAST:
        return False
    return not any(address in network for network in REFUSED)


def resolved(destination: Destination, *, seconds: float) -> tuple[str, ...]:
    """The addresses that the host has now. Raises Refused when it has none in time, or one of them is none to send to."""
    found = _asked(destination, seconds)
    if not found:
        raise Refused(Why.UNKNOWN)
    if not all(public(address) for address in found):
        raise Refused(Why.NOT_PUBLIC)
    return found


def _asked(destination: Destination, seconds: float) -> tuple[str, ...]:
    """What the resolver says within that time, which it would not keep by itself."""
    resolver: Resolver = import_string(settings.WBCJ_WEBHOOK_RESOLVER)
    answers: queue.SimpleQueue[tuple[str, ...]] = queue.SimpleQueue()

    def ask() -> None:
        try:
            answers.put(tuple(dict.fromkeys(resolver(destination.host, destination.port))))
        except OSError:
            answers.put(())

    threading.Thread(target=ask, name="resolver", daemon=True).start()
    try:
        return answers.get(timeout=max(seconds, 0.01))
    except queue.Empty:
        return ()


def of_the_system(host: str, port: int) -> list[str]:
    """The resolver of the machine."""
    return [str(entry[4][0]) for entry in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
