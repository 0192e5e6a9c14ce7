"""Papers made of invented data, for whoever looks at how they are printed. No record is read for them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.utils import translation
from django.utils.translation import gettext as _

from cases import pdf as case_papers
from cases.choices import Status as CaseStatus
from foundation.components.handling import HandlingCode
from foundation.documents import pdf as document_papers
from foundation.documents.choices import Act
from foundation.documents.printing.kinds import Paper
from jits import annex_pdf as annex_papers
from jits import papers as jit_papers
from jits import pdf as jit_pdf
from jits import plan_pdf as plan_papers
from jits.agreement import filling, shipped
from jits.choices import MemberAct, MemberRole, TaskState
from meetings import pdf as meeting_papers
from meetings.choices import Status as MeetingStatus

AT: Final = datetime(2026, 5, 4, 9, 30, tzinfo=UTC)
DAY: Final = timedelta(days=1)
_NOBODY: Final = UUID(int=0)
LOREM: Final = "Lorem ipsum"
WHO: Final = "Ana Ilić, Novi Pazar"
_FINGERPRINT: Final = "0123 4567 89ab cdef"
_WORDS: Final = (
    "Lorem ipsum dolor sit amet, consectetur adipiscing elit. Đorđe, Ćiril, Žana, Ђорђе, Ќиро, Џемал, Ëndrra, Çelik."
)


def _frame(reference: str) -> dict[str, Any]:
    return {"root_id": _NOBODY, "title": _("Specimen, all data invented"), "reference": reference}


def _handling() -> dict[str, Any]:
    codes = (HandlingCode.H1, HandlingCode.H3)
    return {
        "handling": tuple(code.value for code in codes),
        "handling_labels": tuple(str(code.label) for code in codes),
        "handling_text": _WORDS,
    }


def _case_sheet() -> Paper:
    return case_papers.CaseSheet(
        **_frame("C-0000-000000"),
        **_handling(),
        status=str(CaseStatus.OPEN.label),
        urgency="",
        summary=_WORDS,
        owner=WHO,
        stage="",
        crime_types=("Lorem ipsum",),
        priorities=("Dolor sit amet",),
        concerned=("Lorem", "Ipsum"),
        file_numbers=("KT-0/00 (Lorem)",),
        opened_at=AT,
        closed_at=None,
        proceedings=(_proceeding(),),
        participants=(
            case_papers.ParticipantLine(name=WHO, of="Lorem", level="Ipsum", reasons="Dolor", until=AT + 30 * DAY),
        ),
        tasks=(case_papers.TaskLine(title=LOREM, text=_WORDS, assignee=WHO, due_at=AT + 7 * DAY, state="Ipsum"),),
        all_tasks=1,
        notes=(case_papers.NoteLine(text=_WORDS, by=WHO, at=AT, audience=""),),
        all_notes=1,
        documents=(_document(),),
        all_documents=1,
    )


def _proceeding() -> case_papers.ProceedingLine:
    return case_papers.ProceedingLine(
        authority="Lorem", partner="Ipsum", stage="", opened=date(2026, 5, 1), state_of_play=_WORDS, recorded_at=AT
    )


def _document() -> case_papers.DocumentLine:
    return case_papers.DocumentLine(
        title=LOREM,
        kind="Ipsum",
        version=2,
        at=AT,
        by=WHO,
        handling="H1",
        handling_text="",
        audience="",
        fingerprint=_FINGERPRINT,
    )


def _meeting(paper: type[meeting_papers.MeetingPaper]) -> Paper:
    items = (
        meeting_papers.Item(
            number=1, title=LOREM, reference="C-0000-000000", outcome="Dolor", text=_WORDS, decided_at=AT
        ),
        meeting_papers.Item(number=2, title=LOREM, reference=""),
    )
    return paper(
        **_frame("M-0000-000000"),
        series="Lorem",
        status=str(MeetingStatus.HELD.label),
        mode="Ipsum",
        place="Dolor",
        starts_at=AT,
        ends_at=AT + timedelta(hours=2),
        items=items,
    )


def _custody_sheet() -> Paper:
    return document_papers.CustodySheet(
        **_frame("C-0000-000000"),
        **_handling(),
        kind="Lorem",
        language="Ipsum",
        filed_at=AT,
        filed_by=WHO,
        withdrawn_at=None,
        withdrawn_reason="",
        versions=(
            document_papers.VersionLine(
                number=1, file_name="lorem.pdf", size=120_000, fingerprint=_FINGERPRINT, at=AT, by=WHO, scan=""
            ),
        ),
        entries=(
            document_papers.EntryLine(act=str(Act.RECEIVED.label), at=AT, by=WHO, why="", version=1, intact=True),
        ),
        all_entries=1,
    )


def _agreement() -> Paper:
    """The model with hardly anything filled in, in the active language where it has that."""
    language = translation.get_language() or "en"
    model = shipped.template(shipped.versions()[-1])
    bases = tuple(model.instruments)[:1]
    document, _problems = filling.sketch(
        model,
        language=language if language in model.languages else "en",
        bases=bases,
        chosen=model.recommended(bases),
        given={"acts": _WORDS, "channel": LOREM},
    )
    return jit_pdf.freeze_agreement(document, template=model, root_id=_NOBODY, reference="JIT-0000-000000")


def _annex() -> Paper:
    def member(number: int, role: MemberRole, *, name: str = WHO, place: str = "") -> annex_papers.Member:
        return annex_papers.Member(
            number=number,
            name=name,
            role=str(role.label),
            authority=LOREM,
            seconded_to=place,
            from_date=AT.date(),
            until_date=None if place else (AT + 90 * DAY).date(),
        )

    return annex_papers.AnnexPaper(
        **_frame("JIT-0000-0000"),
        handling=(HandlingCode.H1.value,),
        handling_text=_WORDS,
        on=AT.date(),
        parties=(
            annex_papers.Party(
                name="Lorem",
                authority="Dolor sit amet",
                members=(member(1, MemberRole.LEADER), member(3, MemberRole.POLICE, name="")),
            ),
            annex_papers.Party(
                name="Ipsum", authority="Consectetur", members=(member(2, MemberRole.SECONDED, place="Lorem"),)
            ),
        ),
        notices=(
            annex_papers.Notice(
                number=1, partner="Lorem", act=str(MemberAct.ENTERED.label), day=AT.date(), text=_WORDS, given_at=AT
            ),
        ),
    )


def _plan() -> Paper:
    open_, done = (
        plan_papers.TaskLine(
            title=LOREM,
            text=_WORDS,
            party="Lorem",
            responsible=WHO,
            due_at=AT + 7 * DAY,
            state=str(state.label),
            outcome=outcome,
        )
        for state, outcome in ((TaskState.OPEN, ""), (TaskState.DONE, _WORDS))
    )
    phases = tuple(plan_papers.Phase(title=LOREM, tasks=tasks) for tasks in ((open_, done), ()))
    return plan_papers.PlanPaper(**_frame("JIT-0000-000000"), parties=("Lorem", "Ipsum"), phases=phases)


SPECIMENS: Final[Mapping[str, Callable[[], Paper]]] = {
    case_papers.SHEET.name: _case_sheet,
    meeting_papers.AGENDA.name: lambda: _meeting(meeting_papers.Agenda),
    meeting_papers.DECISIONS.name: lambda: _meeting(meeting_papers.DecisionRecord),
    document_papers.SHEET.name: _custody_sheet,
    jit_papers.AGREEMENT.name: _agreement,
    annex_papers.ANNEX.name: _annex,
    plan_papers.PLAN.name: _plan,
}
"""Name of a kind -> its specimen, with words in the active language."""
