"""The address of the client is what our own proxies say, never what the client says."""

import http.client
import os
import re
import subprocess
import sys
import time

import pytest
from django.test import RequestFactory

from foundation.pages import clients
from tests.bed.site import CHECKOUT, free_port
from tests.sign_in.conftest import at, attempt
from wbcj.sign_in import limits

PEER = "192.0.2.1"
LONG = ", ".join(["9.9.9.9"] * 500)
# How many proxies are ours, what the header says, and whose address it is.
WRITTEN = {
    "no proxy, so the header means nothing": (0, "203.0.113.5", PEER),
    "the proxy's own entry": (1, "203.0.113.5", "203.0.113.5"),
    "an entry invented by the client": (1, "9.9.9.9, 203.0.113.5", "203.0.113.5"),
    "five hundred invented entries": (1, f"{LONG}, 203.0.113.5", "203.0.113.5"),
    "our own address, invented by the client": (1, "127.0.0.1, 203.0.113.5", "203.0.113.5"),
    "more hops than are ours": (2, "9.9.9.9, 8.8.8.8, 203.0.113.5, 10.0.0.1", "203.0.113.5"),
    "fewer hops than are ours": (3, "203.0.113.5, 10.0.0.1", "203.0.113.5"),
    "two proxies": (2, "203.0.113.5, 10.0.0.1", "203.0.113.5"),
    "no header": (1, "", PEER),
    "a proxy that hides its client": (1, "9.9.9.9, unknown", PEER),
    "an obfuscated client": (1, "9.9.9.9, _hidden", PEER),
    "an empty entry at the end": (1, "9.9.9.9, ", PEER),
    "commas alone": (1, ",,,", PEER),
    "no spaces": (1, "9.9.9.9,203.0.113.5", "203.0.113.5"),
    "many spaces": (1, "9.9.9.9 ,\t 203.0.113.5  ", "203.0.113.5"),
    "a port": (1, "203.0.113.5:4711", "203.0.113.5"),
    "IPv6": (1, "9.9.9.9, 2001:db8::1", "2001:db8::1"),
    "IPv6 written at length": (1, "2001:0DB8:0:0:0:0:0:0001", "2001:db8::1"),
    "IPv6 in brackets": (1, "[2001:db8::1]", "2001:db8::1"),
    "IPv6 with a port": (1, "[2001:db8::1]:4711", "2001:db8::1"),
    "IPv6 with a zone": (1, "fe80::1%eth0", "fe80::1"),
    "IPv4 mapped into IPv6": (1, "::ffff:203.0.113.5", "203.0.113.5"),
    "mapped, in hexadecimal": (1, "::ffff:cb00:7105", "203.0.113.5"),
    "mapped, with a port": (1, "[::ffff:203.0.113.5]:4711", "203.0.113.5"),
    "a number that is none": (1, "203.0.113.555", PEER),
    "leading zeros, which some read as octal": (1, "0203.0.113.5", PEER),
    "an address and more": (1, "203.0.113.5 or so", PEER),
    "markup": (1, "<script>alert(1)</script>", PEER),
    "digits of another script": (1, "٢٠٣.0.113.5", PEER),
    "brackets that do not close": (1, "[2001:db8::1", "2001:db8::1"),
}


@pytest.mark.parametrize(("proxies", "forwarded", "found"), WRITTEN.values(), ids=WRITTEN.keys())
def test_the_address_is_the_hop_that_our_proxies_talked_to(proxies, forwarded, found, settings):
    settings.WBCJ_PROXIES = proxies

    request = RequestFactory().get("/", REMOTE_ADDR=PEER, HTTP_X_FORWARDED_FOR=forwarded)

    assert clients.client(request) == found


@pytest.mark.parametrize("peer", ["", "unix:", "@"], ids=["empty", "a socket", "an abstract socket"])
def test_a_peer_without_an_address_is_one_network_and_no_error(peer, settings):
    settings.WBCJ_PROXIES = 1

    assert clients.network(RequestFactory().get("/", REMOTE_ADDR=peer)) == clients.NOWHERE
    assert clients.network(RequestFactory().get("/", REMOTE_ADDR=peer, HTTP_X_FORWARDED_FOR=PEER)) == PEER


