"""Where a delivery may go, looked at twice: when somebody subscribes, and when the line is opened."""

import pytest

from foundation.webhooks import actions, destinations, post
from foundation.webhooks.destinations import Refused, Why
from tests.webhooks import names
from tests.webhooks.receiver import NAME
from wbcj import checks

INSIDE = [
    "0.0.0.0", "10.1.2.3", "100.64.0.1", "100.100.100.200", "127.0.0.1", "127.8.8.8", "169.254.169.254", "172.16.0.1",
    "172.31.255.255", "192.0.0.192", "192.0.2.1", "192.168.1.1", "198.18.0.1", "198.51.100.1", "203.0.113.9", "224.0.0.1", "239.1.1.1",
    "240.0.0.1",
    "255.255.255.255", "168.63.129.16", "::", "::1", "::ffff:127.0.0.1", "::ffff:8.8.8.8", "::127.0.0.1",
    "64:ff9b::7f00:1",
    "100::1", "2001::1", "2001:db8::1", "2002:7f00:1::", "3fff::1", "fc00::1", "fd00:ec2::254", "fe80::1", "fe80::1%eth0", "fec0::1",
    "ff02::1", "5f00::1", "nonsense", "",
]  # fmt: skip
OUTSIDE = [
    "8.8.8.8",
    "172.15.0.1",
    "172.32.0.1",
    "100.63.255.255",
    "100.128.0.1",
    "193.0.0.1",
    "2001:4860:4860::8888",
    "2a00:1450::1",
]


@pytest.fixture
def closed(settings):
    """As it is installed: nothing inside a network is open."""
    settings.WBCJ_WEBHOOK_NETWORKS = []


@pytest.fixture
def resolver(settings):
    settings.WBCJ_WEBHOOK_RESOLVER = names.PATH
    names.ADDRESSES.clear()
    names.ASKED.clear()
    return names


@pytest.mark.usefixtures("closed")
@pytest.mark.parametrize("address", INSIDE)
def test_no_line_is_opened_into_a_network(address):
    assert not destinations.public(address)


@pytest.mark.usefixtures("closed")
@pytest.mark.parametrize("address", OUTSIDE)
def test_the_public_internet_is_open(address):
    assert destinations.public(address)


def test_a_setting_opens_the_networks_that_it_names_and_no_other(settings):
    settings.WBCJ_WEBHOOK_NETWORKS = ["127.0.0.0/8"]
    assert destinations.public("127.0.0.1")
    assert not destinations.public("10.0.0.1")
    assert not destinations.public("::1")


@pytest.mark.parametrize(
    "url",
    [
        "http://receiver.example/", "https:///told", "https://receiver.example:0/", "https://receiver.example:99999/",
        "https://receiver.example:x/", "https://user@receiver.example/", "https://u:p@receiver.example/", "https://receiver.example/#x",
        "https://receiver.example/a b", "https://receiver.example/\r\nX: 1", "https://rec\u00e9iver.example/", "https://-a.example/",
        "https://a..example/", "https://under_score.example/", "https://[fe80::1%25eth0]/", "https://[::1/", "//receiver.example/",
        "", "https://",
        "https://127.0.0.1\\@receiver.example/", "https://receiver.example/" + "x" * 500, "javascript:alert(1)", "https://\0/",
    ],
)  # fmt: skip
def test_what_is_no_https_address_is_refused(url):
    with pytest.raises(Refused) as refused:
        destinations.read(url)
    assert refused.value.why is Why.NO_ADDRESS


def test_an_address_is_taken_apart():
    read = destinations.read
    assert vars(read("https://Receiver.EXAMPLE/told?of=1")) == {
        "host": "receiver.example",
        "port": 443,
        "target": "/told?of=1",
    }
    assert vars(read("https://[2001:4860::1]:8443")) == {"host": "2001:4860::1", "port": 8443, "target": "/"}


@pytest.mark.usefixtures("closed")
@pytest.mark.parametrize("written", ["127.1", "2130706433", "0x7f000001", "0177.0.0.1", "localhost"])
def test_other_spellings_of_loopback_lead_nowhere(written):
    """The machine's own resolver reads them as addresses; what it found is what is looked at."""
    with pytest.raises(Refused):
        destinations.resolved(destinations.read(f"https://{written}/"), seconds=3)


