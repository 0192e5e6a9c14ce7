"""The list verbs: orders, places, bounded filters, search, and the count with a cap."""

from __future__ import annotations

from base64 import urlsafe_b64encode
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from foundation import access
from foundation.access import BadCursor, Cursor, Level, Order
from foundation.access.models import Root, RootGrant
from tests.access.story import Story
from tests.bed.sides import as_owner

KIND = "sample"


def opened(story: Story, title: str, *, hours_ago: int, touched_ago: int) -> UUID:
    """A root of Ann's, opened and last touched so many hours ago."""
    with story.ann.acting() as actor:
        key = access.open_root(by=actor, kind=KIND, reference=f"S-{uuid4().hex[:8]}", title=title)
    times = {
        "opened_at": story.house.now - timedelta(hours=hours_ago),
        "sort_at": story.house.now - timedelta(hours=touched_ago),
    }
    with as_owner():
        Root.objects.filter(pk=key).update(**times)
        RootGrant.objects.filter(content_object=key).update(**times)
    return key


@pytest.fixture
def roots(story) -> list[UUID]:
    """Six roots; the earlier opened, the later touched. Every second one is about weapons."""
    titles = ("Weapons in Žabljak", "Cigarettes")
    return [opened(story, titles[n % 2], hours_ago=20 - n, touched_ago=n) for n in range(6)]


def pages(story: Story, verb: str, **how: object) -> list[access.Page[Root]]:
    """Every page of a list, by following its places as text, as an address carries them."""
    found, after = [], None
    with story.ann.acting() as actor:
        while True:
            page = getattr(Root.objects.all(), verb)(actor, kind=KIND, after=after, **how)
            found.append(page)
            if page.after is None:
                return found
            after = Cursor.parse(str(page.after))


def keys(found: list[access.Page[Root]]) -> list[UUID]:
    return [key for page in found for key in page.roots]


def test_each_order_is_walked_to_its_end_without_gap_or_repetition(story, roots):
    assert keys(pages(story, "newest_page", limit=2)) == roots
    assert keys(pages(story, "newest_page", limit=2, order=Order.OPENED)) == roots[::-1]


def test_a_place_in_one_order_is_no_place_in_another(story, roots):
    first = pages(story, "newest_page", limit=2)[0]
    with story.ann.acting() as actor:
        for verb in ("newest_page", "bounded_page"):
            with pytest.raises(BadCursor):
                getattr(Root.objects.all(), verb)(actor, kind=KIND, after=first.after, order=Order.OPENED)
        other = Cursor(first.after.sort_at, first.after.root_id, Order.OPENED)
        with pytest.raises(BadCursor):
            Root.objects.search_page(actor, text="weapons", kind=KIND, after=other)


@pytest.mark.parametrize("text", ["x", "YWN0aXZpdHk", "YXx8", "!!!", "YWN0aXZpdHl8MjAyNi0wMS0wMVQwMDowMDowMHx4"])
def test_a_text_that_is_no_place_is_refused(text):
    with pytest.raises(BadCursor):
        Cursor.parse(text)


def written(instant: str) -> str:
    """A place as an address carries it, whoever wrote it."""
    return urlsafe_b64encode(f"activity|{instant}|{UUID(int=7)}".encode()).decode()


@pytest.mark.parametrize("zone", ["+20:00", "-23:59", "+00:00:00.000001"])
def test_a_place_is_read_in_zones_that_the_database_does_not_take(story, roots, zone):
    with story.ann.acting() as actor:
        after = Cursor.parse(written(f"2100-01-01T00:00:00{zone}"))
        assert list(Root.objects.newest_page(actor, kind=KIND, after=after).roots) == roots


@pytest.mark.parametrize("instant", ["0001-01-01T00:00:00+12:00", "9999-12-31T23:59:59-12:00"])
def test_an_instant_before_or_after_all_time_is_no_place(instant):
    with pytest.raises(BadCursor):
        Cursor.parse(written(instant))


def test_an_invented_order_opens_no_list(story, roots):
    with story.ann.acting() as actor, pytest.raises(BadCursor):
        Root.objects.newest_page(actor, kind=KIND, after=Cursor(story.house.now, roots[0], "title"))


