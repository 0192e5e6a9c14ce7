from uuid import uuid4

import pytest
from django.urls import reverse

from foundation import access
from foundation.notifications.models import Notice
from foundation.workflow.states import TransitionNotAllowed
from jits import actions, states
from jits.checklist import BY_CODE, POINTS, Part, codes_of
from jits.choices import OVER
from jits.models import Jit, JitGate, JitPoint
from jits.queries.checklist import checklist, progress
from jits.refusals import UnableToCheck, UnableToDecide
from tests.jits.team.conftest import WHY

pytestmark = pytest.mark.django_db


def key():
    return {"submission_key": str(uuid4())}


def at(jit, point):
    return reverse("jit_check", args=[jit.pk, point.pk])


def test_codes_are_unique_and_every_part_has_points():
    assert len(BY_CODE) == len(POINTS)
    assert all(codes_of(part) for part in Part)


def test_a_new_team_has_every_point_open(cast):
    jit = cast.idea()
    with cast.people["AL"].acting() as by:
        assert set(JitPoint.objects.visible_to(by).of(jit.pk).values_list("code", "answer")) == {
            (point.code, "open") for point in POINTS
        }
        assert [part.settled for part in progress(jit, actor=by)] == [0, 0, 0, 0]


def test_people_of_every_party_answer_and_all_read_the_same(cast):
    jit = cast.proposed()
    cast.check(jit, "victims", "not_applicable", by=cast.investigator, comment="Cars have none.")
    with cast.people["XK"].acting() as by:
        point = JitPoint.objects.visible_to(by).get(code="victims")
        assert (point.answer, point.comment) == ("not_applicable", "Cars have none.")
        assert point.answered_by_id == cast.investigator.membership.pk
        assert progress(jit, actor=by)[0].settled == 1


def test_whoever_is_named_is_told_once(cast):
    jit = cast.proposed()
    for _time in range(2):
        cast.check(jit, "victims", responsible=cast.investigator.membership.pk)
    with cast.investigator.acting() as by:
        assert Notice.objects.visible_to(by).filter(root=jit.pk, kind="jits.point.given").count() == 1


@pytest.mark.parametrize("code", ["RS", "ME"])
def test_nobody_is_named_who_does_not_see_the_team(cast, code):
    with pytest.raises(UnableToCheck):
        cast.check(cast.proposed(), "victims", responsible=cast.people[code].membership.pk)


def test_a_stranger_finds_no_point_and_a_participant_answers_none(cast):
    jit = cast.proposed()
    cast.does("AL", actions.invite, jit, office=cast.house.office("case_desk", "EUROJUST").pk, words="Advice.")
    for stranger in ("RS", "ME"):
        with pytest.raises(JitPoint.DoesNotExist):
            cast.check(jit, "victims", by=cast.people[stranger])
    with pytest.raises(access.Forbidden):
        cast.check(jit, "victims", by=cast.desk)
    with cast.desk.acting() as by:
        assert not checklist(Jit.objects.visible_to(by).get(), actor=by).may_answer


@pytest.mark.parametrize("status", sorted(OVER))
def test_a_team_that_is_over_is_not_checked_any_more(cast, status):
    with pytest.raises(TransitionNotAllowed):
        cast.check(cast.in_state(status), "victims")


def test_an_answer_to_an_older_answer_is_stale(cast):
    jit = cast.proposed()
    cast.check(jit, "victims")
    with pytest.raises(access.StaleVersion):
        cast.check(jit, "victims", "no", version=1)


@pytest.mark.parametrize("answer", ["open", "no"])
def test_a_point_that_is_not_settled_keeps_the_gate_shut(cast, answer):
    jit = cast.agreed()
    cast.settle(jit, but=("assets",))
    cast.check(jit, "assets", answer)
    with pytest.raises(UnableToDecide, match="not settled yet: 1"):
        cast.does("XK", actions.draft, jit)
    with cast.people["AL"].acting() as by:
        assert Jit.objects.visible_to(by).get().status == "agreed"


def test_a_settled_part_opens_the_gate_without_a_word(cast):
    jit = cast.agreed()
    cast.settle(jit, but=("assets",))
    cast.check(jit, "assets", "not_applicable")
    assert cast.does("XK", actions.draft, jit).status == "drafting"
    with cast.people["AL"].acting() as by:
        assert not JitGate.objects.visible_to(by).exists()


def test_a_gate_is_passed_for_a_reason_that_stays_with_the_open_points(cast):
    jit = cast.agreed()
    cast.settle(jit, but=("assets", "victims"))
    cast.does("XK", actions.draft, jit, justification=WHY)
    with cast.people["MK"].acting() as by:
        gate = JitGate.objects.visible_to(by).get()
        assert (gate.part, gate.codes, gate.justification) == ("before", ["assets", "victims"], WHY)
        first = checklist(Jit.objects.visible_to(by).get(), actor=by).parts[0]
        assert [one.pk for one in first.gates] == [gate.pk]


def test_a_reason_of_blanks_is_none(cast):
    with pytest.raises(UnableToDecide):
        cast.does("XK", actions.draft, cast.agreed(), justification="  \n ")


def test_every_gate_of_the_table_belongs_to_an_act_of_the_table():
    assert states.GATES.keys() <= {row.name for row in states.TRANSITIONS}


def test_the_list_and_a_point_by_their_pages(browser, cast):
    jit = cast.proposed()
    point = cast.point(jit, "victims")
    ivan = browser(cast.investigator)
    assert str(BY_CODE["victims"].question) in ivan.get(reverse("jit_checklist", args=[jit.pk])).content.decode()
    typed = {"answer": "yes", "comment": "Two were heard.", "responsible": "", "version": 1}
    once = typed | key()
    for _time in range(2):
        assert ivan.post(at(jit, point), once).status_code == 302
    page = browser(cast.people["AL"]).get(reverse("jit_checklist", args=[jit.pk])).content.decode()
    assert "Two were heard." in page
    assert browser(cast.people["RS"]).get(at(jit, point)).status_code == 404
    assert browser(cast.people["RS"]).get(reverse("jit_checklist", args=[jit.pk])).status_code == 404


def test_a_stale_answer_comes_back_field_by_field_with_who_answered(browser, cast):
    jit = cast.proposed()
    cast.check(jit, "victims", "no", by=cast.investigator, comment="None are known.")
    typed = {"answer": "yes", "comment": "Two were heard.", "responsible": "", "version": 1}
    answer = browser(cast.people["XK"]).post(at(jit, cast.point(jit, "victims")), typed | key())
    assert answer.status_code == 409
    page = answer.content.decode()
    assert all(words in page for words in ("None are known.", "Two were heard.", "Ivan"))


def test_the_form_of_the_drafting_asks_why_and_keeps_what_was_typed(browser, cast):
    jit = cast.agreed()
    pristina = browser(cast.people["XK"])
    answer = pristina.post(reverse("jit_draft", args=[jit.pk]), {"version": jit.version, "justification": ""} | key())
    assert answer.status_code == 409
    assert "not settled yet: 15" in answer.content.decode()


def test_the_checklist_takes_the_same_statements_whatever_was_answered(cast, django_assert_num_queries):
    jit = cast.proposed()
    with cast.people["AL"].acting() as by, django_assert_num_queries(4):
        checklist(jit, actor=by)
    cast.settle(jit)
    with cast.people["AL"].acting() as by, django_assert_num_queries(4):
        checklist(jit, actor=by)
