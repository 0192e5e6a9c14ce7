"""Where each form of the product can be filled in by somebody who may: a person, a record in the right state, and what is typed.

A new form is added here; `test_every_form_has_a_place` fails by its name until it is.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from fractions import Fraction
from uuid import uuid4

from django.utils import timezone

from cases import actions as case_actions
from cases import pdf as case_papers
from cases.models import FileNumber, Note, Proceeding, Task
from contactgroup import actions
from contactgroup.counting import Rule
from foundation.documents.intake import actions as uploads
from foundation.documents.printing import actions as printing_actions
from foundation.jobs.models import Job
from foundation.notifications.feed import actions as feed_actions
from foundation.notifications.models import Delivery, Holiday, Offset, Reminder, State
from foundation.tenancy.choices import AuthorityKind, Capacity, OfficeKind, Role
from foundation.tenancy.models import Membership, OfficeHolder
from meetings import actions as meeting_actions
from partners import actions as partner_actions
from tests.documents.keeping import file_document, keep
from tests.hostile.stage import Place, Stage
from tests.people import Person

Build = Callable[[Stage, str], Place]
PLACES: dict[str, Build] = {}


def place(*names: str) -> Callable[[Build], Build]:
    """Register how the forms of these names are reached."""

    def register(build: Build) -> Build:
        PLACES.update(dict.fromkeys(names, build))
        return build

    return register


@place("case_create")
def _new_case(stage: Stage, name: str) -> Place:
    return Place(name, stage.tirana)


@place(
    "case_edit",
    "case_close",
    "case_invite",
    "proceeding_add",
    "file_number_add",
    "note_add",
    "task_add",
    "case_nominate",
)
def _open_case(stage: Stage, name: str) -> Place:
    _marija = stage.coordinator
    found = stage.of_case(name)
    if name == "case_nominate":
        found.typed[f"invite_{stage.house.partner('MK').pk}"] = "on"
    return found


@place("case_submit")
def _draft(stage: Stage, name: str) -> Place:
    return stage.of_case(name, stage.draft())


@place("case_reopen", "case_archive")
def _closed(stage: Stage, name: str) -> Place:
    return stage.of_case(name, stage.closed())


@place("case_coordinate")
def _taken_up(stage: Stage, name: str) -> Place:
    return stage.of_case(name, stage.taken_up())


@place("proceeding_edit")
def _proceeding(stage: Stage, name: str) -> Place:
    case = stage.case("MK")
    with stage.tirana.acting() as by:
        case_actions.record_proceeding(
            case=case, authority=stage.tirana.membership.authority, stage="investigation", opened_date=None,
            state_of_play="Begun.", by=by, at=stage.now,
        )  # fmt: skip
        child = Proceeding.objects.visible_to(by).get().pk
    return stage.of_case(name, case, child)


@place("file_number_remove")
def _file_number(stage: Stage, name: str) -> Place:
    case = stage.case("MK")
    with stage.tirana.acting() as by:
        case_actions.add_file_number(case=case, number="17/2026", by=by, at=stage.now)
        child = FileNumber.objects.visible_to(by).get().pk
    return stage.of_case(name, case, child)


@place("documents_export")
def _documents(stage: Stage, name: str) -> Place:
    case = stage.case("MK")
    with stage.tirana.acting() as by:
        file_document(b"hello", root_id=case.pk, by=by, at=stage.now)
    return Place(name, stage.tirana, {"pk": case.pk})


@place("document_add", "document_version", "document_withdraw")
def _document(stage: Stage, name: str) -> Place:
    """Their file has arrived already, as it has when a form comes back."""
    case = stage.case("MK")
    with stage.tirana.acting() as by:
        document = file_document(b"hello", root_id=case.pk, by=by, at=stage.now)
        kept = keep(b"hello", root_id=case.pk, by=by)
        upload = uploads.arrived(root_id=case.pk, kept=kept, file_name="a.txt", by=by, at=stage.now)
    typed = {} if name == "document_withdraw" else {"upload": str(upload.pk)}
    return Place(name, stage.tirana, {"pk": case.pk if name == "document_add" else document.pk}, typed)


@place("document_copy")
def _copy(stage: Stage, name: str) -> Place:
    return Place(name, stage.tirana, {"pk": stage.document().pk, "root": stage.draft().pk})


@place("upload_discard")
def _upload(stage: Stage, name: str) -> Place:
    case = stage.case("MK")
    with stage.tirana.acting() as by:
        upload = uploads.begin(root_id=case.pk, file_name="a.txt", size=9, mark="", by=by, at=stage.now)
    return Place(name, stage.tirana, {"pk": upload.pk})


@place("note_edit", "note_document_add")
def _note(stage: Stage, name: str) -> Place:
    case = stage.case("MK")
    with stage.tirana.acting() as by:
        case_actions.write_note(case=case, text="Wires hum.", audience="everyone", by=by, at=stage.now)
        child = Note.objects.visible_to(by).get().pk
        kept = keep(b"hello", root_id=case.pk, by=by)
        upload = uploads.arrived(root_id=case.pk, kept=kept, file_name="a.txt", by=by, at=stage.now)
    typed = {"upload": str(upload.pk)} if name == "note_document_add" else {}
    return stage.of_case(name, case, child, **typed)


@place("task_acknowledge", "task_done", "task_withdraw")
def _task(stage: Stage, name: str) -> Place:
    case, me = stage.case("MK"), stage.tirana.membership.group_id
    with stage.tirana.acting() as by:
        due = stage.now + timedelta(days=3)
        case_actions.give_task(case=case, assignee=me, title="Ask", text="", due_at=due, by=by, at=stage.now)
        child = Task.objects.visible_to(by).get().pk
    return stage.of_case(name, case, child)


@place("invitation_accept", "invitation_decline")
def _invited(stage: Stage, name: str) -> Place:
    _stojan = stage.skopje
    return Place(name, stage.coordinator, {"pk": stage.invitation().pk})


@place("invitation_withdraw")
def _inviting(stage: Stage, name: str) -> Place:
    return Place(name, stage.tirana, {"pk": stage.invitation().pk})


@place("nomination_revise", "nomination_withdraw")
def _own_nomination(stage: Stage, name: str) -> Place:
    return Place(name, stage.tirana, {"pk": stage.nominate(stage.case("MK")).pk})


@place("nomination_agenda")
def _submitted(stage: Stage, name: str) -> Place:
    stage.meeting()
    return Place(name, stage.desk, {"pk": stage.nominate(stage.case("MK")).pk})


@place("nomination_open_voting", "nomination_return")
def _on_agenda(stage: Stage, name: str) -> Place:
    nomination, meeting = stage.nominate(stage.case("MK")), stage.meeting()
    stage.as_desk(actions.put_on_agenda, nomination, meeting=meeting)
    return Place(name, stage.desk, {"pk": nomination.pk})


@place("nomination_vote", "nomination_recuse", "nomination_close_voting")
def _voting(stage: Stage, name: str) -> Place:
    nomination = stage.open_vote(stage.nominate(stage.case("MK")))
    person = stage.desk if name == "nomination_close_voting" else stage.members["MK"]
    return Place(name, person, {"pk": nomination.pk})


@place("nomination_take_back")
def _recused(stage: Stage, name: str) -> Place:
    nomination = stage.open_vote(stage.nominate(stage.case("MK")))
    recusal = stage.recuse(nomination, "MK")
    return Place(name, stage.members["MK"], {"pk": nomination.pk, "child": recusal.pk})


@place("voting_rule_set", "voting_rule_withdraw")
def _rules(stage: Stage, name: str) -> Place:
    manager = stage.house.person("Mia", "EUROJUST", Role.PROGRAMME_MANAGER, authority="Programme team")
    if name == "voting_rule_withdraw":
        half = Rule(quorum=Fraction(1, 2), majority=Fraction(1, 2))
        with manager.acting() as by:
            day = stage.now.date() + timedelta(days=30)
            actions.set_rule(rule=half, valid_from=day, by=by, at=stage.now)
    return Place(name, manager)


@place("nomination_decide")
def _counted(stage: Stage, name: str) -> Place:
    nomination = stage.counted(stage.nominate(stage.case("MK")), AL="for", MK="for")
    return Place(name, stage.desk, {"pk": nomination.pk})


@place("meeting_call", "meeting_change")
def _meeting_form(stage: Stage, name: str) -> Place:
    day = timezone.localdate() + timedelta(days=9)
    typed = {"starts_at": f"{day}T09:00", "ends_at": f"{day}T17:00"}
    return Place(name, stage.desk, {} if name == "meeting_call" else {"pk": stage.meeting().pk}, typed)


@place("meeting_start", "meeting_cancel", "meeting_item_add")
def _called(stage: Stage, name: str) -> Place:
    return Place(name, stage.desk, {"pk": stage.meeting().pk})


@place("meeting_close")
def _begun(stage: Stage, name: str) -> Place:
    meeting = stage.meeting()
    with stage.desk.acting() as by:
        meeting_actions.start(meeting=meeting, version=meeting.version, by=by, at=stage.now)
    return Place(name, stage.desk, {"pk": meeting.pk})


@place("meeting_item_move", "meeting_item_take_off", "meeting_item_decide")
def _item(stage: Stage, name: str) -> Place:
    meeting, item = stage.item()
    return Place(name, stage.desk, {"pk": meeting.pk, "item": item.pk})


@place("sharing_share")
def _share(stage: Stage, name: str) -> Place:
    typed = {"confirmed": "1", "level": "1"}
    _stojan = stage.skopje
    return Place(name, stage.tirana, {"pk": stage.case("MK").pk}, typed, f"?partner={stage.house.partner('MK').pk}")


@place("sharing_revoke")
def _revoke(stage: Stage, name: str) -> Place:
    case, share = stage.shared()
    return Place(name, stage.tirana, {"pk": case.pk, "share_id": share.pk})


@place("sharing_leave", "sharing_hand_over")
def _leave(stage: Stage, name: str) -> Place:
    stage.house.person("Besa", "AL")
    return Place(name, stage.tirana, {"pk": stage.shared()[0].pk})


@place("inbox")
def _all_lines(stage: Stage, name: str) -> Place:
    return Place(name, stage.tirana, {}, {"notice": ""})


@place("calendar_feed")
def _calendar(stage: Stage, name: str) -> Place:
    with stage.tirana.acting() as by:
        feed_actions.make(by=by, at=stage.now)
    return Place(name, stage.tirana, {}, {"wish": "revoke"})


@place("notification_preferences", "profile", "devices")
def _own_page(stage: Stage, name: str) -> Place:
    return Place(name, stage.tirana)


@place("administrator_found")
def _first_administrator(stage: Stage, name: str) -> Place:
    stage.house.authority("BA")
    manager = stage.house.person("Mia", "EUROJUST", Role.PROGRAMME_MANAGER, authority="Programme team")
    return Place(name, manager, {"pk": stage.house.partner("BA").pk})


@place("authority_name", "membership_invite")
def _authority(stage: Stage, name: str) -> Place:
    return Place(name, stage.administrator(), {"pk": stage.tirana.membership.authority_id})


@place("system_register")
def _new_system(stage: Stage, name: str) -> Place:
    return Place(name, stage.administrator())


@place("token_grant", "token_rotate", "token_revoke")
def _token(stage: Stage, name: str) -> Place:
    admin = stage.administrator()
    token = stage.granted(admin).token
    if name == "token_grant":
        return Place(name, admin, {"pk": token.membership_id}, {"networks": "192.0.2.0/24, 2001:db8::/48"})
    return Place(name, admin, {"pk": token.pk})


@place("membership_end", "membership_move")
def _membership(stage: Stage, name: str) -> Place:
    typed = {"role": Role.INVESTIGATOR.value}
    return Place(name, stage.administrator(), {"pk": stage.tirana.membership.pk}, typed)


@place("office_appoint")
def _office(stage: Stage, name: str) -> Place:
    _arta = stage.tirana
    return Place(name, stage.administrator(), {"pk": stage.house.office(OfficeKind.COORDINATOR, "AL").pk})


@place("holder_end")
def _holder(stage: Stage, name: str) -> Place:
    member = stage.members["AL"].membership
    return Place(name, stage.administrator(), {"pk": OfficeHolder.objects.get(membership=member).pk})


@place("membership_answer")
def _proposed_member(stage: Stage, name: str) -> Place:
    _arta = stage.tirana
    with stage.administrator().acting() as by:
        proposed: Membership = partner_actions.invite(
            by=by, at=stage.now, authority_id=stage.tirana.membership.authority_id, email="new@example.org",
            full_name="New", role=Role.PROSECUTOR.value, function="", language="en", starts_at=None, ends_at=None,
        )  # fmt: skip
    return Place(name, stage.tirana, {"pk": proposed.pk})


@place("holder_answer")
def _proposed_holder(stage: Stage, name: str) -> Place:
    besa = stage.house.person("Besa", "AL")
    _arta = stage.tirana
    with stage.administrator().acting() as by:
        proposed = partner_actions.appoint(
            by=by, at=stage.now, office_id=stage.house.office(OfficeKind.COORDINATOR, "AL").pk,
            membership_id=besa.membership.pk, capacity=Capacity.HOLDER.value, starts_at=None, ends_at=None,
        )  # fmt: skip
    return Place(name, stage.tirana, {"pk": proposed.pk})


def _tina(stage: Stage) -> Person:
    stage.house.authority("EUROJUST", "Programme team", AuthorityKind.PROGRAMME)
    tina = stage.house.person("Tina", "EUROJUST", Role.TECHNICAL_ADMINISTRATOR, authority="Programme team")
    tina.account.is_staff = True
    tina.account.save(update_fields=["is_staff"])
    return tina


@place("console_delivery", "console_given_up")
def _mail_that_may_not_have_arrived(stage: Stage, name: str) -> Place:
    tina = _tina(stage)
    state = State.AMBIGUOUS if name == "console_delivery" else State.FAILED
    delivery = Delivery.objects.create(
        key="unknown", letter="notice", subject=uuid4(), account=tina.account.pk, membership=tina.membership.pk,
        due_at=stage.now, created_at=stage.now, ended_at=stage.now, attempts=1, state=state, outcome="end",
    )  # fmt: skip
    return Place(name, tina, {"delivery": delivery.pk} if name == "console_delivery" else {})


@place("console_offset", "console_hours")
def _rules_of_reminders(stage: Stage, name: str) -> Place:
    return Place(name, _tina(stage), typed={"days": "2"} if name == "console_offset" else {})


@place("console_holiday")
def _a_holiday_to_come(stage: Stage, name: str) -> Place:
    """Of a day that is none yet, whatever day it is today."""
    taken = set(Holiday.objects.values_list("day", flat=True))
    days = (stage.now.date() + timedelta(days=ahead) for ahead in range(7, 60))
    return Place(name, _tina(stage), typed={"day": next(day for day in days if day not in taken).isoformat()})


@place("console_offset_end")
def _an_offset(stage: Stage, name: str) -> Place:
    return Place(name, _tina(stage), {"offset": Offset.objects.order_by("pk")[0].pk})


@place("console_holiday_strike")
def _a_holiday(stage: Stage, name: str) -> Place:
    return Place(name, _tina(stage), {"holiday": Holiday.objects.order_by("-day")[0].pk})


@place("console_reminder_run_again")
def _a_failed_reminder(stage: Stage, name: str) -> Place:
    tina = _tina(stage)
    reminder = Reminder.objects.create(
        kind="cases.task.due", obligation=uuid4(), account=tina.account.pk, membership=tina.membership.pk, days=1,
        due_at=stage.now, given_at=stage.now, planned_at=stage.now, attempts=8, failed_at=stage.now, outcome="ValueError",
    )  # fmt: skip
    return Place(name, tina, {"reminder": reminder.pk})


@place("console_given_up")
def _mails_given_up(stage: Stage, name: str) -> Place:
    tina = _tina(stage)
    Delivery.objects.create(
        key="given up", letter="notice", subject=uuid4(), account=tina.account.pk, membership=tina.membership.pk,
        due_at=stage.now, created_at=stage.now, ended_at=stage.now, attempts=40, state=State.FAILED, outcome="connect",
    )  # fmt: skip
    return Place(name, tina)


@place("print")
def _paper(stage: Stage, name: str) -> Place:
    return Place(name, stage.tirana, {"kind": case_papers.SHEET.name, "pk": stage.case("MK").pk})


@place("printout_again")
def _failed_printout(stage: Stage, name: str) -> Place:
    printout = stage.printout()
    with stage.tirana.acting() as by:
        printing_actions.give_up(printout_id=printout.pk, why="PressFailed", by=by, at=stage.now)
    return Place(name, stage.tirana, {"pk": printout.pk})


@place("console_run_again")
def _failed_job(stage: Stage, name: str) -> Place:
    tina = _tina(stage)
    job = Job.objects.create(
        task="foundation.jobs.tasks.sweep", key="failed", subject=uuid4(), account=tina.account.pk,
        membership=tina.membership.pk, due_at=stage.now, created_at=stage.now, attempts=8, failed_at=stage.now,
        outcome="ValueError",
    )  # fmt: skip
    return Place(name, tina, {"job": job.pk})
