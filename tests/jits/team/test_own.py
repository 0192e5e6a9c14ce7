"""What a party keeps for itself: for the own partner alone, and without a trace for anybody else."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from foundation import access
from foundation.access.models import Change, Root
from foundation.audit.models import Detail
from foundation.notifications.models import Notice
from foundation.workflow.states import TransitionNotAllowed
from jits import actions
from jits.approvals import Answered, Asked
from jits.choices import OVER
from jits.models import Jit, JitApproval, JitOwnNote
from jits.queries.own import own_view
from jits.queries.parties import own_party
from jits.refusals import UnableToKeep

pytestmark = pytest.mark.django_db
SECRET = "The minister hesitates"


def key():
    return {"submission_key": str(uuid4())}


def asked(cast, **other):
    words = {"subject": "Consent of the ministry", "of_whom": "Minister of Justice", "person_id": None,
             "asked_date": cast.now.date() - timedelta(days=3), "due_date": None}  # fmt: skip
    return Asked(**{**words, **other})


def answered(cast, status="given", **other):
    return Answered(**{"status": status, "answered_date": cast.now.date(), "words": "", **other})


def write(cast, jit, person=None, text=SECRET):
    with (person or cast.people["MK"]).acting() as by:
        return actions.write_own_note(jit=jit, text=text, by=by, at=cast.now)


def ask(cast, jit, person=None, **other):
    with (person or cast.people["MK"]).acting() as by:
        return actions.ask_approval(jit=jit, asked=asked(cast, **other), by=by, at=cast.now)


def edit(cast, approval, answer, person=None, version=None, **other):
    with (person or cast.people["MK"]).acting() as by:
        return actions.edit_approval(approval=approval, asked=asked(cast, **other), answered=answer,
                                     version=version or approval.version, by=by, at=cast.now)  # fmt: skip


def read(person):
    with person.acting() as by:
        return JitOwnNote.objects.visible_to(by).count(), JitApproval.objects.visible_to(by).count()


def with_desk(cast, jit):
    return cast.does("AL", actions.invite, jit, office=cast.house.office("case_desk", "EUROJUST").pk, words="Advice.")


def test_people_of_the_own_partner_read_it_and_nobody_else_does(cast):
    jit = with_desk(cast, cast.proposed())
    write(cast, jit), ask(cast, jit)
    assert read(cast.people["MK"]) == read(cast.investigator) == (1, 1)
    for other in (cast.people["AL"], cast.people["XK"], cast.people["RS"], cast.people["ME"], cast.desk):
        assert read(other) == (0, 0)


def test_the_database_itself_keeps_it_from_the_other_parties(cast):
    jit = cast.proposed()
    note = write(cast, jit)
    with cast.people["AL"].acting():
        assert not JitOwnNote.objects.filter(pk=note.pk).exists()
        assert not JitOwnNote.objects.filter(pk=note.pk).update(text="Changed.")
    with cast.people["MK"].acting() as by, pytest.raises(DatabaseError), transaction.atomic():
        JitOwnNote.objects.create(root_id=jit.pk, text="For all.", written_at=cast.now, written_by_id=by.membership_id)
    group = cast.people["MK"].membership.authority.partner.group_id
    with cast.people["AL"].acting() as by, pytest.raises(DatabaseError), transaction.atomic():
        JitOwnNote.objects.create(root_id=jit.pk, audience_id=group, text="Forged.", written_at=cast.now,
                                  written_by_id=by.membership_id)  # fmt: skip


def seen(browser, cast, jit, person):
    """Every page on which another reader could notice something, without what is new with each answer."""
    client = browser(person)
    names = ["jit", "sharing", "jit_checklist", "case"]
    places = [reverse("jits"), reverse("home"), reverse("search") + "?text=vehicles", reverse("inbox")]
    places += [reverse(name, args=[cast.case.pk if name == "case" else jit.pk]) for name in names]
    pages = [client.get(place).content.decode() for place in places]
    fresh = (
        r'name="(csrfmiddlewaretoken|submission_key)" value="[^"]*"|(footer__id">Request|give this number:) <code>\w+|'
        r"\d+ seconds? ago|less than a minute ago"
    )
    return [re.sub(fresh, "", page) for page in pages]


def traces(person, jit):
    """What the database tells this reader of the team: its record, the feed of changes, notices, versions, its place in lists."""
    with person.acting() as by:
        root = Root.objects.visible_to(by).get(pk=jit.pk)
        return (
            list(Detail.objects.visible_to(by).of(jit.pk).order_by("pk").values_list("pk", "verb")),
            list(Change.objects.visible_to(by).order_by("pk").values_list("pk", flat=True)),
            Notice.objects.visible_to(by).filter(root=jit.pk).count(),
            (root.sort_at, Jit.objects.visible_to(by).get(pk=jit.pk).version),
        )


@pytest.mark.parametrize("code", ["AL", "XK", "EUROJUST"])
def test_for_everybody_else_every_page_and_trace_is_the_same_before_and_after(browser, cast, code):
    jit = with_desk(cast, cast.proposed())
    reader = cast.desk if code == "EUROJUST" else cast.people[code]
    seen(browser, cast, jit, reader)
    before, told = seen(browser, cast, jit, reader), traces(reader, jit)
    note = write(cast, jit)
    approval = ask(cast, jit, person_id=cast.investigator.membership.pk)
    edit(cast, approval, answered(cast, words=SECRET))
    with cast.people["MK"].acting() as by:
        actions.edit_own_note(note=note, text="He agrees.", version=1, by=by, at=cast.now)
    assert traces(reader, jit) == told
    assert seen(browser, cast, jit, reader) == before


def test_the_own_partner_has_it_on_record_with_what_stood_before(cast):
    jit = cast.proposed()
    note = write(cast, jit)
    with cast.people["MK"].acting() as by:
        actions.edit_own_note(note=note, text="He agrees.", version=1, by=by, at=cast.now)
    edit(cast, ask(cast, jit), answered(cast, "refused"))
    with cast.investigator.acting() as by:
        kept = {
            d.verb: d.changes
            for d in Detail.objects.visible_to(by).of(jit.pk)
            if "own_note" in d.verb or "approval" in d.verb
        }
    assert set(kept) == {"jits.own_note.written", "jits.own_note.edited", "jits.approval.asked", "jits.approval.edited"}
    assert kept["jits.own_note.edited"]["before"] == SECRET
    assert kept["jits.approval.edited"]["before"]["status"] == "asked"


def test_a_note_is_changed_by_its_writer_alone_and_not_over_a_newer_one(cast):
    note = write(cast, cast.proposed())
    with cast.investigator.acting() as by, pytest.raises(UnableToKeep, match="writer"):
        actions.edit_own_note(note=note, text="No.", version=1, by=by, at=cast.now)
    with cast.people["MK"].acting() as by:
        actions.edit_own_note(note=note, text="First.", version=1, by=by, at=cast.now)
        with pytest.raises(access.StaleVersion):
            actions.edit_own_note(note=note, text="Second.", version=1, by=by, at=cast.now)
    with cast.people["AL"].acting() as by, pytest.raises(JitOwnNote.DoesNotExist):
        actions.edit_own_note(note=note, text="No.", version=2, by=by, at=cast.now)


@pytest.mark.parametrize("status", ["given", "refused", "not_needed"])
def test_an_approval_is_answered_with_its_day_and_can_be_corrected(cast, status):
    approval = ask(cast, cast.proposed())
    approval = edit(cast, approval, answered(cast, status, words="By letter."), cast.investigator)
    assert (approval.status, approval.words, approval.version) == (status, "By letter.", 2)
    open_again = edit(cast, approval, Answered(status="asked", answered_date=None, words=""))
    assert (open_again.status, open_again.answered_date) == ("asked", None)
    with pytest.raises(access.StaleVersion):
        edit(cast, open_again, answered(cast), version=1)
    for other in ("AL", "XK", "RS", "ME"):
        with pytest.raises(JitApproval.DoesNotExist):
            edit(cast, open_again, answered(cast), cast.people[other])


@pytest.mark.parametrize(
    ("question", "answer", "said"),
    [
        ({"of_whom": " "}, {}, "of whom"),
        ({"asked_date": 1}, {}, "lies ahead"),
        ({"due_date": -9}, {}, "needed before"),
        ({}, {"answered_date": None}, "the day of the answer"),
        ({}, {"status": "asked"}, "no answer"),
        ({}, {"answered_date": -9}, "before the question"),
        ({}, {"answered_date": 2}, "ahead"),
    ],
)
def test_days_follow_one_another_and_somebody_is_asked(cast, question, answer, said):
    def days(facts):
        return {
            name: cast.now.date() + timedelta(days=value) if isinstance(value, int) else value
            for name, value in facts.items()
        }

    approval = ask(cast, cast.proposed())
    with pytest.raises(UnableToKeep, match=said):
        edit(cast, approval, answered(cast, **days(answer)), **days(question))


def test_a_person_of_the_own_partner_is_named_and_told_once_and_nobody_of_another(cast):
    jit = cast.proposed()
    ivan = cast.investigator
    approval = ask(cast, jit, person_id=ivan.membership.pk)
    edit(cast, approval, answered(cast), person_id=ivan.membership.pk)
    with ivan.acting() as by:
        assert Notice.objects.visible_to(by).filter(root=jit.pk, kind="jits.approval.asked").count() == 1
    for code in ("AL", "RS"):
        with pytest.raises(UnableToKeep, match="own partner"):
            ask(cast, jit, person_id=cast.people[code].membership.pk)


def test_a_stranger_finds_no_team_and_a_participant_keeps_nothing(cast):
    jit = with_desk(cast, cast.proposed())
    for stranger in ("RS", "ME"):
        with pytest.raises(Jit.DoesNotExist):
            write(cast, jit, cast.people[stranger])
    for keep in (write, ask):
        with pytest.raises(access.Forbidden):
            keep(cast, jit, cast.desk)


@pytest.mark.parametrize("status", sorted(OVER))
def test_nothing_is_added_once_the_team_is_over(cast, status):
    jit = cast.in_state(status)
    for keep in (write, ask):
        with pytest.raises(TransitionNotAllowed):
            keep(cast, jit)


def test_whoever_has_an_idea_keeps_notes_before_it_is_proposed(cast):
    jit = cast.idea()
    write(cast, jit, cast.people["AL"])
    cast.does("AL", actions.propose, jit)
    assert read(cast.people["MK"]) == (0, 0)


def test_the_page_its_forms_and_the_panel(browser, cast):
    jit = with_desk(cast, cast.proposed())
    skopje, ivan = browser(cast.people["MK"]), browser(cast.investigator)
    own, team = reverse("jit_own", args=[jit.pk]), reverse("jit", args=[jit.pk])
    typed = {"text": SECRET} | key()
    for _time in range(2):
        assert skopje.post(reverse("jit_own_note_add", args=[jit.pk]), typed).status_code == 302
    question = {"subject": "Consent of the ministry", "of_whom": "Minister", "person": "",
                "asked_date": (cast.now.date() - timedelta(days=9)).isoformat(),
                "due_date": (cast.now.date() - timedelta(days=2)).isoformat()}  # fmt: skip
    assert skopje.post(reverse("jit_approval_ask", args=[jit.pk]), question | key()).status_code == 302
    page = ivan.get(own).content.decode()
    assert page.count(SECRET) == 1
    assert all(words in page for words in ("Only people of your own partner", "Consent of the ministry", "Overdue"))
    assert "0 of 1 internal approvals answered" in ivan.get(team).content.decode()
    assert SECRET not in browser(cast.people["AL"]).get(own).content.decode()
    assert browser(cast.desk).get(own).status_code == 404
    assert own not in browser(cast.desk).get(team).content.decode()
    assert browser(cast.people["RS"]).get(own).status_code == 404


def test_another_party_finds_neither_the_note_nor_the_approval_by_its_address(browser, cast):
    jit = cast.proposed()
    note, approval = write(cast, jit), ask(cast, jit)
    tirana = browser(cast.people["AL"])
    assert tirana.get(reverse("jit_own_note_edit", args=[jit.pk, note.pk])).status_code == 404
    assert tirana.get(reverse("jit_approval_edit", args=[jit.pk, approval.pk])).status_code == 404
    assert browser(cast.desk).get(reverse("jit_own_note_add", args=[jit.pk])).status_code == 403


def test_the_page_takes_the_same_statements_whatever_is_kept(browser, cast, django_assert_num_queries):
    jit = cast.proposed()
    for _round in range(2):
        with cast.people["MK"].acting() as by:
            own = own_party(jit, by=by)
            with django_assert_num_queries(3):
                own_view(jit, own, actor=by, at=cast.now)
        for _time in range(3):
            write(cast, jit), ask(cast, jit)
