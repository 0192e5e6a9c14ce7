"""A narrowed list says how many fit, and reads well where the walk through it ends before the list does."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.template.loader import render_to_string
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cases import actions
from cases.models import Case
from foundation.access import hits
from foundation.access.hits import Hits
from tests.cases.cast import CaseWorld
from tests.people import Person

# References hold chance letters: no word of two or three of them.
NAMES = ("alpha", "bravo", "charlie", "delta", "echo", "foxtrot")


@pytest.fixture
def many(world: CaseWorld) -> CaseWorld:
    """Six cases, every second one at trial, each with a task for Ann that is due a day later than that of the one before."""
    for number, name in enumerate(NAMES):
        case = world.open(title=f"Case {name}", stage="trial" if number % 2 else "investigation")
        with world.ann.acting() as by:
            actions.give_task(
                case=case, assignee=world.ann.membership.group_id, title="Do", text="",
                due_at=world.now + timedelta(days=number + 1), by=by, at=world.now,
            )  # fmt: skip
    return world


def shown(person: Person, **asked: Any) -> str:
    client = Client()
    client.force_login(person.account)
    answer = client.get(reverse("cases"), asked)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize(
    ("asked", "said"),
    [({"stage": "trial"}, "3 fit"), ({"text": "Case foxtrot"}, "1 fits"), ({"stage": "trial", "sort": "due"}, "3 fit")],
)
def test_a_narrowed_list_says_how_many_fit(many: CaseWorld, asked: dict[str, str], said: str) -> None:
    assert said in shown(many.ann, **asked)
    assert " fit" not in shown(many.ann)


def test_what_somebody_does_not_see_is_not_counted(many: CaseWorld) -> None:
    with many.stranger.acting() as by:
        assert hits.of_filters(Case.objects.filter(stage="trial"), by) == Hits(0)
        assert Case.objects.filter(stage="trial").due_hits(by) == Hits(0)
        assert hits.of_search(by, text="case", kinds=["case"]) == Hits(0)


@pytest.mark.parametrize(
    ("how", "counted"),
    [({}, Hits(3)), ({"most": 2}, Hits(2, capped=True)), ({"walk": 6}, Hits(3))],
    ids=["all", "more-than", "to-the-end"],
)
def test_a_count_is_whole_or_says_that_there_are_more(many: CaseWorld, how: dict[str, int], counted: Hits) -> None:
    with many.ann.acting() as by:
        assert hits.of_filters(Case.objects.filter(stage="trial"), by, **how) == counted


def test_a_count_says_that_it_stopped_before_the_list_did(many: CaseWorld) -> None:
    """Of six that all fit: which four are walked is chance, for roots of one transaction share an instant."""
    with many.ann.acting() as by:
        assert hits.of_filters(Case.objects.filter(status="open"), by, walk=4) == Hits(4, cut=True)


def test_found_words_are_counted(many: CaseWorld) -> None:
    with many.ann.acting() as by:
        assert hits.of_search(by, text="CASE", kinds=["case"]) == Hits(6)
        assert (
            hits.of_search(by, text="case", kinds=["meeting"]) == hits.of_search(by, text="", kinds=["case"]) == Hits(0)
        )


def test_a_page_by_due_date_is_full_whatever_the_filter_passes_over(many: CaseWorld) -> None:
    at_trial = Case.objects.filter(stage="trial")
    with many.ann.acting() as by:
        first = at_trial.bounded_due_page(by, limit=2)
        last = at_trial.bounded_due_page(by, limit=2, after=first.after)

        pages = [[case.root.title for case in page.rows] for page in (first, last)]

    assert pages == [["Case bravo", "Case delta"], ["Case foxtrot"]]
    assert (first.cut, last.after, last.cut) == (False, None, False)


def test_a_walk_by_due_date_that_ends_says_where_to_go_on(many: CaseWorld) -> None:
    at_trial = Case.objects.filter(stage="trial")
    found = []
    with many.ann.acting() as by:
        after = None
        for _page in range(6):
            page = at_trial.bounded_due_page(by, limit=2, after=after, walk=1)
            found += [case.root.title for case in page.rows]
            after = page.after
            assert page.cut == (after is not None)
        assert at_trial.due_hits(by, walk=3) == Hits(1, cut=True)

    assert found == ["Case bravo", "Case delta", "Case foxtrot"]
    assert after is None


def test_by_due_date_a_narrowed_list_keeps_to_its_budget(many: CaseWorld) -> None:
    client = Client()
    client.force_login(many.ann.account)
    address = reverse("cases") + "?sort=due&stage=trial&concerned=MK"
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    assert len(captured) <= 9


def test_by_due_date_the_neighbours_are_called_by_that(many: CaseWorld) -> None:
    with many.ann.acting() as by:
        after = Case.objects.filter(stage="trial").bounded_due_page(by, limit=1).after

    page = shown(many.ann, sort="due", stage="trial", after=str(after))

    assert "From the beginning" in page
    assert "Newer" not in page


def test_without_a_task_the_order_by_due_date_does_not_say_that_there_are_no_cases(many: CaseWorld) -> None:
    many.share(many.open(), many.mira)

    page = shown(many.mira, sort="due")

    assert "No unfinished task of yours" in page
    assert "No cases yet" not in page
    assert " in all" not in page


@pytest.mark.parametrize(
    ("context", "said", "unsaid"),
    [
        ({"looked_short": True, "rows": [1]}, "Look through older ones", "Nothing"),
        ({"looked_short": True, "rows": [1], "forward": True}, "Look through the next ones", "Older"),
        ({"looked_short": False, "rows": [1]}, "Older", "Look through"),
    ],
)
def test_below_a_page_stands_one_way_on(context: dict[str, Any], said: str, unsaid: str) -> None:
    page = render_to_string("pages/list_foot.html", {"older": "?after=x", "newest": "", **context})

    assert said in page
    assert unsaid not in page
    assert page.count("?after=x") == 1


@pytest.mark.parametrize("forward", [True, False])
def test_an_empty_page_of_a_walk_that_ended_does_not_say_that_there_is_nothing(forward: bool) -> None:
    context = {"looked_short": True, "forward": forward, "older": "?after=x", "form": None}

    page = render_to_string("pages/not_narrowed.html", context)

    assert "5 000" in page
    assert "?after=x" in page
    assert "Remove" not in page


@pytest.mark.parametrize(
    ("counted", "said"),
    [
        (Hits(1000, capped=True), "More than 1000 fit"),
        (Hits(2, cut=True), "2 fit among the newest 5 000 entries"),
        (Hits(1), "1 fits<"),
        (Hits(0), ""),
        (Hits(0, cut=True), ""),
    ],
)
def test_the_count_is_said_as_far_as_it_goes(counted: Hits, said: str) -> None:
    page = render_to_string("pages/hits.html", {"hits": counted}).strip()

    assert said in page
    assert bool(page) == bool(said)