@pytest.mark.usefixtures("closed")
def test_one_address_inside_is_enough_to_refuse_a_name(resolver):
    resolver.ADDRESSES["mixed.example"] = [["8.8.8.8", "10.0.0.1"]]
    with pytest.raises(Refused) as refused:
        destinations.resolved(destinations.read("https://mixed.example/"), seconds=3)
    assert refused.value.why is Why.NOT_PUBLIC


def test_a_name_that_leads_inside_is_refused_when_somebody_subscribes(world, resolver):
    resolver.ADDRESSES[NAME] = [["10.0.0.1"]]
    with pytest.raises(actions.UnableToSubscribe):
        world.subscribe(url=f"https://{NAME}/told")


def test_a_name_that_leads_elsewhere_later_gets_no_line(world, receiver, resolver, settings):
    """DNS rebinding: outside when it was subscribed, loopback (where something listens) when it is sent to."""
    settings.WBCJ_WEBHOOK_NETWORKS = []
    resolver.ADDRESSES[NAME] = [["8.8.8.8"], ["127.0.0.1"]]
    subscription = world.subscribe(url=receiver.named()).subscription
    delivery = world.test(subscription)

    post.deliver_due()

    assert receiver.lines == 0
    assert world.attempts(delivery) == [("not_sent", None, "not public")]
    assert world.fresh(delivery).state == "waiting"


def test_the_line_goes_to_the_address_that_was_looked_at(world, receiver, resolver):
    """It is asked for once; what a second look would say is never heard. The name stands in SNI, certificate and Host."""
    resolver.ADDRESSES[NAME] = [["127.0.0.1"], ["127.0.0.1"], ["10.0.0.1"]]
    subscription = world.subscribe(url=receiver.named()).subscription
    delivery = world.test(subscription)

    post.deliver_due()

    assert world.fresh(delivery).state == "sent"
    assert resolver.ASKED == [NAME, NAME]
    assert receiver.names == [NAME]
    assert receiver.taken[0].headers["host"] == f"{NAME}:{receiver.port}"


def test_a_certificate_of_another_name_gets_nothing(world, receiver, resolver):
    resolver.ADDRESSES["other.example"] = [["127.0.0.1"]]
    delivery = world.test(world.subscribe(url=receiver.named("other.example")).subscription)

    post.deliver_due()

    assert receiver.taken == []
    assert world.attempts(delivery) == [("not_sent", None, "SSLCertVerificationError")]


def test_a_certificate_that_nobody_trusts_gets_nothing(world, receiver, settings):
    settings.WBCJ_WEBHOOK_CA_FILE = ""
    delivery = world.test(world.subscribe(url=receiver.url).subscription)

    post.deliver_due()

    assert receiver.taken == []
    assert world.attempts(delivery) == [("not_sent", None, "SSLCertVerificationError")]


def test_a_resolver_that_hangs_costs_no_more_than_its_time(resolver, monkeypatch):
    with pytest.raises(Refused) as refused:
        destinations.resolved(destinations.read("https://unknown.example/"), seconds=1)
    assert refused.value.why is Why.UNKNOWN


def test_no_proxy_of_the_environment_is_used(world, receiver, monkeypatch):
    for name in ("https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    delivery = world.test(world.subscribe(url=receiver.url).subscription)
    post.deliver_due()
    assert world.fresh(delivery).state == "sent"


def test_a_deployment_with_a_public_host_opens_no_network(settings):
    settings.WBCJ_WEBHOOK_NETWORKS = ["127.0.0.0/8"]
    settings.ALLOWED_HOSTS = ["localhost", "wbcj.example"]
    assert [error.id for error in checks.webhooks_stay_outside(None)] == ["wbcj.E008"]
    settings.ALLOWED_HOSTS = ["localhost"]
    assert checks.webhooks_stay_outside(None) == []
    settings.ALLOWED_HOSTS, settings.WBCJ_WEBHOOK_NETWORKS = ["wbcj.example"], []
    assert checks.webhooks_stay_outside(None) == []
