"""The demo world shows what the product is for: every state, every partner, a meeting that runs today."""

from collections import Counter

import pytest
from django.db import connection
from django.utils import timezone

from cases.choices import InvitationStatus, NoteAudience
from cases.choices import Status as CaseStatus
from cases.models import Case, FileNumber, Invitation, Note, Task
from contactgroup.choices import Outcome
from contactgroup.choices import Status as NominationStatus
from contactgroup.models import Nomination, Recusal, RecusalReason
from foundation.access.models import Root, Share
from foundation.audit.models import Detail
from foundation.documents.models import Document, DocumentVersion
from foundation.tenancy.actors import Actor
from jits.choices import Status as JitStatus
from jits.models import Jit, JitParticipant, JitParty
from meetings.choices import Status as MeetingStatus
from meetings.models import Meeting
from tests.bed.sides import as_owner as acting_as_owner
from wbcj.demo import world
from wbcj.demo.stage import DESK, Stage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("world")]


@pytest.fixture
def everything():
    """The whole world at once, which only the owner of the tables sees."""
    with acting_as_owner():
        yield


@pytest.mark.usefixtures("everything")
def test_every_state_of_a_case_is_there_at_least_five_times():
    states = Counter(Case.objects.values_list("status", flat=True))

    assert sum(states.values()) >= 60
    assert {status: states[status] for status in CaseStatus if states[status] < 5} == {}


@pytest.mark.usefixtures("everything")
def test_every_western_balkan_partner_owns_cases():
    owners = Counter(Case.objects.values_list("owner__partner__code", flat=True))

    assert set(owners) == {"AL", "BA", "XK", "ME", "MK", "RS"}
    assert min(owners.values()) >= 8


@pytest.mark.usefixtures("everything")
def test_the_prosecutor_of_the_main_job_has_a_list_that_feels_real():
    his = Case.objects.filter(owner__partner__code="AL")

    assert his.count() >= 8
    assert {case.status for case in his} == set(CaseStatus)


@pytest.mark.usefixtures("everything")
def test_one_case_has_three_hundred_notes_of_several_people_over_months():
    longest = Counter(Note.objects.values_list("root", flat=True)).most_common(1)[0]
    notes = Note.objects.filter(root=longest[0]).order_by("written_at")

    assert longest[1] >= 300
    assert len({note.written_by_id for note in notes}) >= 3
    assert (notes[longest[1] - 1].written_at - notes[0].written_at).days > 60
    assert {(note.audience.name if note.audience else "everyone").split(":")[0] for note in notes} == {
        "everyone", "partner", "authority", "membership",
    }  # fmt: skip


@pytest.mark.usefixtures("everything")
def test_titles_stand_in_several_languages_and_both_scripts():
    titles = list(Case.objects.values_list("root__title", flat=True))

    for letter in "аëš":
        assert [title for title in titles if letter in title]


@pytest.mark.usefixtures("everything")
def test_every_state_and_every_final_outcome_of_a_nomination_is_there():
    nominations = Nomination.objects.values_list("status", "outcome")

    assert {status for status, _outcome in nominations} == set(NominationStatus.values)
    assert {outcome for _status, outcome in nominations} - {""} == set(Outcome.values) - {Outcome.MORE_INFORMATION}


@pytest.mark.usefixtures("everything")
def test_people_and_partners_are_recused_in_open_votes_and_in_counted_ones():
    found = Recusal.objects.values_list("scope", "root__nomination__status")

    assert {(scope, "open" if status == NominationStatus.VOTING else "counted") for scope, status in found} == {
        ("person", "open"), ("person", "counted"), ("partner", "open"), ("partner", "counted"),
    }  # fmt: skip
    assert RecusalReason.objects.count() == 2 * Recusal.objects.count()


@pytest.mark.usefixtures("everything")
def test_one_meeting_runs_now_one_is_to_come_and_three_were_held():
    meetings = Counter(Meeting.objects.values_list("status", flat=True))
    running = Meeting.objects.get(status=MeetingStatus.RUNNING)

    assert meetings == {MeetingStatus.HELD: 3, MeetingStatus.RUNNING: 1, MeetingStatus.PLANNED: 1}
    assert abs((running.starts_at - timezone.now()).total_seconds()) < 7 * 24 * 3600


