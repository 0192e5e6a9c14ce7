"""What each reader finds on the pages of cases: strangers nothing, viewers no forms, audiences their own."""

from __future__ import annotations

import html
from uuid import uuid4

import pytest
from django.urls import reverse

from cases import actions
from cases.models import FileNumber, Note, NoteVersion
from cases.urls import urlpatterns
from foundation.access import Level
from foundation.access.models import Root
from foundation.tenancy.choices import OfficeKind
from tests.cases.cast import CaseWorld
from tests.cases.sending import Browser, address, filled

LISTS = {"cases", "cases_export", "cases_waiting", "case_create", "invitations", "invitations_export"}


OF_INVITATION = {"invitation", "invitation_accept", "invitation_decline", "invitation_withdraw"}


NAMES = {str(pattern.name) for pattern in urlpatterns}


OF_CHILD = {name for pattern in urlpatterns if "child" in str(pattern.pattern) for name in [str(pattern.name)]}


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


def test_only_the_own_partners_proceeding_opens_for_editing(world: CaseWorld, browser: Browser) -> None:
    case = world.open()
    world.share(case, world.mira, Level.CONTRIBUTE)
    with world.mira.acting() as actor:
        proceeding = actions.record_proceeding(
            case=case,
            authority=world.mira.membership.authority,
            stage="investigation",
            opened_date=None,
            state_of_play="Begun.",
            by=actor,
            at=world.now,
        )
    page = address("proceeding_edit", case, child=proceeding.pk)

    assert browser(world.mira).get(page).status_code == 200
    assert browser(world.ann).get(address("case", case)).content.decode().count("Begun.") == 1
    assert browser(world.ann).get(page).status_code == 404


WRITING = [
    "case_edit",
    "note_add",
    "task_add",
    "proceeding_add",
    "file_number_add",
    "case_invite",
    "case_close",
    "case_nominate",
]


@pytest.mark.parametrize("name", WRITING)
def test_a_form_that_cannot_be_sent_says_so_when_it_is_opened(world: CaseWorld, browser: Browser, name: str) -> None:
    possible = browser(world.ann).get(reverse(name, args=[world.open().pk]))
    in_vain = browser(world.ann).get(reverse(name, args=[world.closed().pk]))

    button = f'type="submit">{possible.context["submit_label"]}</button>'
    assert possible.context["not_now"] == ""
    assert button in possible.content.decode()
    assert in_vain.status_code == 200
    assert in_vain.context["not_now"] in html.unescape(in_vain.content.decode())
    assert in_vain.context["not_now"] != ""
    assert button not in in_vain.content.decode()


@pytest.mark.parametrize("name", ["invitation_accept", "invitation_decline"])
def test_an_answered_invitation_says_so_when_its_forms_are_opened(
    world: CaseWorld, browser: Browser, name: str
) -> None:
    invitation = world.invite(world.open())
    coordinator = browser(world.clerk)

    assert coordinator.get(address(name, invitation)).context["not_now"] == ""
    world.accept(invitation)
    assert "not possible in the present state" in coordinator.get(address(name, invitation)).content.decode()
