"""Forms of cases, their notes, tasks, proceedings and documents."""

from __future__ import annotations

from datetime import timedelta

from cases import actions as case_actions
from cases import pdf as case_papers
from cases.models import FileNumber, Note, Proceeding, Task
from foundation.documents.intake import actions as uploads
from foundation.documents.printing import actions as printing_actions
from tests.documents.keeping import file_document, keep
from tests.hostile.places.registry import place
from tests.hostile.stage import Place, Stage


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


@place("print")
def _paper(stage: Stage, name: str) -> Place:
    return Place(name, stage.tirana, {"kind": case_papers.SHEET.name, "pk": stage.case("MK").pk})


@place("printout_again")
def _failed_printout(stage: Stage, name: str) -> Place:
    printout = stage.printout()
    with stage.tirana.acting() as by:
        printing_actions.give_up(printout_id=printout.pk, why="PressFailed", by=by, at=stage.now)
    return Place(name, stage.tirana, {"pk": printout.pk})
