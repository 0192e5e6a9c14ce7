from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from contactgroup import actions, panels
from contactgroup.models import Criterion, Nomination
from meetings.models import Meeting
from tests.contactgroup.conftest import APPROVED

pytestmark = pytest.mark.django_db

ACTS = ("revise", "withdraw", "agenda", "open_voting", "vote", "recuse", "close_voting", "decide", "return")
FOR_SEATS = {"vote", "recuse"}


def key():
    return {"submission_key": str(uuid4())}


def at(name, record):
    return reverse(name, args=[record.pk])


@pytest.fixture
def case(world):
    return world.case("MK", "ME")


@pytest.fixture
def typed(world):
    """A complete dossier as a browser sends it: Skopje is to be invited."""
    skopje = world.house.partner("MK").pk
    scores = {f"score_{c.code}": "2" for c in Criterion.objects.filter(core=True)}
    return {
        "audience": "concerned",
        "title": "Vehicle theft across two partners",
        "tool": "jit",
        "why": "Both hold proceedings on the same network.",
        **scores,
        f"invite_{skopje}": "on",
        f"purpose_{skopje}": "Joint proceedings",
        f"text_{skopje}": APPROVED,
    }


def the_nomination(world):
    with world.tirana.acting() as by:
        return Nomination.objects.visible_to(by).get()


def test_the_form_says_plainly_what_nominating_opens_and_to_whom(browser, world, case):
    page = browser(world.tirana).get(at("case_nominate", case)).content.decode()
    assert "Nominating shares the case with Eurojust" in page
    names = [world.house.partner(code).name for code in ("AL", "MK", "ME")]
    assert all(name in page for name in names)


def test_the_main_job_by_its_forms(browser, world, case, typed):
    tirana, desk = browser(world.tirana), browser(world.desk)
    page = tirana.post(at("case_nominate", case), typed | key())
    assert page.status_code == 302
    nomination = the_nomination(world)
    assert page["Location"] == at("nomination", nomination)
    meeting = world.meeting()
    desk.post(at("nomination_agenda", nomination), {"meeting": str(meeting.pk), "version": 1} | key())
    desk.post(at("nomination_open_voting", nomination), {"version": 2} | key())
    for code, voice in (("AL", "for"), ("MK", "for"), ("ME", "against")):
        answer = browser(world.members[code]).post(at("nomination_vote", nomination), {"voice": voice} | key())
        assert answer.status_code == 302
    desk.post(at("nomination_close_voting", nomination), {"version": 3} | key())
    assert "Carried" in desk.get(at("nomination", nomination)).content.decode()
    day = (timezone.localdate() + timedelta(days=20)).isoformat()
    typed = {"outcome": "take_up_jit", "text": "", "answer_by": day, "version": 4}
    assert desk.post(at("nomination_decide", nomination), typed | key()).status_code == 302
    page = browser(world.members["ME"]).get(at("nomination", nomination)).content.decode()
    assert "a joint investigation team recommended" in page


def test_whoever_voted_is_offered_to_change_the_vote(browser, world, case):
    nomination = world.open_vote(world.nominate(case))

    def form():
        return browser(world.members["ME"]).get(at("nomination_vote", nomination)).content.decode()

    before = form()
    world.vote(nomination, AL="for")
    others = form()
    world.vote(nomination, ME="for")

    assert "Change the vote" not in before + others
    assert "Change the vote" in form()


def test_a_repeated_nomination_has_one_effect(browser, world, case, typed):
    tirana, typed = browser(world.tirana), typed | key()
    first = tirana.post(at("case_nominate", case), typed)
    second = tirana.post(at("case_nominate", case), typed)
    assert first["Location"] == second["Location"] == at("nomination", the_nomination(world))


def test_a_repeated_decision_has_one_effect_though_the_desk_lost_the_case(browser, world, case):
    nomination = world.counted(world.nominate(case), AL="against", MK="against")
    typed = {"outcome": "not_selected", "text": "Bilateral.", "version": nomination.version} | key()
    desk = browser(world.desk)
    assert [desk.post(at("nomination_decide", nomination), typed).status_code for _time in (1, 2)] == [302, 302]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"why": ""}, "required"),
        ({"why": "x" * 4001}, "at most 4000"),
        ({"tool": "submarine"}, "valid choice"),
        ({"audience": ""}, "required"),
        ({"audience": "everyone"}, "valid choice"),
        ({"score_affected": "4"}, "valid choice"),
        ({"score_affected": ""}, "required"),
        ({"title": "nul\x00byte"}, "Null characters"),
    ],
)
def test_a_bad_dossier_comes_back_with_what_was_typed(browser, world, case, typed, change, words):
    answer = browser(world.tirana).post(at("case_nominate", case), typed | change | key())
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert APPROVED in answer.content.decode()