def test_a_filter_looks_at_so_many_rows_and_says_that_it_stopped(story, roots):
    with story.ann.acting() as actor:
        weapons = Root.objects.filter(title__startswith="Weapons")
        page = weapons.bounded_page(actor, kind=KIND, walk=3)
        assert list(page.roots) == [roots[0], roots[2]]
        assert page.cut
        nothing = Root.objects.filter(title="nothing").bounded_page(actor, kind=KIND, walk=3)
        assert (nothing.rows, nothing.cut) == ((), True)
        assert nothing.after == page.after == Cursor(story.house.now - timedelta(hours=2), roots[2])
        assert nothing.map(str).cut


@pytest.mark.parametrize("walk", range(1, 9))
@pytest.mark.parametrize("limit", [1, 2, 50])
def test_a_filtered_list_loses_nothing_wherever_its_walks_end(story, roots, walk, limit):
    how = {"order": Order.OPENED, "walk": walk, "limit": limit}
    found = pages(story, "bounded_page", **how)
    assert keys(found) == roots[::-1]
    assert not found[-1].cut


def test_a_walk_that_reaches_the_end_exactly_is_not_cut(story, roots):
    with story.ann.acting() as actor:
        page = Root.objects.filter(title="nothing").bounded_page(actor, kind=KIND, walk=len(roots))
        assert (page.rows, page.after, page.cut) == ((), None, False)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("weapons", [0, 2, 4]),
        ("WEAPONS zabljak", [0, 2, 4]),
        ("Жабљак", [0, 2, 4]),
        ("igaret", [1, 3, 5]),
        ("weapons cigarettes", []),
        ("we", [0, 2, 4]),
        ("ea", []),
        ("%", []),
        ("wea_ons", []),
        ("weap\\ons", []),
        ("' OR true --", []),
        ("", []),
        (" \t ", []),
    ],
)
def test_a_search_finds_what_holds_every_word(story, roots, text, found):
    with story.ann.acting() as actor:
        page = Root.objects.search_page(actor, text=text, kind=KIND)
    assert list(page.roots) == [roots[n] for n in found]


def test_a_search_finds_a_reference(story, roots):
    with story.ann.acting() as actor:
        reference = Root.objects.visible_to(actor).get(pk=roots[3]).reference
        assert Root.objects.search_page(actor, text=reference.lower(), kind=KIND).roots == (roots[3],)


def test_a_search_goes_on_where_a_page_ended(story, roots):
    assert keys(pages(story, "search_page", text="weapons", limit=2)) == [roots[0], roots[2], roots[4]]


def test_a_search_text_is_bounded_in_length_and_words(story, roots):
    with story.ann.acting() as actor:
        many = " ".join(["weapons", *(f"w{n}" for n in range(300))])
        with CaptureQueriesContext(connection) as queries:
            assert Root.objects.search_page(actor, text=many, kind=KIND).roots == ()
        assert "w6" in queries[0]["sql"]
        assert "w7" not in queries[0]["sql"]
        with CaptureQueriesContext(connection) as queries:
            Root.objects.search_page(actor, text="a" * 5000, kind=KIND)
        assert "a" * (access.SEARCH_LENGTH + 1) not in queries[0]["sql"]


def test_what_is_shared_is_found_until_the_share_ends(story, roots):
    story.share(roots[0], story.bob)
    story.share(roots[2], story.bob, hours=1)
    verbs = {
        "newest_page": {"order": Order.OPENED},
        "bounded_page": {},
        "search_page": {"text": "weapons"},
    }

    def seen() -> list[set[UUID]]:
        with story.bob.acting() as actor:
            found = [
                set(getattr(Root.objects.all(), verb)(actor, kind=KIND, **how).roots) for verb, how in verbs.items()
            ]
            assert Root.objects.capped_count(actor, kind=KIND).number == len(found[0])
            return found

    assert seen() == [{roots[0], roots[2]}] * 3
    story.hours_pass(2)
    assert seen() == [{roots[0]}] * 3
    story.revoke(story.share_of(roots[0], story.bob), by=story.ann)
    assert seen() == [set()] * 3


