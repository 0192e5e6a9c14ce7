"""Pages under attack: forms of other sites, keys of other forms, looks that leave no trace, names in logs."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from foundation import access
from foundation.access import Level, Reason
from foundation.access.models import Share
from foundation.audit import events
from foundation.components import kosovo
from foundation.tenancy.choices import Role


def browser(person, **options):
    client = Client(**options)
    client.force_login(person.account)
    return client


def looks(house, root):
    tina = house.person("Tina", "EJ", Role.TECHNICAL_ADMINISTRATOR)
    with tina.acting() as actor:
        return [event.verb for event in events.newest(actor, before=None) if event.root == root]


def leaving(person):
    return {"groups": [str(person.membership.group_id)], "submission_key": str(uuid4())}


@pytest.mark.parametrize("origin", ["https://evil.example", "null", None])
def test_a_form_of_another_site_is_not_offered_for_sending_again(origin, ann, binder):
    headers = {} if origin is None else {"origin": origin}

    answer = browser(ann, enforce_csrf_checks=True).post(
        reverse("sharing_leave", kwargs={"pk": binder}), leaving(ann), headers=headers
    )

    page = answer.content.decode()
    assert answer.status_code == 403
    assert "This form was not taken" in page
    assert 'name="submission_key"' not in page
    assert "Send the form again" not in page


def test_an_expired_form_of_our_own_is_offered_for_sending_again(ann, binder):
    answer = browser(ann, enforce_csrf_checks=True).post(
        reverse("sharing_leave", kwargs={"pk": binder}), leaving(ann), headers={"origin": "http://testserver"}
    )

    assert "Send the form again" in answer.content.decode()


def test_a_key_used_for_one_form_does_not_answer_another(ann, bob, house):
    with ann.acting() as actor:
        keys = [access.open_root(by=actor, kind="binder", reference=f"B-{number}", title="Kronos") for number in (1, 2)]
    sent, hers = leaving(ann), browser(ann)
    for key in keys:
        with ann.acting() as actor:
            principal = bob.membership.group_id
            access.grant(by=actor, root_id=key, principal=principal, level=Level.MANAGE, reason=Reason.SHARE)

    first = hers.post(reverse("sharing_leave", kwargs={"pk": keys[0]}), sent)
    second = hers.post(reverse("sharing_leave", kwargs={"pk": keys[1]}), sent)

    assert first.status_code == 302
    assert second.status_code == 422
    with bob.acting() as actor:
        left = Share.objects.visible_to(actor).filter(principal=ann.membership.group_id, revoked_at__isnull=False)
        assert [share.root_id for share in left] == [keys[0]]


def test_a_look_by_sending_an_empty_form_is_on_record(ann, binder, house):
    answer = browser(ann).post(reverse("sharing_leave", kwargs={"pk": binder}), {})

    assert answer.status_code == 422
    assert looks(house, binder).count("sharing.leave.asked") == 1


def test_the_footnote_is_in_the_language_of_the_page(ann, binder, house):
    ann.account.language = "sq"
    ann.account.save(update_fields=["language"])
    with ann.acting() as actor:
        access.touch(by=actor, root_id=binder, reference="B-2026-KRONOS", title="Fraud in Kosovo")

    answer = browser(ann).get(reverse("sharing", kwargs={"pk": binder}), headers={"accept-language": "en"})

    assert answer.headers["Content-Language"] == "sq"
    assert kosovo.footnote("sq") in answer.content.decode()
