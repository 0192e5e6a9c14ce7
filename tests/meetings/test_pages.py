import re
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from foundation import access
from meetings import actions, queries
from meetings.models import AgendaItem, Meeting

pytestmark = pytest.mark.django_db

TYPED = {
    "title": "18th Contact Group meeting",
    "starts_at": "2027-03-01T10:00",
    "ends_at": "2027-03-01T16:00",
    "mode": "hybrid",
    "place": "Ohrid",
}


@pytest.fixture
def meeting(desk, plan):
    with desk.acting() as by:
        meeting = actions.call(**plan, by=by, at=timezone.now())
        actions.add_item(meeting=meeting, title="Opening", by=by, at=timezone.now())
        actions.add_item(meeting=meeting, title="Any other business", by=by, at=timezone.now())
    return meeting


def key():
    return {"submission_key": str(uuid4())}


def addresses(meeting):
    return [
        reverse(name, args=[meeting.pk])
        for name in (
            "meeting",
            "meeting_change",
            "meeting_start",
            "meeting_close",
            "meeting_cancel",
            "meeting_item_add",
        )
    ]


def test_the_desk_calls_a_meeting_by_the_form(browser, desk, seat):
    answer = browser(desk).post(reverse("meeting_call"), TYPED | key())
    assert answer.status_code == 302
    page = browser(seat).get(answer["Location"])
    assert page.status_code == 200
    assert "18th Contact Group meeting" in page.content.decode()
    assert "10:00" in page.content.decode()


def test_a_repeated_call_makes_one_meeting(browser, desk):
    client, typed = browser(desk), TYPED | key()
    first = client.post(reverse("meeting_call"), typed)
    second = client.post(reverse("meeting_call"), typed)
    assert first["Location"] == second["Location"]
    with desk.acting() as by:
        assert Meeting.objects.visible_to(by).count() == 1


def test_strangers_get_404_on_every_address_of_a_meeting(browser, house, meeting):
    client = browser(house.person("Stranger", "RS"))
    for address in addresses(meeting):
        assert client.get(address).status_code in {403, 404}
    assert client.get(reverse("meeting", args=[meeting.pk])).status_code == 404


def test_a_seat_holder_reads_the_agenda_and_finds_no_buttons(browser, seat, meeting):
    page = browser(seat).get(reverse("meeting", args=[meeting.pk])).content.decode()
    assert "Opening" in page
    assert reverse("meeting_cancel", args=[meeting.pk]) not in page
    assert reverse("meeting_item_add", args=[meeting.pk]) not in page


def test_a_seat_holder_gets_403_on_the_forms(browser, seat, meeting):
    client = browser(seat)
    assert [client.get(address).status_code for address in addresses(meeting)[1:]] == [403] * 5


def test_the_desk_starts_and_orders_a_meeting_with_the_buttons_of_the_page(browser, desk, meeting):
    client = browser(desk)
    page = client.get(reverse("meeting", args=[meeting.pk])).content.decode()
    assert reverse("meeting_start", args=[meeting.pk]) in page
    client.post(reverse("meeting_start", args=[meeting.pk]), {"version": 1} | key())
    down = re.findall(r'action="(/meetings/[^"]*/move/)"', page)[0]
    client.post(down, {"direction": "down"} | key())
    page = client.get(reverse("meeting", args=[meeting.pk])).content.decode()
    assert page.index("Any other business") < page.index("Opening")
    assert "Running" in page


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"ends_at": "2027-03-01T09:00"}, "must end after it starts"),
        ({"place": ""}, "Say where people meet"),
        ({"starts_at": "yesterday"}, "valid date"),
        ({"mode": "by pigeon"}, "valid choice"),
        ({"title": "x" * 201}, "at most 200"),
        ({"title": "nul\x00byte"}, "Null characters"),
    ],
)
def test_a_bad_call_comes_back_with_what_was_typed(browser, desk, change, words):
    answer = browser(desk).post(reverse("meeting_call"), TYPED | change | key())
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert "Ohrid" in answer.content.decode() or change == {"place": ""}


def test_a_stale_change_keeps_the_text_and_shows_what_stands(browser, desk, meeting):
    client, address = browser(desk), reverse("meeting_change", args=[meeting.pk])
    client.post(address, TYPED | {"place": "Skopje", "version": 1} | key())
    answer = client.post(address, TYPED | {"place": "Bitola", "version": 1} | key())
    assert answer.status_code == 409
    assert "Bitola" in answer.content.decode()
    assert "Skopje" in answer.content.decode()


