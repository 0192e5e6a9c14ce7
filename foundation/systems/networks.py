"""Where a token may be used from: networks in the notation of CIDR."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable

AT_MOST = 10


class NoNetwork(ValueError):
    """This is no network; the text that was meant as one is its argument."""


def read(text: str) -> tuple[str, ...]:
    """The networks that are written in a text, parted by commas or blanks, each once and in its one spelling.

    A single address is a network of its own. Raises NoNetwork for anything else, also for an address with a length that cuts into it
    (192.0.2.1/24), since it is not sure which of both was meant, and for a network that is everything.
    """
    return tuple(dict.fromkeys(_one(word) for word in text.replace(",", " ").split()))


def _one(word: str) -> str:
    try:
        found = ipaddress.ip_network(word)
    except ValueError as error:
        raise NoNetwork(word) from error
    if found.prefixlen == 0 or "%" in word:
        raise NoNetwork(word)
    return str(found)


def spelled(address: str) -> str | None:
    """The address in its one spelling, none when it is no address. IPv4 that comes dressed as IPv6 is what it is underneath."""
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return None
    return str(getattr(found, "ipv4_mapped", None) or found)


def within(address: str, networks: Iterable[str]) -> bool:
    """Does the address lie in one of them?"""
    bare = spelled(address)
    return bare is not None and any(ipaddress.ip_address(bare) in ipaddress.ip_network(network) for network in networks)
