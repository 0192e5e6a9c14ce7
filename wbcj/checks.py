"""What a deployment may never be: the demo on a public host, demo people where real ones work, documents under a key nobody chose.

`manage.py check --deploy --database default` asks both; without `--database` only the first.
"""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.checks import CheckMessage, Error
from django.db import DatabaseError

from foundation.documents import keys
from foundation.documents.seals import authority
from wbcj.demo import invented

LOOPBACK = {"localhost", "127.0.0.1", "[::1]", "testserver"}


def demo_stays_on_loopback(app_configs: Sequence[AppConfig] | None, **_options: Any) -> list[CheckMessage]:
    """Refuse the demo, whose passwords anybody can read, together with a host that others can reach."""
    public = sorted(set(settings.ALLOWED_HOSTS) - LOOPBACK)
    if not settings.WBCJ_DEMO or not public:
        return []
    return [Error(f"WBCJ_DEMO=1 with the public host {', '.join(public)}.", hint="Unset WBCJ_DEMO.", id="wbcj.E001")]


def webhooks_stay_outside(app_configs: Sequence[AppConfig] | None, **_options: Any) -> list[CheckMessage]:
    """Refuse webhooks into networks of our own together with a host that others can reach: partners would choose where they go."""
    public = sorted(set(settings.ALLOWED_HOSTS) - LOOPBACK)
    if not settings.WBCJ_WEBHOOK_NETWORKS or not public:
        return []
    said = f"WBCJ_WEBHOOK_NETWORKS with the public host {', '.join(public)}."
    return [Error(said, hint="It is for tests. Unset it.", id="wbcj.E008")]


def master_key_given(app_configs: Sequence[AppConfig] | None, **_options: Any) -> list[CheckMessage]:
    """Refuse documents under a generated master key: nobody would keep a copy of it, and without it they are lost."""
    hint = "Make one with `openssl rand -base64 32`, keep a copy apart from the backups (docs/operators.md)."
    if settings.WBCJ_DEMO:
        return []
    if not settings.WBCJ_MASTER_KEY_GIVEN:
        return [Error("WBCJ_MASTER_KEY or WBCJ_MASTER_KEY_FILE is not set.", hint=hint, id="wbcj.E004")]
    if any(0 < len(key) < keys.SHORTEST for key in (settings.WBCJ_MASTER_KEY, settings.WBCJ_FORMER_MASTER_KEY)):
        return [Error(f"A master key has fewer than {keys.SHORTEST} characters.", hint=hint, id="wbcj.E005")]
    return []


def seal_given(app_configs: Sequence[AppConfig] | None, **_options: Any) -> list[CheckMessage]:
    """Refuse papers under a seal that nobody chose, unless it is said that they are for trial; a key that does not fit is refused."""
    if settings.WBCJ_DEMO or (authority.is_test() and settings.WBCJ_TEST_SEALS):
        return []
    if authority.is_test():
        hint = "Set WBCJ_SEAL_KEY_FILE and WBCJ_SEAL_CERTIFICATES_FILE, or WBCJ_TEST_SEALS=1 while you try (docs/operators.md)."
        return [Error("Papers would be sealed by a test authority.", hint=hint, id="wbcj.E006")]
    try:
        # Whoever does not seal has the certificates alone.
        authority.authority() if settings.WBCJ_SEAL_KEY else authority.fingerprints()
    except authority.NoSealKey as error:
        return [Error(str(error), id="wbcj.E007")]
    return []


def no_demo_people(
    app_configs: Sequence[AppConfig] | None, databases: Sequence[str] | None = None, **_options: Any
) -> list[CheckMessage]:
    """Refuse the invented people of the demo, whose passwords anybody can read, outside the demo."""
    if settings.WBCJ_DEMO or not databases:
        return []
    try:
        found = any(
            get_user_model().objects.filter(is_active=True, email__endswith=ending).exists()
            for ending in invented.ENDINGS
        )
    except DatabaseError as error:
        return [Error(f"The accounts cannot be read: {type(error).__name__}.", id="wbcj.E002")]
    if not found:
        return []
    return [Error("Demo people can sign in here.", hint="Begin with an empty database.", id="wbcj.E003")]