def test_an_invitation_without_its_text_comes_back(browser, world, case, typed):
    skopje = world.house.partner("MK").pk
    answer = browser(world.tirana).post(at("case_nominate", case), typed | {f"text_{skopje}": ""} | key())
    assert answer.status_code == 422
    assert "Write this for each partner" in answer.content.decode()


def test_a_forged_partner_is_invited_by_nobody(browser, world, case, typed):
    belgrade = world.house.partner("RS").pk
    forged = {f"invite_{belgrade}": "on", f"purpose_{belgrade}": "P", f"text_{belgrade}": "T"}
    browser(world.tirana).post(at("case_nominate", case), typed | forged | key())
    page = browser(world.tirana).get(at("nomination", the_nomination(world))).content.decode()
    assert world.house.partner("RS").name not in page


def test_a_dossier_without_key_changes_nothing(browser, world, case, typed):
    assert browser(world.tirana).post(at("case_nominate", case), typed).status_code == 422
    with world.tirana.acting() as by:
        assert not Nomination.objects.visible_to(by).exists()


def test_a_case_that_is_nominated_already_is_answered_in_words(browser, world, case, typed):
    world.nominate(case)
    answer = browser(world.tirana).post(at("case_nominate", case), typed | key())
    assert answer.status_code == 409
    assert "not possible in the present state" in answer.content.decode()
    assert APPROVED in answer.content.decode()


def test_strangers_get_404_on_every_address_of_a_nomination(browser, world, case):
    nomination = world.nominate(case)
    for person in (world.members["RS"], world.belgrade, world.skopje):
        client = browser(person)
        assert client.get(at("nomination", nomination)).status_code == 404
        assert client.get(at("case_nominate", case)).status_code == 404
        assert client.get(at("root", nomination)).status_code == 404
        for act in ACTS:
            assert client.get(at(f"nomination_{act}", nomination)).status_code in {403, 404}
            assert client.post(at(f"nomination_{act}", nomination), key()).status_code in {403, 404}


def test_an_elector_gets_403_on_the_acts_of_others(browser, world, case):
    client, nomination = browser(world.members["MK"]), world.nominate(case)
    refused = [client.get(at(f"nomination_{act}", nomination)).status_code for act in ACTS if act not in FOR_SEATS]
    assert refused == [403] * 7


def test_an_elector_never_meets_the_case_on_the_page(browser, world, case):
    nomination = world.nominate(case)
    with world.tirana.acting() as by:
        reference = type(case).objects.visible_to(by).with_owner().get().root.reference
    page = browser(world.members["MK"]).get(at("nomination", nomination)).content.decode()
    assert reference not in page
    assert str(case.pk) not in page
    assert reference in browser(world.desk).get(at("nomination", nomination)).content.decode()


def test_the_page_keeps_votes_sealed_until_the_vote_is_closed(browser, world, case):
    nomination = world.open_vote(world.nominate(case))
    with world.members["AL"].acting() as by:
        actions.cast(nomination=nomination, voice="against", comment="Too early, says Tirana", by=by, at=world.now)
    address = at("nomination", nomination)
    assert "Too early" in browser(world.members["AL"]).get(address).content.decode()
    for person in (world.members["MK"], world.desk):
        page = browser(person).get(address).content.decode()
        assert "Too early" not in page
        assert "1 of 3 partners have voted" in page
    world.as_desk(actions.close_voting, nomination)
    assert "Too early" in browser(world.members["MK"]).get(address).content.decode()


def test_a_late_vote_is_answered_in_words_and_kept(browser, world, case):
    nomination = world.open_vote(world.nominate(case))
    world.as_desk(actions.close_voting, nomination)
    typed = {"voice": "for", "comment": "With all our heart"} | key()
    answer = browser(world.members["AL"]).post(at("nomination_vote", nomination), typed)
    assert answer.status_code == 409
    assert "With all our heart" in answer.content.decode()


def test_an_outcome_that_the_vote_does_not_allow_is_not_offered(browser, world, case):
    nomination = world.counted(world.nominate(case), AL="for")
    desk = browser(world.desk)
    page = desk.get(at("nomination_decide", nomination)).content.decode()
    assert "take_up_jit" not in page
    assert "No quorum" in page
    forged = {"outcome": "take_up_jit", "version": nomination.version} | key()
    assert desk.post(at("nomination_decide", nomination), forged).status_code == 422


