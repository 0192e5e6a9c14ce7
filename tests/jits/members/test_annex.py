from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import ObjectDoesNotExist
from django.db import IntegrityError, transaction
from django.urls import reverse

from foundation import access
from foundation.audit.models import Detail
from foundation.notifications.models import Notice
from foundation.workflow.states import TransitionNotAllowed
from jits import actions, annex_pdf, states
from jits.choices import Status
from jits.models import Jit, JitMember, JitMemberIdentity, JitMemberNotice
from jits.queries.members import annex
from jits.refusals import UnableToEnter
from tests.bed.sides import as_owner

pytestmark = pytest.mark.django_db
DAY = date(2026, 12, 1)


def ends(cast, code, member, **facts):
    with cast.people[code].acting() as by:
        return actions.end_member(
            member=member, by=by, at=cast.now, **{"until_date": DAY, "text": "", "version": 1, **facts}
        )


def seen(cast, person, jit, on=DAY):
    """Numbers of the members on that day, by the partner's code."""
    with person.acting() as by:
        view = annex(Jit.objects.visible_to(by).get(pk=jit.pk), on=on, actor=by)
        return {one.party.partner.code: [line.member.number for line in one.lines] for one in view.parties}


def test_each_party_enters_its_members_and_all_read_them_with_numbers_that_run_through(cast):
    jit = cast.drafting()
    for code in ("AL", "MK", "AL"):
        cast.enters(code, jit)
    assert seen(cast, cast.people["XK"], jit) == {"AL": [1, 3], "XK": [], "MK": [2]}


def test_an_agreement_is_not_reopened_by_a_change_of_members(cast):
    jit = cast.drafting()
    cast.enters("AL", jit)
    cast.enters("MK", jit, version=jit.version)


def test_the_other_parties_are_told_and_whoever_entered_is_not(cast):
    jit = cast.drafting()
    cast.enters("AL", jit)
    for code, told in (("AL", 0), ("MK", 1), ("XK", 1)):
        with cast.people[code].acting() as by:
            assert Notice.objects.visible_to(by).filter(root=jit.pk, kind="jits.member.entered").count() == told


def test_a_protected_member_is_a_number_to_every_other_party_and_to_the_record(cast):
    jit = cast.drafting()
    member = cast.enters("MK", jit, name="Goran Hidden", protected=True)
    for code, names in (("MK", ["Goran Hidden"]), ("AL", []), ("XK", [])):
        with cast.people[code].acting() as by:
            assert list(JitMemberIdentity.objects.visible_to(by).values_list("name", flat=True)) == names
            assert JitMember.objects.visible_to(by).get(pk=member.pk).name == ""
    with as_owner():
        assert "Hidden" not in str(list(Detail.objects.values_list("changes", flat=True)))


def test_pages_and_papers_of_others_do_not_hold_a_protected_name_and_no_paper_does(browser, cast):
    jit = cast.drafting()
    cast.enters("MK", jit, name="Goran Hidden", protected=True)
    address = reverse("jit_members", args=[jit.pk]) + "?on=2026-12-01"
    assert "Goran Hidden" in browser(cast.people["MK"]).get(address).content.decode()
    for code in ("AL", "XK"):
        page = browser(cast.people[code]).get(address).content.decode()
        assert "Goran Hidden" not in page
        assert "Identity protected" in page
    with cast.people["MK"].acting() as by:
        assert "Goran" not in str(annex_pdf.freeze_annex(subject=jit.pk, actor=by))


def test_the_annex_of_a_day_holds_who_was_a_member_then(cast):
    jit = cast.drafting()
    member = cast.enters("AL", jit, from_date=DAY)
    ends(cast, "AL", member, until_date=DAY + timedelta(days=9))
    days = (-1, 0, 9, 10)
    found = [seen(cast, cast.people["MK"], jit, DAY + timedelta(days=many))["AL"] for many in days]
    assert found == [[], [1], [1], []]


def test_every_change_is_a_notice_that_stays(cast):
    jit = cast.drafting()
    member = cast.enters("AL", jit, text="From the port.")
    ends(cast, "AL", member, text="Another post.")
    with cast.people["XK"].acting() as by:
        rows = JitMemberNotice.objects.visible_to(by).of(jit.pk).order_by("given_at").values_list("act", "text")
        assert list(rows) == [("entered", "From the port."), ("ended", "Another post.")]
        with pytest.raises(Exception, match="jits_jitmembernotice"), transaction.atomic():
            JitMemberNotice.objects.visible_to(by).update(text="Nothing.")


