import pytest

from tests.webhooks.cast import WebhooksWorld
from tests.webhooks.receiver import certificate, listening


@pytest.fixture
def world(db):
    return WebhooksWorld()


@pytest.fixture(scope="session")
def chain(tmp_path_factory):
    return certificate(tmp_path_factory.mktemp("receiver"))


@pytest.fixture
def receiver(chain, settings):
    """A receiver whose certificate is trusted."""
    settings.WBCJ_WEBHOOK_CA_FILE = str(chain[0])
    with listening(*chain) as found:
        yield found