@pytest.mark.usefixtures("everything")
def test_invitations_wait_were_accepted_declined_and_left_unanswered():
    found = {invitation.status_at(timezone.now()) for invitation in Invitation.objects.all()}

    assert found >= {
        InvitationStatus.SENT,
        InvitationStatus.ACCEPTED,
        InvitationStatus.DECLINED,
        InvitationStatus.LAPSED,
    }


@pytest.mark.usefixtures("everything")
def test_tasks_are_due_soon_overdue_and_done():
    now = timezone.now()
    tasks = list(Task.objects.all())

    assert any(task.overdue(now) for task in tasks)
    assert any(not task.finished and not task.overdue(now) for task in tasks)
    assert any(task.done_at for task in tasks)


@pytest.mark.usefixtures("everything")
def test_notes_are_for_everyone_for_a_partner_for_an_authority_and_for_oneself():
    kinds = {(name or "everyone").split(":")[0] for name in Note.objects.values_list("audience__name", flat=True)}

    assert kinds == {"everyone", "partner", "authority", "membership"}
    assert len(kinds) == len(NoteAudience)
    assert FileNumber.objects.exists()


@pytest.mark.usefixtures("everything")
def test_one_share_has_ended_by_its_date_and_one_will():
    dated = Share.objects.filter(until__isnull=False, revoked_at__isnull=True)

    assert dated.filter(until__lte=timezone.now()).exists()
    assert dated.filter(until__gt=timezone.now()).exists()


@pytest.mark.usefixtures("everything")
def test_everything_is_on_record():
    silent = Root.objects.exclude(pk__in=Detail.objects.values("root"))

    assert list(silent.values_list("reference", flat=True)) == []


def test_made_again_nothing_is_made():
    with acting_as_owner():
        before = (Root.objects.count(), Share.objects.count(), Detail.objects.count())

    made = world.make(now=timezone.now())

    assert made == world.Made(people=0, stories=0)
    with acting_as_owner():
        assert (Root.objects.count(), Share.objects.count(), Detail.objects.count()) == before


@pytest.mark.parametrize(
    ("key", "title"),
    [
        ("narrow", "Plantations on both sides of the border"),
        ("case", "Indoor cannabis plantations run from across the border"),
    ],
)
def test_belgrade_sees_neither_the_case_of_tirana_nor_its_narrow_nomination(key, title):
    stage = Stage(timezone.now())

    assert [stage.has_seen(name, title) for name in ("Milica Stamenić", "Nenad Radojev")] == [False, False]


def test_the_case_desk_sees_what_was_nominated_and_not_what_was_handed_back():
    stage = Stage(timezone.now())

    assert stage.has_seen(DESK, "Indoor cannabis plantations run from across the border")
    assert not stage.has_seen(DESK, "VAT carousel with electronics through free zones")


def test_two_memberships_of_one_person_see_different_cases():
    stage = Stage(timezone.now())
    with stage.acting("Jelena Radonja", "ME") as podgorica:
        own = _seen(podgorica)
    with stage.acting("Jelena Radonja", "EUROJUST") as eurojust:
        nominated = _seen(eurojust)

    assert own
    assert nominated
    assert own != nominated


def _seen(actor: Actor) -> set[object]:
    assert connection.in_atomic_block
    return set(Case.objects.visible_to(actor).values_list("pk", flat=True))


@pytest.mark.usefixtures("everything")
def test_documents_have_versions_audiences_and_one_that_was_withdrawn():
    assert Document.objects.count() >= 5
    assert Document.objects.filter(withdrawn_at__isnull=False).exists()
    assert Document.objects.filter(audience__isnull=False).exists()
    assert DocumentVersion.objects.filter(number=2).exists()
    assert len(set(Document.objects.values_list("language", flat=True))) >= 4


@pytest.mark.usefixtures("everything")
def test_a_joint_investigation_team_of_three_is_drafting_and_eurojust_takes_part():
    jit = Jit.objects.get()

    assert jit.status == JitStatus.DRAFTING
    assert set(JitParty.objects.values_list("partner__code", flat=True)) == {"AL", "MK", "ME"}
    assert JitParticipant.objects.get().office.kind == "case_desk"