def test_starting_twice_is_answered_in_words(browser, desk, meeting):
    client, address = browser(desk), reverse("meeting_start", args=[meeting.pk])
    client.post(address, {"version": 1} | key())
    answer = client.post(address, {"version": 2} | key())
    assert answer.status_code == 409
    assert "not possible in the present state" in answer.content.decode()


def test_a_general_item_is_decided_and_another_is_taken_off(browser, desk, meeting):
    client = browser(desk)
    with desk.acting() as by:
        first, second = AgendaItem.objects.visible_to(by).on(meeting.pk)
    typed = {"outcome": "agreed", "text": "Opened at ten."} | key()
    client.post(reverse("meeting_item_decide", args=[meeting.pk, first.pk]), typed)
    client.post(reverse("meeting_item_take_off", args=[meeting.pk, second.pk]), key())
    page = client.get(reverse("meeting", args=[meeting.pk])).content.decode()
    assert "Opened at ten." in page
    assert "Any other business" not in page


def test_an_item_without_a_decision_waits_for_none_when_the_meeting_is_over(browser, desk, meeting):
    client, page = browser(desk), reverse("meeting", args=[meeting.pk])
    assert client.get(page).content.decode().count("not yet") == 2

    client.post(reverse("meeting_start", args=[meeting.pk]), {"version": 1} | key())
    client.post(reverse("meeting_close", args=[meeting.pk]), {"version": 2} | key())

    over = client.get(page).content.decode()
    assert "not yet" not in over
    assert over.count(">none<") == 2


def test_an_item_of_another_meeting_is_not_there(browser, desk, meeting, plan):
    with desk.acting() as by:
        other = actions.call(**plan, by=by, at=timezone.now())
        item = actions.add_item(meeting=other, title="Elsewhere", by=by, at=timezone.now())
    answer = browser(desk).post(reverse("meeting_item_take_off", args=[meeting.pk, item.pk]), key())
    assert answer.status_code == 404


def test_the_list_takes_at_most_eight_statements_with_any_number_of_meetings(browser, desk, plan):
    with desk.acting() as by:
        for _number in range(12):
            actions.call(**plan, by=by, at=timezone.now())
    client = browser(desk)
    client.get(reverse("meetings"))
    with CaptureQueriesContext(connection) as captured:
        assert client.get(reverse("meetings")).status_code == 200
    own = [q for q in captured if "session" not in q["sql"] and "SAVEPOINT" not in q["sql"]]
    assert len(own) <= 8, [q["sql"][:90] for q in own]


def test_more_meetings_to_come_than_stand_there_are_not_left_out_unsaid(browser, desk, plan):
    with desk.acting() as by:
        for _number in range(queries.COMING_SHOWN + 1):
            actions.call(**plan, by=by, at=timezone.now())

    page = browser(desk).get(reverse("meetings"))
    rest = browser(desk).get(reverse("meetings"), {"when": "coming"})

    assert len(page.context["coming"]) == queries.COMING_SHOWN
    assert f"The next {queries.COMING_SHOWN} meetings stand here." in page.content.decode()
    assert "101 fit" in rest.content.decode()


def test_a_mangled_cursor_is_not_there(browser, desk):
    assert browser(desk).get(reverse("meetings"), {"after": "zzz"}).status_code == 404


def test_the_address_of_the_root_leads_to_the_meeting(browser, seat, meeting):
    answer = browser(seat).get(reverse("root", args=[meeting.pk]))
    assert answer["Location"] == reverse("meeting", args=[meeting.pk])


def test_the_page_of_a_meeting_hides_an_item_whose_root_is_not_seen(browser, desk, seat, meeting):
    with desk.acting() as by:
        secret = access.open_root(by=by, kind="nomination", reference="N-2026-SECRET", title="Secret")
        actions.add_item(meeting=meeting, root_id=secret, by=by, at=timezone.now())
    address = reverse("meeting", args=[meeting.pk])
    assert "N-2026-SECRET" in browser(desk).get(address).content.decode()
    page = browser(seat).get(address).content.decode()
    assert "SECRET" not in page
    assert str(secret) not in page


def test_the_way_back_from_cancelling_a_meeting_is_not_called_cancel(browser, desk, meeting):
    page = browser(desk).get(reverse("meeting_cancel", args=[meeting.pk])).content.decode()

    assert ">Keep the meeting</a>" in page
    assert ">Cancel</a>" not in page