def test_one_line_of_ipv6_is_one_network_and_another_is_not():
    nets = [
        clients.network(RequestFactory().get("/", REMOTE_ADDR=address))
        for address in ("2001:db8:1:1::1", "2001:db8:1:1:ffff::2", "2001:db8:1:2::1")
    ]

    assert nets == ["2001:db8:1:1::/64", "2001:db8:1:1::/64", "2001:db8:1:2::/64"]


@pytest.mark.parametrize("proxies", [0, 1])
def test_whoever_writes_the_header_anew_each_time_evades_nothing(proxies, ana, settings):
    settings.WBCJ_PROXIES = proxies
    answers = []
    for number in range(limits.PAIR.attempts + 1):
        written = f"10.9.8.{number}" + (", 198.51.100.7" if proxies else "")
        answers.append(attempt(at(PEER, HTTP_X_FORWARDED_FOR=written), ana.account.email, "wrong").status_code)

    assert answers[-1] == 429


def test_whoever_writes_a_victims_address_blames_nobody(ana, settings):
    settings.WBCJ_PROXIES = 1
    for _ in range(30):
        attempt(at(PEER, HTTP_X_FORWARDED_FOR="203.0.113.5, 198.51.100.7"), ana.account.email, "wrong")

    answer = attempt(at(PEER, HTTP_X_FORWARDED_FOR="203.0.113.5"), ana.account.email)

    assert answer.status_code == 302


def test_behind_one_proxy_a_guesser_keeps_nobody_else_out(ana, settings):
    settings.WBCJ_PROXIES = 1
    for _ in range(200):
        attempt(at("10.0.0.1", HTTP_X_FORWARDED_FOR="198.51.100.7"), ana.account.email, "wrong")

    answer = attempt(at("10.0.0.1", HTTP_X_FORWARDED_FOR="203.0.113.5"), ana.account.email)

    assert answer.status_code == 302


def test_addresses_within_one_ipv6_line_share_their_attempts(ana):
    answers = [
        attempt(at(f"2001:db8:1:1::{number:x}"), ana.account.email, "wrong").status_code
        for number in range(1, limits.PAIR.attempts + 2)
    ]

    assert answers[-1] == 429


@pytest.fixture(scope="module")
def served():
    """The product's own web server behind one proxy: asks it where a request with these lines of header comes from."""
    port = free_port()
    command = (
        "--interface",
        "wsgi",
        "--host",
        "127.0.0.1",
        "--port",
        str(port),
        "tests.sign_in.where_from:application",
    )
    environment = {**os.environ, "WBCJ_PROXIES": "1"}
    process = subprocess.Popen(
        [sys.executable, "-m", "granian", *command],
        cwd=CHECKOUT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip

    def ask(*lines):
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
        connection.putrequest("GET", "/")
        for line in lines:
            connection.putheader("X-Forwarded-For", line)
        connection.endheaders()
        return connection.getresponse().read().decode()

    try:
        for _ in range(100):
            try:
                ask()
                break
            except ConnectionRefusedError:
                time.sleep(0.2)
        yield ask
    finally:
        process.terminate()
        process.wait(timeout=15)


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        ((), "127.0.0.1"),
        (("203.0.113.5",), "203.0.113.5"),
        (("9.9.9.9", "203.0.113.5"), "203.0.113.5"),
        (("9.9.9.9, 8.8.8.8", "7.7.7.7", "203.0.113.5"), "203.0.113.5"),
        (("9.9.9.9", "8.8.8.8, 203.0.113.5"), "203.0.113.5"),
        (("203.0.113.5, 9.9.9.9", "2001:db8::7"), "2001:db8::7"),
    ],
    ids=["none", "one line", "a line of the client before", "three lines", "lines of several", "IPv6 last"],
)
def test_of_several_headers_the_line_that_was_added_last_counts(lines, found, served):
    assert served(*lines) == found


def test_our_own_proxy_lets_no_name_pass_that_the_server_takes_for_another():
    """To a WSGI server X_Forwarded_For is X-Forwarded-For: only the proxy can still tell them apart."""
    proxy = re.sub(r"#.*", "", (CHECKOUT / "containers" / "Caddyfile").read_text(encoding="utf-8"))

    assert re.search(r"^\trequest_header -\*_\*$", proxy, re.MULTILINE)
    assert "header_up X-Forwarded-For {remote_host}" in proxy
