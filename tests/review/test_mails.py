"""A mail that names Kosovo carries asterisk and footnote, in the language of its reader."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.utils import timezone

from foundation.components import kosovo
from foundation.notifications.delivery import letters
from foundation.tenancy.models import Partner
from partners.actions import accounts
from tests.people import House


@pytest.mark.parametrize("language", ["en", "sq"])
def test_a_welcome_to_kosovo_carries_the_footnote_once(language: str, house: House) -> None:
    Partner.objects.create(code="X1", kind="western_balkan", name="Kosovo")
    friend = house.person("Friend", "X1")
    friend.account.language = language
    friend.account.set_unusable_password()
    friend.account.save(update_fields=["language", "password"])

    with friend.acting() as actor:
        order = letters.Order(delivery_id=uuid4(), subject=uuid4(), at=timezone.now(), resent=False)
        body = accounts.welcome_letter(actor, order).body

    assert "(Kosovo*)" in body
    assert body.count(kosovo.footnote(language)) == 1
