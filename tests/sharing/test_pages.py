"""The pages of sharing, as a browser without scripts sees them."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from foundation import access
from foundation.access import Level, Reason
from foundation.access.models import Root, Share
from foundation.audit.models import Detail
from foundation.sharing import actions, rules
from foundation.tenancy.models import Membership

ASKING = ["sharing", "sharing_choose", "sharing_leave", "sharing_hand_over"]
MANAGING = ["sharing_choose", "sharing_share", "sharing_hand_over", "sharing_revoke"]


def address(name, root_id, **more):
    return reverse(name, kwargs={"pk": root_id, **more})


def share_address(root_id, partner):
    return f"{address('sharing_share', root_id)}?partner={partner.pk}"


def filled(principal, **other):
    return {
        "principal": principal,
        "level": Level.VIEW.value,
        "purpose": "To compare <b>routes</b>.",
        "last_day": "",
        "submission_key": str(uuid4()),
        **other,
    }


def give(ann, root_id, principal, level=Level.VIEW):
    with ann.acting() as actor:
        return access.grant(by=actor, root_id=root_id, principal=principal, level=level, reason=Reason.SHARE)


@pytest.fixture
def anns(ann, browser):
    return browser(ann)


def test_the_record_says_who_and_why(anns, bob, ann, binder, at):
    with ann.acting() as actor:
        actions.share(
            root_id=binder,
            principal=bob.membership.group_id,
            level=Level.VIEW,
            purpose="Because of the lorries.",
            by=actor,
            at=at,
        )

    page = anns.get(address("sharing", binder)).content.decode()

    for words in ("Bob", "Because of the lorries.", "B-2026-KRONOS", "Opened it", "Case registry", "End this share"):
        assert words in page


@pytest.mark.parametrize("name", ASKING)
def test_for_a_stranger_no_page_of_it_exists(name, bob, binder, browser):
    answer = browser(bob).get(address(name, binder))

    assert answer.status_code == 404
    assert b"KRONOS" not in answer.content


def test_for_a_stranger_neither_share_nor_revoke_exists(bob, ann, binder, browser):
    with ann.acting() as actor:
        key = Share.objects.visible_to(actor).filter(root=binder)[0].pk
    hers = browser(bob)

    assert hers.get(address("sharing_revoke", binder, share_id=key)).status_code == 404
    assert (
        hers.post(share_address(binder, bob.membership.authority.partner), filled(1, confirmed="yes")).status_code
        == 404
    )


def test_a_viewer_reads_the_record_without_names_and_without_buttons(bob, ann, binder, browser):
    give(ann, binder, bob.membership.group_id)

    page = browser(bob).get(address("sharing", binder))

    assert page.status_code == 200
    assert b"End this share" not in page.content
    assert b"Show the names" not in page.content
    assert b"Leave" in page.content


@pytest.mark.parametrize("name", MANAGING)
def test_a_viewer_may_not_manage(name, bob, ann, binder, browser):
    key = give(ann, binder, bob.membership.group_id)
    more = {"share_id": key} if name == "sharing_revoke" else {}

    assert browser(bob).get(address(name, binder, **more)).status_code == 403


def test_nothing_is_shared_before_the_last_step_has_said_what_will_be_seen(anns, ann, bob, binder):
    place = share_address(binder, bob.membership.authority.partner)
    form = filled(bob.membership.group_id)

    asked = anns.post(place, form)

    assert asked.status_code == 200
    assert "What they will see" in asked.content.decode()
    assert "Bob" in asked.content.decode()
    with bob.acting() as actor:
        assert not Root.objects.visible_to(actor).exists()

    done = anns.post(place, {**form, "confirmed": "yes"})

    assert done.headers["Location"] == address("sharing", binder)
    with bob.acting() as actor:
        assert Root.objects.visible_to(actor).filter(pk=binder).exists()


def test_what_was_typed_can_be_changed_from_the_last_step(anns, bob, binder):
    form = filled(bob.membership.group_id, change="yes")

    page = anns.post(share_address(binder, bob.membership.authority.partner), form).content.decode()

    assert "To compare &lt;b&gt;routes&lt;/b&gt;." in page
    assert "Step 2" in page


def test_the_same_share_sent_twice_is_one(anns, ann, bob, binder):
    form = filled(bob.membership.group_id, confirmed="yes")
    place = share_address(binder, bob.membership.authority.partner)

    answers = [anns.post(place, form) for _time in range(2)]

    assert [answer.status_code for answer in answers] == [302, 302]
    with ann.acting() as actor:
        assert Share.objects.visible_to(actor).filter(root=binder, principal=bob.membership.group_id).count() == 1


def test_a_principal_of_another_partner_is_refused_with_the_text_kept(anns, ann, bob, binder):
    form = filled(bob.membership.group_id, confirmed="yes")

    answer = anns.post(share_address(binder, ann.membership.authority.partner), form)

    assert answer.status_code == 422
    assert "routes" in answer.content.decode()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("principal", "0"),
        ("principal", "x" * 5000),
        ("level", "9"),
        ("level", ""),
        ("purpose", ""),
        ("purpose", "x" * 301),
        ("last_day", "2020-01-01"),
        ("last_day", "9999-12-31"),
        ("last_day", "31/02/2026"),
        ("purpose", "\x00"),
    ],
)
@pytest.mark.parametrize("step", [{}, {"confirmed": "yes"}])
def test_what_does_not_fit_is_said_and_nothing_shared(field, value, step, anns, ann, bob, binder):
    form = filled(bob.membership.group_id, **step)
    form[field] = value

    answer = anns.post(share_address(binder, bob.membership.authority.partner), form)

    assert answer.status_code == 422
    with bob.acting() as actor:
        assert not Root.objects.visible_to(actor).exists()


@pytest.mark.parametrize("query", ["", "?partner=", "?partner=nonsense", f"?partner={UUID(int=7)}"])
def test_without_a_partner_of_ours_there_is_no_second_step(query, anns, binder):
    assert anns.get(address("sharing_share", binder) + query).status_code == 404


def test_the_last_day_ends_at_midnight_of_the_one_who_shares(anns, ann, bob, binder):
    day = timezone.localdate() + timedelta(days=10)
    form = filled(bob.membership.group_id, confirmed="yes", last_day=day.isoformat())

    anns.post(share_address(binder, bob.membership.authority.partner), form)

    with ann.acting() as actor:
        until = Share.objects.visible_to(actor).get(root=binder, principal=bob.membership.group_id).until
    assert until is not None
    local = until.astimezone(ZoneInfo(ann.account.time_zone))
    assert (local.date(), local.hour) == (day + timedelta(days=1), 0)


def test_management_for_a_whole_partner_is_refused_as_a_conflict(anns, bob, binder):
    partner = bob.membership.authority.partner
    form = filled(partner.group_id, level=Level.MANAGE.value, confirmed="yes")

    answer = anns.post(share_address(binder, partner), form)

    assert answer.status_code == 409
    assert "somebody answers for it" in answer.content.decode()


def test_a_share_is_ended_after_a_question(anns, ann, bob, binder):
    key = give(ann, binder, bob.membership.group_id)
    place = address("sharing_revoke", binder, share_id=key)

    assert "Bob" in anns.get(place).content.decode()
    answer = anns.post(place, {"submission_key": str(uuid4())})

    assert answer.headers["Location"] == address("sharing", binder)
    with bob.acting() as actor:
        assert not Root.objects.visible_to(actor).exists()
    assert anns.post(place, {"submission_key": str(uuid4())}).status_code == 409


def test_leaving_leads_home_and_a_second_press_too(ann, bob, binder, browser):
    give(ann, binder, bob.membership.group_id)
    his = browser(bob)
    form = {"groups": [bob.membership.group_id], "submission_key": str(uuid4())}

    answers = [his.post(address("sharing_leave", binder), form) for _time in range(2)]

    assert [answer.headers["Location"] for answer in answers] == [reverse("home")] * 2
    assert his.get(address("sharing", binder)).status_code == 404


def test_somebody_who_sees_through_the_authority_reads_why_he_cannot_leave(ann, bob, binder, browser):
    give(ann, binder, bob.membership.authority.group_id)

    page = browser(bob).get(address("sharing_leave", binder)).content.decode()

    assert "nothing that you could end" in page


def test_the_last_manager_reads_that_he_must_hand_over_first(ann, binder, browser, at):
    with ann.acting() as actor:
        registry = Share.objects.visible_to(actor).exclude(principal=ann.membership.group_id).get(root=binder)
        actions.revoke(root_id=binder, share_id=registry.pk, by=actor, at=at)
    hers = browser(ann)

    assert "Nobody else manages this" in hers.get(address("sharing_leave", binder)).content.decode()
    form = {"groups": [ann.membership.group_id], "submission_key": str(uuid4())}
    assert hers.post(address("sharing_leave", binder), form).status_code == 409


def test_handing_over_to_a_colleague(ann, cem, binder, browser):
    form = {"membership": str(cem.membership.pk), "purpose": "Leave.", "submission_key": str(uuid4())}

    answer = browser(ann).post(address("sharing_hand_over", binder), form)

    assert answer.headers["Location"] == reverse("home")
    with cem.acting() as actor:
        assert access.level(actor, binder) == Level.MANAGE


def test_a_forged_colleague_is_refused(ann, bob, binder, browser):
    form = {"membership": str(bob.membership.pk), "purpose": "Leave.", "submission_key": str(uuid4())}

    assert browser(ann).post(address("sharing_hand_over", binder), form).status_code == 422


@pytest.mark.parametrize("on", ["2020-01-01", "nonsense", "9999-12-31", "0001-01-01", ""])
def test_any_day_is_answered(on, anns, binder):
    assert anns.get(address("sharing", binder) + f"?on={on}").status_code == 200


def test_a_day_before_it_was_opened_shows_nobody(anns, binder):
    page = anns.get(address("sharing", binder) + "?on=2020-01-01").content.decode()

    assert "Nobody could see it then" in page


def test_a_closed_kind_says_why_and_offers_no_share(anns, binder, monkeypatch):
    monkeypatch.setattr(rules, "_closed", {"binder": "Binders are opened by invitation."})

    page = anns.get(address("sharing", binder)).content.decode()

    assert "Binders are opened by invitation." in page
    assert address("sharing_choose", binder) not in page


def test_the_record_takes_the_same_number_of_statements_for_one_share_and_for_thirty(ann, anns, house, binder):
    anns.get(address("sharing", binder))
    with CaptureQueriesContext(
        connection,
    ) as few:
        anns.get(address("sharing", binder))
    for number in range(30):
        give(ann, binder, house.person(f"P{number}", "MK").membership.group_id)
    with CaptureQueriesContext(connection) as many:
        anns.get(address("sharing", binder))

    assert len(many) <= len(few) <= 20


def test_the_timeline_keeps_no_share_from_its_readers(ann, bob, anns, binder):
    anns.post(share_address(binder, bob.membership.authority.partner), filled(bob.membership.group_id, confirmed="yes"))

    with bob.acting() as actor:
        assert Detail.objects.visible_to(actor).filter(root=binder, verb="sharing.share.granted").exists()
    assert Membership.objects.filter(pk=bob.membership.pk).exists()
