"""A joint investigation team of three, which the Contact Group recommended: agreed in principle, its agreement in drafting."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from cases.models import Case
from foundation.tenancy.choices import OfficeKind
from foundation.tenancy.models import Office
from jits import actions
from jits.checklist import Answer, Part, codes_of
from jits.choices import MemberRole, Trigger
from jits.measure import Measure
from jits.models import Jit, JitParty, JitPoint
from jits.queries.drafting import draft_of
from jits.request import Request
from wbcj.demo.plots import plots
from wbcj.demo.stage import Stage
from wbcj.demo.stories import Story

TITLE = "Containers from overseas, one team"
_WHY = "Sharing of assets is settled with the draft itself; the inquiry in Podgorica catches up while it is written."
_ARBEN, _ELENA, _JELENA = "Arben Kodra", "Elena Trajkoska", "Jelena Radonja"
_REQUEST = Request(
    title=TITLE,
    trigger=Trigger.CONCERTED,
    purpose=(
        "To find out who orders, pays and stores the containers; to secure evidence that all three courts accept; to arrest on one"
        " day; to freeze what was bought with the proceeds."
    ),
    facts=(
        "Trafficking in narcotic drugs by an organised group. Since spring, containers with cocaine came by sea and went on by"
        " lorry; three were seized. Proceedings run with all three parties; persons are named in the files, not here."
    ),
    composition=(
        "One leader of each party from the prosecution, two investigators each from the police, a customs analyst of the port."
        " The team works where measures are taken, from an office in Tirana."
    ),
    months=18,
)

_VALUES: dict[str, Any] = {
    "acts": {
        "en": "trafficking in narcotic drugs by an organised group, by sea and by road, since spring, and laundering of the proceeds;"
    },
    "aims": ["evidence", "suspects", "arrests", "assets", "network"],
    "financial_investigation": True,
    "channel": {"en": "the secure exchange of WBCJ Coordination."},
    "matters": ["progress", "timing", "jurisdiction", "confiscation"],
    "midterm": True,
    "evaluation_months": 6,
    "working_languages": ["english"],
    "leaders": [
        {"name": _ARBEN, "position": {"en": "Prosecutor"}, "authority": "", "partner": {"en": "Albania"}},
        {"name": _ELENA, "position": {"en": "Prosecutor"}, "authority": "", "partner": {"en": "North Macedonia"}},
    ],
}
_DONE_BY = -8
_PHASES = (
    (
        "Covert measures",
        (
            ("AL", _ARBEN, "Compare company registers", "Owners and addresses of the four importers.", _DONE_BY),
            ("MK", _ELENA, "Observe the warehouse by the motorway", "", -3),
            ("ME", _JELENA, "List the containers of the past year", "With the customs analyst of the port.", 9),
        ),
    ),
    (
        "Action day",
        (("MK", _ELENA, "Propose the day and the order of the searches", "One day for all three parties.", 30),),
    ),
)


def _containers(stage: Stage) -> None:
    with stage.acting(_ARBEN) as by:
        case = Case.objects.visible_to(by).get(root__title=plots()["cocaine-containers"].title)
        parties = [
            stage.membership(name, code).authority for name, code in ((_ARBEN, "AL"), (_ELENA, "MK"), (_JELENA, "ME"))
        ]
        jit = actions.think_up(case=case, asked=_REQUEST, parties=parties, by=by, at=stage.at(-47))
    _does(stage, _ARBEN, actions.propose, jit, day=-46)
    desk = Office.objects.get(kind=OfficeKind.CASE_DESK)
    words = "Advice on the suitability and on the draft; support with coordination meetings."
    _does(stage, _ARBEN, actions.invite, jit, day=-45, office=desk.pk, words=words)
    _does(stage, _ELENA, actions.assess, jit, day=-44)
    for name, day in ((_ARBEN, -40), (_ELENA, -36), (_JELENA, -29)):
        _does(stage, name, actions.agree, jit, day=day)
    _settle(stage, jit)
    _does(stage, _ELENA, actions.draft, jit, day=-27, justification=_WHY)
    model = {"template_version": "2026", "languages": ["en", "sq", "mk", "cnr"], "bases": ["ets_182", "untoc"]}
    _does(stage, _ARBEN, actions.take, jit, day=-26, **model)
    _fill(stage, jit)
    _man(stage, jit)
    _plan(stage, jit)


def _fill(stage: Stage, jit: Jit) -> None:
    """What is known in English; translations and names follow."""
    with stage.acting(_ELENA) as by:
        draft = draft_of(jit, by=by)
        assert draft is not None
        actions.fill(draft=draft, values=_VALUES, version=draft.version, by=by, at=stage.at(-24))


def _man(stage: Stage, jit: Jit) -> None:
    """The annex of members as far as the parties have come: two leaders, an investigator, one who is seconded, one protected."""
    tirana = stage.membership(_ARBEN, "AL").authority.partner
    police = "Bureau of Public Security"
    members: tuple[tuple[str, dict[str, Any]], ...] = (
        (_ARBEN, {"role": MemberRole.LEADER, "name": _ARBEN, "authority": "Special Prosecution Office"}),
        (_ELENA, {"role": MemberRole.LEADER, "name": _ELENA, "authority": "Basic Public Prosecutor's Office"}),
        (_ELENA, {"role": MemberRole.SECONDED, "name": "Darko Petrevski", "authority": police, "seconded_to": tirana}),
        (_ARBEN, {"role": MemberRole.POLICE, "name": "Ilir Gjata", "protected": True, "authority": "State Police"}),
    )
    for day, (name, facts) in enumerate(members, -20):
        begins = stage.at(day).date()
        told = {"protected": False, "seconded_to": None, "until_date": None, "text": "", "from_date": begins, **facts}
        _does(stage, name, actions.enter_member, jit, day=day, **told)


def _settle(stage: Stage, jit: Jit) -> None:
    """All points before the drafting are settled but two."""
    answers = dict.fromkeys(codes_of(Part.BEFORE) - {"assets"}, Answer.YES) | {"readiness": Answer.NO}
    words = {
        "readiness": "Podgorica is still at the preliminary inquiry; it expects to open in two months.",
        "languages": "English in writing; interpreters as in the hearings so far.",
    }
    with stage.acting(_ELENA) as by:
        for point in JitPoint.objects.visible_to(by).of(jit.pk).filter(code__in=answers).order_by("code"):
            actions.check(
                point=point,
                answer=answers[point.code],
                comment=words.get(point.code, ""),
                responsible=None,
                version=point.version,
                by=by,
                at=stage.at(-28),
            )


def _plan(stage: Stage, jit: Jit) -> None:
    """A plan of two phases: one task done, one overdue, two to come."""
    done = "Both registers were read; four companies share one owner."
    with stage.acting(_ARBEN) as by:
        parties = {
            one.partner.code: one.pk for one in JitParty.objects.visible_to(by).of(jit.pk).select_related("partner")
        }
        for title, tasks in _PHASES:
            phase = actions.add_phase(jit=jit, title=title, by=by, at=stage.at(-15))
            for code, name, words, text, day in tasks:
                measure = Measure(
                    phase=phase.pk,
                    party=parties[code],
                    title=words,
                    text=text,
                    responsible=stage.membership(name, code).pk,
                    due_at=stage.morning(day),
                )
                task = actions.add_task(jit=jit, measure=measure, by=by, at=stage.at(-15))
                if day == _DONE_BY:
                    actions.finish_task(task=task, outcome=done, version=1, by=by, at=stage.at(-9))


def _does(stage: Stage, name: str, act: Callable[..., object], jit: Jit, /, *, day: float, **facts: Any) -> None:
    """One of the parties does that, with the version that stands."""
    with stage.acting(name, "ME" if name == _JELENA else "") as by:
        version = Jit.objects.visible_to(by).values_list("version", flat=True).get(pk=jit.pk)
        act(jit=jit, version=version, by=by, at=stage.at(day), **facts)


STORIES = (Story(TITLE, _ARBEN, _containers),)