def test_a_stale_revision_keeps_the_text_and_shows_what_stands(browser, world, case, typed):
    tirana = browser(world.tirana)
    tirana.post(at("case_nominate", case), typed | key())
    nomination = the_nomination(world)
    address = at("nomination_revise", nomination)
    typed.pop("audience")
    assert tirana.post(address, typed | {"why": "First", "version": 1} | key()).status_code == 302
    answer = tirana.post(address, typed | {"why": "Second", "version": 1} | key())
    assert answer.status_code == 409
    assert "First" in answer.content.decode()
    assert "Second" in answer.content.decode()


def test_the_page_of_a_nomination_takes_eighteen_statements_at_most(browser, world, case):
    nomination = world.open_vote(world.nominate(case, audience="whole_group"))
    for _time in range(5):
        world.vote(nomination, AL="for", MK="against", ME="for", RS="abstain")
    nomination = world.as_desk(actions.close_voting, nomination)
    client = browser(world.desk)
    client.get(at("nomination", nomination))
    with CaptureQueriesContext(connection) as captured:
        assert client.get(at("nomination", nomination)).status_code == 200
    own = [q["sql"][:100] for q in captured if "session" not in q["sql"] and "SAVEPOINT" not in q["sql"]]
    assert len(own) <= 18, own


def test_the_list_takes_at_most_eight_statements(browser, world, case):
    world.nominate(case)
    for _number in range(4):
        world.nominate(world.case("MK"))
    client = browser(world.members["MK"])
    client.get(reverse("nominations"))
    with CaptureQueriesContext(connection) as captured:
        page = client.get(reverse("nominations"))
    assert page.content.decode().count("N-2") == 5
    own = [q["sql"][:100] for q in captured if "session" not in q["sql"] and "SAVEPOINT" not in q["sql"]]
    assert len(own) <= 8, own


def test_home_tells_a_seat_of_its_open_vote_until_it_has_voted(world, case):
    nomination = world.open_vote(world.nominate(case))

    def lines(person):
        with person.acting() as by:
            panel = panels.votes_open(record=None, actor=by, at=timezone.now())
            return [] if panel is None else [line.url for line in panel.lines]

    assert lines(world.members["MK"]) == [at("nomination", nomination)]
    world.vote(nomination, MK="for")
    assert lines(world.members["MK"]) == []
    assert lines(world.members["RS"]) == []
    assert lines(world.desk) == []


def test_home_tells_the_desk_of_nominations_without_an_agenda(world, case):
    nomination = world.nominate(case)
    with world.desk.acting() as by:
        panel = panels.waiting_for_agenda(record=None, actor=by, at=timezone.now())
        assert panel is not None
        assert [line.url for line in panel.lines] == [at("nomination", nomination)]
    world.as_desk(actions.put_on_agenda, nomination, meeting=world.meeting())
    with world.desk.acting() as by:
        assert panels.waiting_for_agenda(record=None, actor=by, at=timezone.now()) is None


def test_the_case_page_offers_to_nominate_and_lists_what_its_reader_sees(world, case):
    with world.tirana.acting() as by:
        panel = panels.nominations(record=case, actor=by, at=timezone.now())
        assert panel is not None
        assert panel.may_nominate
    nomination = world.nominate(case)
    with world.tirana.acting() as by:
        case = type(case).objects.visible_to(by).get()
        panel = panels.nominations(record=case, actor=by, at=timezone.now())
        assert panel is not None
        assert [row.nomination.pk for row in panel.rows] == [nomination.pk]
        assert not panel.may_nominate


def test_a_meeting_that_is_not_there_is_no_choice(browser, world, case):
    nomination = world.nominate(case)
    answer = browser(world.desk).post(
        at("nomination_agenda", nomination), {"meeting": str(uuid4()), "version": 1} | key()
    )
    assert answer.status_code == 422
    with world.desk.acting() as by:
        assert not Meeting.objects.visible_to(by).exists()


@pytest.mark.parametrize("act", ["open_voting", "close_voting", "decide"])
def test_an_act_that_comes_too_early_says_so_when_its_form_is_opened(browser, world, case, typed, act):
    browser(world.tirana).post(at("case_nominate", case), {**typed, **key()})
    page = browser(world.desk).get(at(f"nomination_{act}", the_nomination(world)))
    assert page.status_code == 200
    assert "not possible in the present state" in page.content.decode()
    assert f'type="submit">{page.context["submit_label"]}</button>' not in page.content.decode()
