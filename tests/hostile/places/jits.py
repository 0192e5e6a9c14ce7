"""Forms of joint investigation teams."""

from __future__ import annotations

from foundation.tenancy.choices import OfficeKind
from jits import actions
from jits.actions.negotiating import Wording
from jits.approvals import Asked
from jits.models import Jit, JitParticipant, JitTask
from jits.queries.drafting import draft_of
from tests.hostile.places.registry import place
from tests.hostile.stage import Place, Stage, Typed
from tests.jits.plan.conftest import Planners
from tests.jits.team.conftest import WHY, Cast

# In which state a form is filled in, and by the prosecutor of which partner.
WHERE = {
    "jit_revise": ("assessment", "AL"),
    "jit_propose": ("idea", "AL"),
    "jit_assess": ("proposed", "MK"),
    "jit_agree": ("assessment", "XK"),
    "jit_draft": ("agreed", "XK"),
    "jit_refuse": ("proposed", "XK"),
    "jit_suspend": ("assessment", "MK"),
    "jit_resume": ("suspended", "MK"),
    "jit_not_set_up": ("drafting", "AL"),
    "jit_invite": ("proposed", "XK"),
    "jit_enter": ("drafting", "MK"),
}

TYPED: dict[str, Typed] = {
    "jit_draft": {"justification": WHY},
    "jit_enter": {"role": "police", "protected": "", "seconded_to": "", "until_date": ""},
}


def cast_of(stage: Stage) -> Cast:
    """The people and the case of a team, all at work before it begins."""
    cast = Cast(house=stage.house)
    cast.people, cast.desk, cast.investigator, cast.case  # noqa: B018
    return cast


@place("case_jit")
def _case(stage: Stage, name: str) -> Place:
    cast = cast_of(stage)
    parties = [str(cast.authority(code).pk) for code in ("AL", "MK")]
    return Place(name, cast.people["AL"], {"pk": cast.case.pk}, {**cast.asked().values(), "parties": parties})


@place(*WHERE)
def _team(stage: Stage, name: str) -> Place:
    cast = cast_of(stage)
    status, code = WHERE[name]
    typed = TYPED.get(name, {})
    return Place(name, cast.people[code], {"pk": cast.in_state(status).pk}, typed)


@place("jit_take", "jit_terms", "jit_fill")
def _agreement(stage: Stage, name: str) -> Place:
    cast = cast_of(stage)
    jit = cast.drafting()
    model = {"template_version": "2026", "languages": ["en"], "bases": ["untoc"]}
    if name == "jit_take":
        return Place(name, cast.people["AL"], {"pk": jit.pk}, model)
    cast.does("AL", actions.take, jit, **model)
    if name == "jit_terms":
        return Place(
            name,
            cast.people["AL"],
            {"pk": jit.pk},
            {"languages": ["en"], "bases": ["untoc"], "option__powers": ["powers.present"]},
        )
    return Place(name, cast.people["MK"], {"pk": jit.pk, "clause": "leaders"})


@place("jit_text", "jit_text_accept", "jit_text_withdraw", "jit_text_confirm", "jit_clause_comment")
def _clause(stage: Stage, name: str) -> Place:
    cast = cast_of(stage)
    jit = cast.drafting()
    languages = ["en", "sq"]
    cast.does("AL", actions.take, jit, template_version="2026", languages=languages, bases=["untoc"])
    keys = {"pk": jit.pk, "clause": "media"}
    if name == "jit_clause_comment":
        return Place(name, cast.people["MK"], keys)
    if name == "jit_text":
        return Place(name, cast.people["MK"], keys | {"language": "en"}, {"heading": "Press", "departs": ""})
    _propose(cast, jit)
    if name == "jit_text_confirm":
        for code in ("MK", "XK"):
            _accept(cast, jit, code)
        return Place(name, cast.people["MK"], keys | {"language": "sq"})
    return Place(name, cast.people["MK" if name == "jit_text_accept" else "AL"], keys | {"language": "en"})


