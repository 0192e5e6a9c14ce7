"""The pages of cases and invitations, as a browser without scripts sees them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cases import actions
from cases.models import Case, ConcernedPartner, FileNumber, Note, NoteVersion, Task
from cases.urls import urlpatterns
from foundation.access import Level
from foundation.access.models import Root
from foundation.tenancy.choices import OfficeKind
from tests.cases.cast import CaseWorld
from tests.people import Person

Browser = Callable[[Person], Client]
LISTS = {"cases", "cases_export", "cases_waiting", "case_create", "invitations", "invitations_export"}
OF_INVITATION = {"invitation", "invitation_accept", "invitation_decline", "invitation_withdraw"}
NAMES = {str(pattern.name) for pattern in urlpatterns}
OF_CHILD = {name for pattern in urlpatterns if "child" in str(pattern.pattern) for name in [str(pattern.name)]}


@pytest.fixture
def browser(db: None) -> Browser:
    def sign_in(person: Person) -> Client:
        client = Client()
        client.force_login(person.account)
        return client

    return sign_in


def address(name: str, case: Any = None, **more: Any) -> str:
    return reverse(name, kwargs={} if case is None else {"pk": case.pk, **more})


def filled(**values: Any) -> dict[str, Any]:
    return {"submission_key": str(uuid4()), **values}


def case_form(**changes: Any) -> dict[str, Any]:
    values: dict[str, Any] = {
        "title": "Cigarettes over the lake",
        "summary": "Lorries cross at night.",
        "stage": "investigation",
        "urgency": "high",
        "handling": ["H0"],
        "crime_types": [crime_type()],
    }
    return filled(**values | changes)


def crime_type() -> str:
    from_reference = Case._meta.apps.get_model("cases", "CrimeType")
    return str(from_reference.objects.get(code="drug_trafficking").pk)


def test_a_prosecutor_writes_a_case_and_opens_it(world: CaseWorld, browser: Browser) -> None:
    ann = browser(world.ann)
    partner = world.house.partner("MK")

    written = ann.post(address("case_create"), case_form(partners=[str(partner.pk)]))
    page = ann.get(written["Location"]).content.decode()

    assert "Cigarettes over the lake" in page
    assert "Draft" in page
    with world.ann.acting() as actor:
        case = Case.objects.visible_to(actor).get()
        assert ConcernedPartner.objects.visible_to(actor).get().partner == partner
    opened = ann.post(address("case_submit", case), filled(version=1))
    assert opened.status_code == 302
    assert "Open" in ann.get(opened["Location"]).content.decode()


def test_the_same_form_sent_twice_makes_one_case(world: CaseWorld, browser: Browser) -> None:
    ann = browser(world.ann)
    form = case_form()

    first, second = (ann.post(address("case_create"), form) for _again in range(2))

    assert first["Location"] == second["Location"]
    with world.ann.acting() as actor:
        assert Case.objects.visible_to(actor).count() == 1


def test_every_address_is_among_those_that_a_stranger_tries() -> None:
    assert LISTS | OF_INVITATION < NAMES
    assert {str(row.name) for row in urlpatterns if "<uuid:pk>" not in str(row.pattern)} == LISTS


@pytest.mark.parametrize("name", sorted(NAMES - LISTS))
def test_a_stranger_finds_nothing(world: CaseWorld, browser: Browser, name: str) -> None:
    case = world.open()
    record = world.invite(case) if name in OF_INVITATION else case
    lawyer = world.house.person("Luka", "RS", offices=(OfficeKind.COORDINATOR, OfficeKind.CASE_REGISTRY))
    more = {"child": uuid4()} if name in OF_CHILD else {}

    for answer in (
        browser(lawyer).get(address(name, record, **more)),
        browser(lawyer).post(address(name, record, **more), filled(version=1)),
    ):
        assert answer.status_code in (
            {404, 405} if name in {"case", "case_timeline", "case_notes", "invitation"} else {404}
        )
        assert "Cigarettes" not in answer.content.decode()
        assert case.pk.hex not in answer.content.decode()


@pytest.mark.parametrize("name", sorted(LISTS))
def test_a_strangers_lists_hold_nothing_of_others(world: CaseWorld, browser: Browser, name: str) -> None:
    case = world.open()
    world.invite(case)

    page = browser(world.stranger).get(address(name)).content.decode()

    assert "Cigarettes" not in page
    assert str(case.pk) not in page


@pytest.mark.parametrize(
    "name", ["case_edit", "note_add", "task_add", "proceeding_add", "file_number_add", "case_close", "case_invite"]
)
def test_a_viewer_reads_and_writes_nothing(world: CaseWorld, browser: Browser, name: str) -> None:
    case = world.open()
    world.share(case, world.mira, Level.VIEW)

    assert browser(world.mira).get(address("case", case)).status_code == 200
    assert browser(world.mira).get(address(name, case)).status_code == 403
    assert browser(world.mira).post(address(name, case), filled()).status_code == 403


def test_share_is_offered_to_those_who_may(world: CaseWorld, browser: Browser) -> None:
    case = world.open()
    world.share(case, world.mira, Level.CONTRIBUTE)
    offered = reverse("sharing_choose", args=[case.pk])

    assert offered in browser(world.ann).get(address("case", case)).content.decode()
    assert offered not in browser(world.mira).get(address("case", case)).content.decode()


@pytest.mark.parametrize(
    ("audience", "readers"), [("everyone", "abm"), ("partner", "ab"), ("authority", "ab"), ("self", "a")]
)
def test_a_note_is_read_by_its_audience_alone(world: CaseWorld, browser: Browser, audience: str, readers: str) -> None:
    case = world.open()
    for person in (world.bob, world.mira):
        world.share(case, person)

    browser(world.ann).post(address("note_add", case), filled(text="Wires hum.", audience=audience))

    for letter, person in {"a": world.ann, "b": world.bob, "m": world.mira}.items():
        for name in ("case", "case_notes"):
            assert ("Wires hum." in browser(person).get(address(name, case)).content.decode()) == (letter in readers)
        timeline = browser(person).get(address("case_timeline", case)).content.decode()
        assert ("Note written" in timeline) == (letter in readers)


def test_a_note_for_some_does_not_move_the_case_up_in_lists(world: CaseWorld, browser: Browser) -> None:
    case = world.open()
    with world.ann.acting() as actor:
        before = Root.objects.visible_to(actor).get(pk=case.pk).sort_at

    browser(world.ann).post(address("note_add", case), filled(text="Wires hum.", audience="partner"))

    with world.ann.acting() as actor:
        assert Root.objects.visible_to(actor).get(pk=case.pk).sort_at == before


def test_each_partner_reads_its_own_file_numbers(world: CaseWorld, browser: Browser) -> None:
    case = world.open()
    world.share(case, world.mira)

    browser(world.ann).post(address("file_number_add", case), filled(number="KT-17/26"))
    browser(world.mira).post(address("file_number_add", case), filled(number="MK-99"))

    anns, miras = (browser(person).get(address("case", case)).content.decode() for person in (world.ann, world.mira))
    assert "KT-17/26" in anns
    assert "MK-99" not in anns
    assert "MK-99" in miras
    assert "KT-17/26" not in miras


def test_another_partners_file_number_cannot_be_removed(world: CaseWorld, browser: Browser) -> None:
    case = world.open()
    world.share(case, world.mira)
    with world.ann.acting() as actor:
        row = actions.add_file_number(case=case, number="KT-17/26", by=actor, at=world.now)

    assert browser(world.mira).post(address("file_number_remove", case, child=row.pk), filled()).status_code == 404
    with world.ann.acting() as actor:
        assert FileNumber.objects.visible_to(actor).count() == 1


def test_an_edited_note_keeps_how_it_read(world: CaseWorld, browser: Browser) -> None:
    case = world.open()
    with world.ann.acting() as actor:
        note = actions.write_note(case=case, text="First.", audience="partner", by=actor, at=world.now)

    answer = browser(world.ann).post(address("note_edit", case, child=note.pk), filled(text="Second.", version=1))

    assert answer.status_code == 302
    with world.bob.acting() as actor:
        assert not NoteVersion.objects.visible_to(actor).exists()
    with world.ann.acting() as actor:
        assert [row.text for row in NoteVersion.objects.visible_to(actor)] == ["First."]
        assert Note.objects.visible_to(actor).get().text == "Second."


def test_a_note_is_changed_by_its_writer_alone(world: CaseWorld, browser: Browser) -> None:
    case = world.open()
    world.share(case, world.bob)
    with world.ann.acting() as actor:
        note = actions.write_note(case=case, text="First.", audience="everyone", by=actor, at=world.now)

    answer = browser(world.bob).post(address("note_edit", case, child=note.pk), filled(text="Second.", version=1))

    assert answer.status_code == 409
    assert "Second." in answer.content.decode()


def test_a_stale_edit_keeps_the_text_and_shows_what_stands_there(world: CaseWorld, browser: Browser) -> None:
    case = world.open(title="As it was")
    with world.ann.acting() as actor:
        fresh = Case.objects.visible_to(actor).get(pk=case.pk)
    first = case_form(title="Theirs", urgency="critical", version=fresh.version)
    second = case_form(title="Mine", summary="My words.", version=fresh.version)

    assert browser(world.ann).post(address("case_edit", case), first).status_code == 302
    answer = browser(world.ann).post(address("case_edit", case), second)

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Theirs" in page
    assert "Critical" in page
    assert "Mine" in page
    assert "My words." in page
    assert f'name="version" value="{fresh.version + 1}"' in page


@pytest.mark.parametrize("status", ["draft", "nominated", "closed", "archived"])
def test_a_move_out_of_state_is_refused_in_words(world: CaseWorld, browser: Browser, status: str) -> None:
    case = world.in_status(status)

    answer = browser(world.ann).post(address("case_close", case), filled(reason="Enough.", version=case.version))

    assert answer.status_code == 409
    assert "Enough." in answer.content.decode()
    assert "not possible in the present state" in answer.content.decode()


def test_a_closed_case_offers_no_writing(world: CaseWorld, browser: Browser) -> None:
    page = browser(world.ann).get(address("case", world.closed())).content.decode()

    for words in ("Write a note", "Give a task", "Add a proceeding", "Close case"):
        assert words not in page
    assert "Reopen case" in page


@pytest.mark.parametrize(
    "text", ["<script>alert(1)</script>", "{{ case }}", "'; DROP TABLE cases_case; --", "\u202eevil", "Ќ" * 4000]
)
def test_hostile_text_is_shown_as_text(world: CaseWorld, browser: Browser, text: str) -> None:
    ann = browser(world.ann)

    answer = ann.post(address("case_create"), case_form(summary=text))

    assert answer.status_code == 302
    page = ann.get(answer["Location"]).content.decode()
    assert "<script>alert" not in page
    assert text[:7].replace("<", "&lt;").replace("'", "&#x27;") in page


@pytest.mark.parametrize(
    "changes",
    [
        {"title": "x" * 201},
        {"summary": "x" * 4001},
        {"summary": "nul\x00byte"},
        {"title": ""},
        {"stage": "forged"},
        {"urgency": ""},
        {"handling": ["H0", "H1"]},
        {"handling": ["H3"]},
        {"handling": ["H9"]},
        {"crime_types": [str(UUID(int=7))]},
        {"crime_types": []},
        {"partners": ["forged"]},
        {"partners": [str(UUID(int=7))]},
    ],
    ids=str,
)
def test_a_wrong_form_is_answered_with_what_was_typed(
    world: CaseWorld, browser: Browser, changes: dict[str, Any]
) -> None:
    answer = browser(world.ann).post(address("case_create"), case_form(**{"summary": "Kept words."} | changes))

    assert answer.status_code == 422
    assert ("Kept words." in answer.content.decode()) == ("summary" not in changes)
    with world.ann.acting() as actor:
        assert not Case.objects.visible_to(actor).exists()


@pytest.mark.parametrize(
    "text",
    [
        "Account AL47 2121 1009 0000 0002 3569 8741",
        "Call +355 69 212 3456",
        "Born 1234567890123",
        "mail a.b@example.org",
    ],
)
def test_what_looks_like_personal_data_is_asked_about_once(world: CaseWorld, browser: Browser, text: str) -> None:
    ann = browser(world.ann)

    asked = ann.post(address("case_create"), case_form(summary=text))
    confirmed = ann.post(address("case_create"), case_form(summary=text, personal_data_checked="on"))

    assert asked.status_code == 422
    assert "This looks like" in asked.content.decode()
    assert confirmed.status_code == 302


@pytest.mark.parametrize(
    "text", ["In 2024 and 2025, 300 kg on 12.03.2026.", "EUR 1 500 000 moved", "C-2026-ABCDEF", "Article 12(3)"]
)
def test_plain_numbers_are_no_personal_data(world: CaseWorld, browser: Browser, text: str) -> None:
    assert browser(world.ann).post(address("case_create"), case_form(summary=text)).status_code == 302


def task_form(world: CaseWorld, assignee: int, **changes: Any) -> dict[str, Any]:
    due = (world.now + timedelta(days=3)).strftime("%Y-%m-%dT%H:%M")
    return filled(**{"assignee": assignee, "title": "Hear the driver", "text": "", "due_at": due} | changes)


def test_a_task_goes_from_giver_to_done(world: CaseWorld, browser: Browser) -> None:
    case = world.open()
    world.share(case, world.mira)

    given = browser(world.ann).post(address("task_add", case), task_form(world, world.mira.membership.group_id))
    assert given.status_code == 302
    with world.mira.acting() as actor:
        task = Task.objects.visible_to(actor).get()
    assert "Hear the driver" in browser(world.mira).get(address("cases_waiting")).content.decode()
    browser(world.mira).post(address("task_acknowledge", case, child=task.pk), filled())
    browser(world.mira).post(address("task_done", case, child=task.pk), filled())

    with world.ann.acting() as actor:
        task = Task.objects.visible_to(actor).get()
    assert task.acknowledged_by == world.mira.membership
    assert task.done_by == world.mira.membership
    assert "Hear the driver" not in browser(world.mira).get(address("cases_waiting")).content.decode()


def test_a_due_time_is_read_in_the_zone_of_its_writer(world: CaseWorld, browser: Browser) -> None:
    case = world.open()
    world.ann.account.time_zone = "Asia/Tokyo"
    world.ann.account.save()

    form = task_form(world, world.ann.membership.group_id, due_at="2030-01-15T09:00")
    browser(world.ann).post(address("task_add", case), form)

    with world.ann.acting() as actor:
        assert Task.objects.visible_to(actor).get().due_at.isoformat() == "2030-01-15T00:00:00+00:00"


def test_a_task_is_not_given_to_somebody_who_does_not_see_the_case(world: CaseWorld, browser: Browser) -> None:
    case = world.open()

    for assignee in (world.stranger.membership.group_id, 0, 10**9):
        answer = browser(world.ann).post(address("task_add", case), task_form(world, assignee))
        assert answer.status_code == 422
        assert "Hear the driver" in answer.content.decode()


def test_a_task_is_acknowledged_and_done_by_its_assignee_alone(world: CaseWorld, browser: Browser) -> None:
    case = world.open()
    world.share(case, world.mira)
    browser(world.ann).post(address("task_add", case), task_form(world, world.mira.membership.group_id))
    with world.ann.acting() as actor:
        task = Task.objects.visible_to(actor).get()

    for name in ("task_acknowledge", "task_done"):
        assert browser(world.ann).post(address(name, case, child=task.pk), filled()).status_code == 409
    assert browser(world.mira).post(address("task_withdraw", case, child=task.pk), filled()).status_code == 409


def test_a_partner_is_invited_answers_and_works_on_the_case(world: CaseWorld, browser: Browser) -> None:
    case = world.open()
    assert browser(world.mira).get(address("case", case)).status_code == 404
    day = (world.now + timedelta(days=9)).date().isoformat()
    form = filled(partner=str(world.house.partner("MK").pk), purpose="Work together", text="Lorries.", answer_by=day)

    assert browser(world.ann).post(address("case_invite", case), form).status_code == 302

    clerk = browser(world.clerk)
    page = clerk.get(address("invitations")).content.decode()
    assert "Work together" in page
    with world.clerk.acting() as actor:
        invitation = Case._meta.apps.get_model("cases", "Invitation").objects.visible_to(actor).get()
    shown = clerk.get(address("invitation", invitation)).content.decode()
    assert "Lorries." in shown
    assert "Accept" in shown
    assert "Cigarettes" not in shown
    assert str(case.pk) not in shown
    accepted = clerk.post(
        address("invitation_accept", invitation),
        filled(prosecutor=str(world.mira.membership.pk), version=invitation.version),
    )
    assert accepted.status_code == 302
    assert browser(world.clerk).get(address("case", case)).status_code == 404
    miras = browser(world.mira).get(address("invitation", invitation)).content.decode()
    assert address("case", case) in miras
    assert browser(world.mira).get(address("case", case)).status_code == 200


def test_forged_people_cannot_be_named(world: CaseWorld, browser: Browser) -> None:
    invitation = world.invite(world.open())

    for forged in (world.stranger.membership.pk, world.ann.membership.pk, uuid4(), "x"):
        answer = browser(world.clerk).post(
            address("invitation_accept", invitation), filled(prosecutor=str(forged), version=invitation.version)
        )
        assert answer.status_code == 422


def test_an_answered_invitation_is_not_answered_again(world: CaseWorld, browser: Browser) -> None:
    invitation = world.decline(world.invite(world.open()))
    form = filled(prosecutor=str(world.mira.membership.pk), version=invitation.version)

    assert browser(world.clerk).post(address("invitation_accept", invitation), form).status_code == 409


def test_another_reason_to_decline_needs_words(world: CaseWorld, browser: Browser) -> None:
    invitation = world.invite(world.open())

    answer = browser(world.clerk).post(
        address("invitation_decline", invitation), filled(reason="other", text="", version=1)
    )

    assert answer.status_code == 422


def statements(client: Client, where: str) -> int:
    client.get(where)
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert client.get(where).status_code == 200
    return len(captured)


def test_the_list_of_cases_asks_the_same_few_questions_whatever_its_length(world: CaseWorld, browser: Browser) -> None:
    ann = browser(world.ann)
    world.open()
    ann.get(address("cases"))  # the words of the filters are kept from now on
    short = statements(ann, address("cases"))
    for _number in range(20):
        world.open()

    assert statements(ann, address("cases")) == short <= 8


def test_the_page_of_a_case_stays_within_its_budget_whatever_its_size(world: CaseWorld, browser: Browser) -> None:
    case = world.coordinated()
    with world.ann.acting() as actor:
        for number in range(300):
            actions.write_note(case=case, text=f"Note {number}", audience="everyone", by=actor, at=world.now)
        for number in range(20):
            actions.give_task(
                case=case,
                assignee=world.mira.membership.group_id,
                title=f"Task {number}",
                text="",
                due_at=world.now + timedelta(days=1),
                by=actor,
                at=world.now,
            )
            actions.add_file_number(case=case, number=f"KT {number}", by=actor, at=world.now)

    for person in (world.ann, world.mira):
        assert statements(browser(person), address("case", case)) <= 18


def test_all_notes_can_be_reached_page_by_page(world: CaseWorld, browser: Browser) -> None:
    case = world.open()
    with world.ann.acting() as actor:
        for number in range(60):
            actions.write_note(case=case, text=f"Note {number:03}.", audience="everyone", by=actor, at=world.now)
    ann = browser(world.ann)

    first = ann.get(address("case_notes", case))
    second = ann.get(address("case_notes", case), {"after": str(first.context["older"])})

    both = first.content.decode() + second.content.decode()
    assert all(f"Note {number:03}." in both for number in range(60))


def test_all_that_happened_can_be_reached_page_by_page(world: CaseWorld, browser: Browser) -> None:
    case = world.open()
    for number in range(60):
        with world.ann.acting() as actor:
            actions.give_task(
                case=case,
                assignee=actor.membership_group,
                title=f"Task {number:03}.",
                text="",
                due_at=world.now + timedelta(days=1),
                by=actor,
                at=world.now,
            )
    ann = browser(world.ann)

    first = ann.get(address("case_timeline", case))
    second = ann.get(address("case_timeline", case), {"after": str(first.context["older"])})

    both = first.content.decode() + second.content.decode()
    assert all(f"Task {number:03}." in both for number in range(60))
    assert "Draft written" in both


@pytest.mark.parametrize("name", ["cases", "invitations"])
def test_a_mangled_cursor_is_no_address(world: CaseWorld, browser: Browser, name: str) -> None:
    assert browser(world.ann).get(address(name), {"after": "forged"}).status_code == 404
