"""The form of a token: known at sight, typos settled without the database, nothing of it kept."""

import string

import pytest

from foundation.systems import networks, secret


def test_a_token_has_its_form_and_two_are_never_alike():
    first, second = secret.made(), secret.made()

    name, prefix, chance, checksum = first.split("_")
    assert (name, len(prefix), len(chance), len(checksum)) == ("wbcj", 8, 32, 6)
    assert set(prefix + chance + checksum) <= set(string.ascii_letters + string.digits)
    assert secret.prefix_of(first) == prefix
    assert secret.prefix_of(second) != prefix


def test_every_slip_of_one_sign_is_known_by_the_checksum():
    good = secret.made()
    for place, sign in enumerate(good):
        other = "x" if sign != "x" else "y"
        assert secret.prefix_of(good[:place] + other + good[place + 1 :]) is None


@pytest.mark.parametrize(
    "text", ["", "wbcj", "wbcj_", "Bearer x", "wbcj_" + "a" * 8 + "_" + "b" * 32 + "_" + "c" * 6, "\0", "ё" * 53]
)
def test_what_only_looks_like_a_token_is_none(text):
    assert secret.prefix_of(text) is None


@pytest.mark.parametrize("end", ["\n", " ", "\0", "x"])
def test_a_token_with_something_after_it_is_none(end):
    assert secret.prefix_of(secret.made() + end) is None


def test_ranges_are_read_in_both_families_and_written_in_one_spelling():
    read = networks.read("192.0.2.0/24, 2001:DB8:0::/48 192.0.2.0/24\n198.51.100.7")
    assert read == ("192.0.2.0/24", "2001:db8::/48", "198.51.100.7/32")
    assert networks.read("  ") == ()


@pytest.mark.parametrize(
    "text", ["192.0.2.1/24", "0.0.0.0/0", "::/0", "192.0.2.0/33", "office", "fe80::%eth0/64", "1", "a\0b", "1.2.3.0/-1"]
)
def test_what_is_no_range_is_refused_by_its_words(text):
    with pytest.raises(networks.NoNetwork) as refusal:
        networks.read(f"192.0.2.0/24 {text}")
    assert str(refusal.value) == text


@pytest.mark.parametrize(
    ("address", "inside"),
    [
        ("192.0.2.200", True),
        ("192.0.3.1", False),
        ("::ffff:192.0.2.9", True),
        ("2001:db8::1", True),
        ("2001:db9::1", False),
        ("nowhere", False),
        ("", False),
    ],
)
def test_an_address_lies_in_a_range_or_not(address, inside):
    assert networks.within(address, ["192.0.2.0/24", "2001:db8::/32"]) is inside