# Nothing walked, so every word is looked up; walks that fill a page, that give up at once, and that go on; walks past the end.
WALKS = {
    "looked up": [],
    "short": [1],
    "gives up": [2, 3],
    "goes on": [2, 400],
    "to the end": [6],
    "usual": [1000, 8000],
}


@pytest.mark.parametrize("walks", WALKS.values(), ids=WALKS)
@pytest.mark.parametrize("limit", [1, 2, 51])
@pytest.mark.parametrize(
    ("words", "title"),
    [(["weapons"], "Weapons"), (["we", "zabljak"], "Weapons"), (["ci"], "Cigarettes"), (["ig"], ""), (["nothing"], "")],
    ids=["one", "short and long", "short", "inside a word", "nowhere"],
)
def test_a_search_finds_the_same_whether_it_walks_or_looks_up(story, roots, words, title, limit, walks):
    story.share(roots[0], story.bob)
    story.share(roots[2], story.bob, hours=1)
    story.share(roots[3], story.bob)
    for person, own in ((story.ann, roots), (story.bob, [roots[0], roots[2], roots[3]])):
        with person.acting() as actor, connection.cursor() as cursor:
            titles = dict(Root.objects.visible_to(actor).values_list("pk", "title"))
            cursor.execute("SELECT root FROM access_search(%s, %s, NULL, NULL, %s, %s)", [words, [KIND], limit, walks])
            found = [key for (key,) in cursor.fetchall()]
        assert found == [key for key in own if title and titles[key].startswith(title)][:limit]


def test_a_search_for_another_than_the_one_who_acts_is_an_error(story, roots):
    with story.bob.acting() as bob:
        pass
    for verb, how in {"search_page": {"text": "weapons"}, "bounded_page": {}, "capped_count": {}}.items():
        with story.ann.acting(), pytest.raises(access.NoActor):
            getattr(Root.objects.all(), verb)(bob, kind=KIND, **how)
    with pytest.raises(access.NoActor):
        Root.objects.search_page(bob, text="", kind=KIND)


def test_nobody_acts_and_the_search_function_gives_nothing(story, roots):
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM access_search(ARRAY['weapons'], ARRAY[%s], NULL, NULL, 50)", [KIND])
        assert cursor.fetchone() == (0,)


def test_a_root_reached_through_two_principals_is_listed_and_counted_once(story, roots):
    with story.abe.acting() as actor:
        authority = actor.authority_group
    story.share(roots[0], story.abe, Level.CONTRIBUTE)
    story.share(roots[0], story.abe, principal=authority)
    with story.abe.acting() as actor:
        for verb, how in {"newest_page": {"order": Order.OPENED}, "search_page": {"text": "weapons"}}.items():
            found = getattr(Root.objects.all(), verb)(actor, kind=KIND, **how).roots
            assert len(found) == len(set(found))
            assert roots[0] in found
        assert Root.objects.capped_count(actor, kind=KIND).number == Root.objects.visible_to(actor).count()


@pytest.mark.parametrize(("cap", "number", "capped"), [(3, 3, True), (5, 5, True), (6, 6, False), (7, 6, False)])
def test_a_count_says_when_it_stopped_counting(story, roots, cap, number, capped):
    with story.ann.acting() as actor:
        assert Root.objects.capped_count(actor, kind=KIND, cap=cap) == access.Count(number, capped)


def test_a_count_refuses_filters_that_it_would_forget(story):
    with story.ann.acting() as actor, pytest.raises(TypeError):
        Root.objects.filter(title="x").capped_count(actor, kind=KIND)


@pytest.mark.parametrize(
    ("verb", "how", "statements"),
    [
        ("newest_page", {"order": Order.OPENED}, 1),
        ("bounded_page", {"limit": 2}, 1),
        ("bounded_page", {}, 2),
        ("search_page", {"text": "weapons"}, 1),
        ("search_page", {"text": ""}, 0),
        ("capped_count", {}, 1),
    ],
)
def test_each_verb_keeps_its_number_of_statements(story, roots, verb, how, statements):
    with story.ann.acting() as actor, CaptureQueriesContext(connection) as queries:
        getattr(Root.objects.all(), verb)(actor, kind=KIND, **how)
    assert len(queries) == statements