def _propose(cast: Cast, jit: Jit) -> None:
    wording = Wording(heading="Press", paragraphs=[{"id": "joint", "form": "text", "text": "Nobody speaks."}])
    with cast.people["AL"].acting() as by:
        draft = draft_of(jit, by=by)
        assert draft is not None
        facts = {"clause": "media", "language": "en", "version": 1}
        actions.propose_text(draft=draft, wording=wording, by=by, at=cast.now, **facts)


def _accept(cast: Cast, jit: Jit, code: str) -> None:
    with cast.people[code].acting() as by:
        draft = draft_of(jit, by=by)
        assert draft is not None
        actions.accept_text(draft=draft, clause="media", language="en", version=2, by=by, at=cast.now)


@place("jit_check")
def _point(stage: Stage, name: str) -> Place:
    cast = cast_of(stage)
    jit, ivan = cast.proposed(), cast.investigator
    typed = {"answer": "yes", "responsible": str(ivan.membership.pk)}
    return Place(name, cast.people["MK"], {"pk": jit.pk, "child": cast.point(jit, "victims").pk}, typed)


@place("jit_end_member")
def _member(stage: Stage, name: str) -> Place:
    cast = cast_of(stage)
    jit = cast.drafting()
    member = cast.enters("XK", jit)
    return Place(name, cast.people["XK"], {"pk": jit.pk, "child": member.pk}, {"until_date": "2026-12-31"})


@place("jit_end_part")
def _participant(stage: Stage, name: str) -> Place:
    cast = cast_of(stage)
    desk = cast.house.office(OfficeKind.CASE_DESK, "EUROJUST")
    jit: Jit = cast.does("MK", actions.invite, cast.proposed(), office=desk.pk, words="Advice.")
    with cast.people["MK"].acting() as by:
        part = JitParticipant.objects.visible_to(by).get()
    return Place(name, cast.people["MK"], {"pk": jit.pk, "child": part.pk})


@place("jit_own_note_add", "jit_approval_ask")
def _own(stage: Stage, name: str) -> Place:
    cast = cast_of(stage)
    typed = {"person": str(cast.investigator.membership.pk)} if name == "jit_approval_ask" else {}
    return Place(name, cast.people["MK"], {"pk": cast.proposed().pk}, typed)


@place("jit_own_note_edit")
def _own_note(stage: Stage, name: str) -> Place:
    cast = cast_of(stage)
    jit = cast.proposed()
    with cast.people["MK"].acting() as by:
        note = actions.write_own_note(jit=jit, text="The minister hesitates.", by=by, at=cast.now)
    return Place(name, cast.people["MK"], {"pk": jit.pk, "child": note.pk})


@place("jit_approval_edit")
def _approval(stage: Stage, name: str) -> Place:
    cast = cast_of(stage)
    jit, day = cast.proposed(), cast.now.date()
    asked = Asked(subject="Consent", of_whom="Minister", person_id=None, asked_date=day, due_date=None)
    with cast.people["MK"].acting() as by:
        approval = actions.ask_approval(jit=jit, asked=asked, by=by, at=cast.now)
    typed = {"status": "given", "answered_date": day.isoformat(), "person": "", "of_whom": "Minister"}
    return Place(name, cast.people["MK"], {"pk": jit.pk, "child": approval.pk}, typed)


@place("jit_phase_add", "jit_phase", "jit_task_add", "jit_task", "jit_task_done", "jit_task_drop", "jit_task_reopen")
def _plan(stage: Stage, name: str) -> Place:
    cast = Planners(house=stage.house)
    cast.people, cast.desk, cast.investigator, cast.case  # noqa: B018
    task: JitTask = cast.planned()
    if name == "jit_task_reopen":
        task = cast.acts(actions.finish_task, task, outcome="Found.")
    keys = {"pk": task.root_id}
    if name != "jit_phase_add":
        keys["child"] = task.phase_id if name in {"jit_phase", "jit_task_add"} else task.pk
    typed = {}
    if name in {"jit_task_add", "jit_task"}:
        measure = cast.measure(task, person=cast.investigator)
        typed = {one: str(getattr(measure, one)) for one in ("phase", "party", "responsible")}
    return Place(name, cast.people["MK"], keys, typed)
