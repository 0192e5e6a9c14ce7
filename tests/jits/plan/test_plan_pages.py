"""The plan by its pages, and on paper."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from jits import actions, plan_pdf
from jits.models import Jit, JitPhase, JitTask

pytestmark = pytest.mark.django_db
FORMS = ("jit_task", "jit_task_done", "jit_task_drop", "jit_task_reopen")


def key():
    return {"submission_key": str(uuid4())}


def at(name, *keys):
    return reverse(name, args=[getattr(one, "pk", one) for one in keys])


def typed(cast, phase, **other):
    measure = cast.measure(phase, person=cast.investigator)
    return {
        "phase": str(measure.phase),
        "party": str(measure.party),
        "title": measure.title,
        "text": measure.text,
        "responsible": str(measure.responsible),
        "due_at": measure.due_at.strftime("%Y-%m-%dT%H:%M"),
        **other,
    }


def test_a_plan_from_the_page_of_the_team_to_its_outcome(browser, cast):
    jit = cast.drafting()
    tirana, ivan = browser(cast.people["AL"]), browser(cast.investigator)
    assert at("jit_plan", jit) in tirana.get(at("jit", jit)).content.decode()
    assert "no phases yet" in tirana.get(at("jit_plan", jit)).content.decode()
    once = {"title": "Action day"} | key()
    for _time in range(2):
        assert tirana.post(at("jit_phase_add", jit), once).status_code == 302
    with cast.people["AL"].acting() as by:
        phase = JitPhase.objects.visible_to(by).get()
    once = typed(cast, phase) | key()
    for _time in range(2):
        assert tirana.post(at("jit_task_add", jit, phase), once).status_code == 302
    with cast.people["AL"].acting() as by:
        task = JitTask.objects.visible_to(by).get()
    once = {"version": 1, "outcome": "Forty vehicles were found."} | key()
    for _time in range(2):
        assert ivan.post(at("jit_task_done", jit, task), once).status_code == 302
    page = tirana.get(at("jit_plan", jit)).content.decode()
    assert all(words in page for words in ("Action day", "Search the workshop", "Ivan", "Forty vehicles were found."))
    assert ivan.post(at("jit_task_reopen", jit, task), {"version": 2} | key()).status_code == 302
    assert ivan.post(at("jit_task_drop", jit, task), {"version": 3, "reason": "Left."} | key()).status_code == 302
    assert ivan.post(at("jit_phase", jit, phase), {"version": 1, "title": "Search"} | key()).status_code == 302
    page = tirana.get(at("jit_plan", jit)).content.decode()
    assert all(words in page for words in ("Search", "Left.", "Dropped"))


def test_the_page_says_what_is_overdue(browser, cast):
    phase = cast.phase(cast.drafting())
    cast.task(phase, days=2, due_at=cast.now - timedelta(days=1))
    page = browser(cast.people["XK"]).get(at("jit_plan", phase.root_id)).content.decode()
    assert "1 task is overdue." in page


def test_strangers_find_no_page_of_the_plan_and_a_participant_no_form(browser, cast):
    task = cast.planned()
    jit = task.root_id
    office = cast.house.office("case_desk", "EUROJUST")
    cast.does("AL", actions.invite, cast.team(task), office=office.pk, words="Advice.")
    places = [at(name, jit, task) for name in FORMS]
    places += [at("jit_phase", jit, task.phase_id), at("jit_task_add", jit, task.phase_id), at("jit_phase_add", jit)]
    belgrade, desk = browser(cast.people["RS"]), browser(cast.desk)
    assert [belgrade.get(place).status_code for place in [at("jit_plan", jit), *places]] == [404] * 8
    assert desk.get(at("jit_plan", jit)).status_code == 200
    assert [desk.get(place).status_code for place in places] == [403] * 7
    assert "Add a task" not in desk.get(at("jit_plan", jit)).content.decode()


def test_rows_of_another_team_are_not_found_under_this_one(browser, cast):
    task, other = cast.planned(), cast.drafting()
    tirana = browser(cast.people["AL"])
    assert [tirana.get(at(name, other, task)).status_code for name in FORMS] == [404] * 4
    assert tirana.get(at("jit_phase", other, task.phase_id)).status_code == 404


def test_a_stale_change_comes_back_field_by_field_with_who_changed_it(browser, cast):
    task = cast.planned()
    measure = cast.measure(task, person=cast.investigator, title="Search both workshops", due_at=task.due_at)
    cast.acts(actions.change_task, task, cast.investigator, measure=measure)
    mine = typed(cast, task, title="Search the harbour", version=1) | key()
    answer = browser(cast.people["XK"]).post(at("jit_task", task.root_id, task), mine)
    assert answer.status_code == 409
    page = answer.content.decode()
    assert all(words in page for words in ("Search both workshops", "Search the harbour", "Ivan"))


def test_a_refusal_comes_back_with_what_was_typed(browser, cast):
    phase = cast.phase(cast.drafting())
    wrong = typed(cast, phase, due_at="2020-01-01T10:00", title="Search the harbour") | key()
    answer = browser(cast.people["AL"]).post(at("jit_task_add", phase.root_id, phase), wrong)
    assert answer.status_code == 409
    page = answer.content.decode()
    assert all(words in page for words in ("The deadline lies in the past.", "Search the harbour"))


def test_the_form_of_a_plan_that_rests_says_so(browser, cast):
    task = cast.planned()
    cast.does("XK", actions.suspend, cast.team(task), reason="Elections.")
    tirana = browser(cast.people["AL"])
    page = tirana.get(at("jit_plan", task.root_id)).content.decode()
    assert "Search the workshop" in page
    assert "Add a task" not in page
    answer = tirana.post(at("jit_phase_add", task.root_id), {"title": "Trial"} | key())
    assert answer.status_code == 409


def test_the_paper_holds_the_plan_as_its_reader_sees_it(cast):
    task = cast.acts(actions.finish_task, cast.planned(), outcome="Forty vehicles were found.")
    cast.phase(cast.team(task), "Trial")
    with cast.people["XK"].acting() as by:
        paper = plan_pdf.freeze(subject=task.root_id, actor=by)
        assert paper == plan_pdf.freeze(subject=task.root_id, actor=by)
    assert [(one.title, len(one.tasks)) for one in paper.phases] == [("Covert measures", 1), ("Trial", 0)]
    line = paper.phases[0].tasks[0]
    assert (line.party, line.state, line.outcome) == (
        cast.authority("MK").partner.name,
        "Done",
        "Forty vehicles were found.",
    )
    with cast.people["RS"].acting() as by, pytest.raises(Jit.DoesNotExist):
        plan_pdf.freeze(subject=task.root_id, actor=by)
