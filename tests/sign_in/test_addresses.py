"""The address of the client is what our own proxies say, never what the client says."""

import pytest
from django.test import RequestFactory

from tests.sign_in.conftest import at, attempt
from wbcj.sign_in import addresses, limits


@pytest.mark.parametrize(
    ("proxies", "forwarded", "found"),
    [
        (0, "203.0.113.5", "192.0.2.1"),
        (1, "203.0.113.5", "203.0.113.5"),
        (1, "9.9.9.9, 203.0.113.5", "203.0.113.5"),
        (2, "9.9.9.9, 203.0.113.5, 10.0.0.1", "203.0.113.5"),
        (2, "203.0.113.5", "203.0.113.5"),
        (1, "", "192.0.2.1"),
        (1, "9.9.9.9, unknown", "192.0.2.1"),
        (1, "203.0.113.5:4711", "203.0.113.5"),
        (1, "[2001:db8::1]:4711", "2001:db8::1"),
        (1, "::ffff:203.0.113.5", "203.0.113.5"),
    ],
)
def test_the_address_is_the_hop_that_our_proxies_talked_to(proxies, forwarded, found, settings):
    settings.WBCJ_PROXIES = proxies

    request = RequestFactory().get("/", REMOTE_ADDR="192.0.2.1", HTTP_X_FORWARDED_FOR=forwarded)

    assert addresses.client(request) == found


def test_one_line_of_ipv6_is_one_network_and_another_is_not():
    nets = [
        addresses.network(RequestFactory().get("/", REMOTE_ADDR=address))
        for address in ("2001:db8:1:1::1", "2001:db8:1:1:ffff::2", "2001:db8:1:2::1")
    ]

    assert nets == ["2001:db8:1:1::/64", "2001:db8:1:1::/64", "2001:db8:1:2::/64"]


@pytest.mark.parametrize("proxies", [0, 1])
def test_whoever_writes_the_header_anew_each_time_evades_nothing(proxies, ana, settings):
    settings.WBCJ_PROXIES = proxies
    answers = []
    for number in range(limits.PAIR.attempts + 1):
        written = f"10.9.8.{number}" + (", 198.51.100.7" if proxies else "")
        answers.append(attempt(at("192.0.2.1", HTTP_X_FORWARDED_FOR=written), ana.account.email, "wrong").status_code)

    assert answers[-1] == 429


def test_whoever_writes_a_victims_address_blames_nobody(ana, settings):
    settings.WBCJ_PROXIES = 1
    for _ in range(30):
        attempt(at("192.0.2.1", HTTP_X_FORWARDED_FOR="203.0.113.5, 198.51.100.7"), ana.account.email, "wrong")

    answer = attempt(at("192.0.2.1", HTTP_X_FORWARDED_FOR="203.0.113.5"), ana.account.email)

    assert answer.status_code == 302


def test_addresses_within_one_ipv6_line_share_their_attempts(ana):
    answers = [
        attempt(at(f"2001:db8:1:1::{number:x}"), ana.account.email, "wrong").status_code
        for number in range(1, limits.PAIR.attempts + 2)
    ]

    assert answers[-1] == 429