def test_a_party_has_one_leader_at_a_time(cast):
    jit = cast.drafting()
    first = cast.enters("AL", jit, role="leader", from_date=DAY)
    cast.enters("MK", jit, role="leader", from_date=DAY)
    with pytest.raises(UnableToEnter, match=r"no\. 1 leads"):
        cast.enters("AL", jit, role="leader", from_date=DAY + timedelta(days=30))
    ends(cast, "AL", first, until_date=DAY + timedelta(days=29))
    second = cast.enters("AL", jit, role="leader", from_date=DAY + timedelta(days=30))
    with pytest.raises(UnableToEnter):
        ends(cast, "AL", first, until_date=DAY + timedelta(days=30), version=2)
    with as_owner(), pytest.raises(IntegrityError, match="one_leader"), transaction.atomic():
        JitMember.objects.filter(pk=second.pk).update(from_date=DAY)


@pytest.mark.parametrize(
    ("role", "place"), [("seconded", ""), ("seconded", "MK"), ("seconded", "RS"), ("judicial", "AL")]
)
def test_only_a_seconded_member_works_elsewhere_and_only_with_another_party_of_the_team(cast, role, place):
    jit = cast.drafting()
    partner = cast.house.partner(place) if place else None
    with pytest.raises(UnableToEnter):
        cast.enters("MK", jit, role=role, seconded_to=partner)
    cast.enters("MK", jit, role="seconded", seconded_to=cast.house.partner("AL"))


def test_a_membership_never_ends_before_it_begins(cast):
    jit = cast.drafting()
    with pytest.raises(UnableToEnter, match="before the first"):
        cast.enters("AL", jit, from_date=DAY, until_date=DAY - timedelta(days=1))
    assert cast.enters("AL", jit, from_date=DAY, until_date=DAY).number == 1


def test_a_member_has_a_name_or_is_protected(cast):
    with pytest.raises(UnableToEnter):
        cast.enters("AL", cast.drafting(), name="")
    jit = cast.drafting()
    assert cast.enters("AL", jit, name="", protected=True).protected


def test_only_the_own_party_ends_a_membership_once_for_a_version_and_not_before_it_began(browser, cast):
    jit = cast.drafting()
    member = cast.enters("AL", jit, from_date=DAY)
    with pytest.raises(UnableToEnter):
        ends(cast, "MK", member)
    with pytest.raises(UnableToEnter):
        ends(cast, "AL", member, until_date=DAY - timedelta(days=1))
    ends(cast, "AL", member)
    with pytest.raises(access.StaleVersion):
        ends(cast, "AL", member, until_date=DAY + timedelta(days=1))
    address = reverse("jit_end_member", args=[jit.pk, member.pk])
    assert browser(cast.people["MK"]).get(address).status_code == 404


def test_strangers_find_nothing_and_who_only_looks_or_contributes_enters_nobody(cast):
    jit = cast.drafting()
    cast.does("AL", actions.invite, jit, office=cast.house.office("case_desk", "EUROJUST").pk, words="Advice.")
    member = cast.enters("AL", jit)
    for person, error in ((cast.people["RS"], ObjectDoesNotExist), (cast.desk, access.Forbidden)):
        with person.acting() as by, pytest.raises(error):
            actions.end_member(member=member, until_date=DAY, text="", version=1, by=by, at=cast.now)
    with cast.investigator.acting() as by, pytest.raises(access.Forbidden):
        actions.end_member(member=member, until_date=DAY, text="", version=1, by=by, at=cast.now)


@pytest.mark.parametrize("status", sorted(set(Status) - states.WITH_ANNEX))
def test_there_is_no_annex_before_the_drafting_and_none_after_the_team(cast, status):
    with pytest.raises(TransitionNotAllowed):
        cast.enters("AL", cast.in_state(status))


def test_the_annex_by_its_forms(browser, cast):
    jit, tirana = cast.drafting(), browser(cast.people["AL"])
    assert "Annex of members" in tirana.get(reverse("jit", args=[jit.pk])).content.decode()
    enter = reverse("jit_enter", args=[jit.pk])
    typed = {"role": "leader", "name": "Blerta Hoxha", "authority": "Prosecution", "from_date": "2026-12-01"}
    sent = {**typed, "version": jit.version, "submission_key": str(uuid4())}
    for _time in range(2):
        answer = tirana.post(enter, sent)
        assert answer["Location"] == reverse("jit_members", args=[jit.pk])
    page = tirana.get(answer["Location"] + "?on=2026-12-01").content.decode()
    assert page.count("Blerta Hoxha") == 1
    assert "Nobody on this day" in tirana.get(answer["Location"] + "?on=2026-11-30").content.decode()
    assert tirana.get(answer["Location"] + "?on=tomorrow").status_code == 200
