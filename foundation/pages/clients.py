"""Where a request comes from: the address of a client, and the network that attempts are counted for."""

from __future__ import annotations

import ipaddress

from django.conf import settings
from django.http import HttpRequest

NOWHERE = "0.0.0.0"  # noqa: S104 - no address to listen on: what a socket without an address is called
IPV6_NETWORK = 64


def client(request: HttpRequest) -> str:
    """The address of the client.

    Each of the ``WBCJ_PROXIES`` proxies in front adds the address of whoever it talked to at the right end of ``X-Forwarded-For``, so
    that many entries from the right stands the first hop that is not ours. What stands further left was written by the client and
    means nothing. Without a proxy the header is not read at all.
    """
    peer = _parsed(request.META.get("REMOTE_ADDR", "")) or NOWHERE
    if settings.WBCJ_PROXIES == 0:
        return peer
    hops = request.headers.get("X-Forwarded-For", "").split(",")
    return _parsed(hops[-settings.WBCJ_PROXIES :][0]) or peer


def network(request: HttpRequest) -> str:
    """The client's network: an IPv4 address, or the /64 that one line of IPv6 is given."""
    address = ipaddress.ip_address(client(request))
    if address.version == 4:  # noqa: PLR2004 - the number is the name
        return str(address)
    return str(ipaddress.ip_network((address, IPV6_NETWORK), strict=False))


def _parsed(text: str) -> str:
    """The address in its one spelling; a port is left away; empty when it is no address."""
    bare = text.strip()
    if bare.startswith("["):
        bare = bare[1:].partition("]")[0]
    elif bare.count(":") == 1:
        bare = bare.partition(":")[0]
    try:
        address = ipaddress.ip_address(bare.partition("%")[0])
    except ValueError:
        return ""
    mapped = getattr(address, "ipv4_mapped", None)
    return str(mapped or address)
