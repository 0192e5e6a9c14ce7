from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from jits import actions, panels, states
from jits.models import Jit, JitParticipant
from jits.queries import lists

pytestmark = pytest.mark.django_db
NAMES = [row.url for row in states.TRANSITIONS] + ["jit_invite"]


def key():
    return {"submission_key": str(uuid4())}


def at(name, record):
    return reverse(name, args=[record.pk])


@pytest.fixture
def typed(cast):
    """A request as a browser sends it: Tirana, Skopje and Pristina."""
    parties = [str(cast.authority(code).pk) for code in ("AL", "MK", "XK")]
    return {"title": "Vehicles over three borders", **cast.asked().values(), "parties": parties}


def the_team(cast, code="AL"):
    with cast.people[code].acting() as by:
        return Jit.objects.visible_to(by).get()


def test_from_the_case_to_the_drafting_by_its_forms(browser, cast, typed):
    tirana, skopje, pristina = (browser(cast.people[code]) for code in ("AL", "MK", "XK"))
    assert "Think of a team" in tirana.get(at("case", cast.case)).content.decode()
    answer = tirana.post(at("case_jit", cast.case), typed | key())
    jit = the_team(cast)
    assert answer["Location"] == at("jit", jit)
    assert skopje.get(at("jit", jit)).status_code == 404
    assert tirana.post(at("jit_propose", jit), {"version": 1} | key()).status_code == 302
    assert "Your party is asked" in skopje.get(at("jit", jit)).content.decode()
    assert skopje.post(at("jit_assess", jit), {"version": 2} | key()).status_code == 302
    for client in (tirana, skopje, pristina):
        assert client.post(at("jit_agree", jit), {"version": 3} | key()).status_code == 302
    assert "3 of 3 parties agreed" in pristina.get(at("jit", jit)).content.decode()
    assert pristina.post(at("jit_draft", jit), {"version": 4, "justification": "Now."} | key()).status_code == 302
    assert the_team(cast).status == "drafting"


def test_the_page_of_the_case_is_the_same_with_and_without_a_team_for_who_is_no_party(browser, cast):
    belgrade = browser(cast.people["RS"])
    belgrade.get(at("case", cast.case))
    cast.proposed()
    page = belgrade.get(at("case", cast.case)).content.decode()
    assert "three borders" not in page
    assert "JIT-" not in page
    assert "No teams yet" in belgrade.get(reverse("jits")).content.decode()


def test_the_party_finds_the_team_on_the_case_in_the_list_at_home_and_by_search(browser, cast):
    cast.proposed()
    skopje = browser(cast.people["MK"])
    places = [at("case", cast.case), reverse("jits"), reverse("home"), reverse("search") + "?text=three+borders"]
    for place in places:
        assert "Vehicles over three borders" in skopje.get(place).content.decode(), place


@pytest.mark.parametrize("name", NAMES)
def test_a_stranger_finds_no_form_and_whoever_may_only_look_gets_none(browser, cast, name):
    jit = cast.proposed()
    for stranger in ("RS", "ME"):
        assert browser(cast.people[stranger]).get(at(name, jit)).status_code == 404
        assert browser(cast.people[stranger]).get(at("jit", jit)).status_code == 404
    assert browser(cast.investigator).get(at("jit", jit)).status_code == 200
    assert browser(cast.investigator).get(at(name, jit)).status_code == 403


def test_the_investigator_and_the_desk_see_no_button(browser, cast):
    jit = cast.does(
        "MK", actions.invite, cast.proposed(), office=cast.house.office("case_desk", "EUROJUST").pk, words="Advice."
    )
    for reader in (cast.investigator, cast.desk):
        page = browser(reader).get(at("jit", jit)).content.decode()
        assert not any(at(name, jit) in page for name in NAMES)


def test_a_form_whose_turn_it_is_not_says_so_and_offers_no_button(browser, cast):
    jit = cast.proposed()
    page = browser(cast.people["AL"]).get(at("jit_assess", jit)).content.decode()
    assert "not the one that proposed" in page
    page = browser(cast.people["AL"]).get(at("jit_agree", jit)).content.decode()
    assert "not possible in the present state" in page


def test_a_stale_move_keeps_what_was_typed(browser, cast):
    jit = cast.assessed()
    cast.does("AL", actions.revise, jit, asked=cast.asked(months=18))
    typed = {"obstacle": "other", "text": "Joined to another file.", "version": jit.version}
    answer = browser(cast.people["MK"]).post(at("jit_refuse", jit), typed | key())
    assert answer.status_code == 409
    assert "Joined to another file." in answer.content.decode()
    assert the_team(cast).status == "assessment"


def test_a_stale_revision_comes_back_field_by_field(browser, cast):
    jit = cast.idea()
    tirana = browser(cast.people["AL"])
    cast.does("AL", actions.revise, jit, asked=cast.asked(purpose="Find the money."))
    typed = {
        "title": "Vehicles over three borders",
        **cast.asked(purpose="Find the drivers.").values(),
        "version": jit.version,
    }
    answer = tirana.post(at("jit_revise", jit), typed | key())
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "Find the money." in page
    assert "Find the drivers." in page


def test_the_same_form_sent_twice_thinks_of_one_team(browser, cast, typed):
    once = typed | key()
    tirana = browser(cast.people["AL"])
    first, second = (tirana.post(at("case_jit", cast.case), once) for _time in range(2))
    assert first["Location"] == second["Location"] == at("jit", the_team(cast))


def test_a_party_that_does_not_work_on_the_case_cannot_be_typed(browser, cast, typed):
    typed["parties"] = [str(cast.authority("AL").pk), str(cast.authority("ME").pk)]
    answer = browser(cast.people["AL"]).post(at("case_jit", cast.case), typed | key())
    assert answer.status_code == 422
    with cast.people["AL"].acting() as by:
        assert not Jit.objects.visible_to(by).exists()


def test_another_reason_without_words_comes_back(browser, cast):
    answer = browser(cast.people["MK"]).post(
        at("jit_refuse", cast.proposed()), {"obstacle": "other", "text": "", "version": 2} | key()
    )
    assert answer.status_code == 422
    assert "Say in words" in answer.content.decode()


def test_the_desk_is_invited_and_goes_by_the_forms(browser, cast):
    jit = cast.proposed()
    skopje = browser(cast.people["MK"])
    desk = cast.house.office("case_desk", "EUROJUST")
    typed = {"office": str(desk.pk), "words": "Advice on the suitability.", "version": jit.version}
    assert skopje.post(at("jit_invite", jit), typed | key()).status_code == 302
    assert "Advice on the suitability." in browser(cast.desk).get(at("jit", jit)).content.decode()
    with cast.people["MK"].acting() as by:
        part = JitParticipant.objects.visible_to(by).get()
    address = reverse("jit_end_part", args=[jit.pk, part.pk])
    assert address in skopje.get(at("jit", jit)).content.decode()
    assert skopje.post(address, {"version": jit.version} | key()).status_code == 302
    assert browser(cast.desk).get(at("jit", jit)).status_code == 404


def test_who_sees_the_team_and_why_is_told_and_parties_stay(browser, cast):
    page = browser(cast.people["MK"]).get(at("sharing", cast.proposed())).content.decode()
    assert "Drita" in page
    assert "Borko" not in page


@pytest.mark.parametrize(
    ("asked", "count"), [({}, 1), ({"status": "idea"}, 0), ({"own": "on"}, 0), ({"text": "borders"}, 1)]
)
def test_the_list_is_narrowed_and_taken_along(browser, cast, asked, count):
    cast.proposed()
    skopje = browser(cast.people["MK"])
    assert len(skopje.get(reverse("jits"), asked).context["rows"]) == count
    lines = skopje.get(reverse("jits_export"), {**asked, "format": "csv"}).content.decode("utf-8-sig")
    assert lines.count("Vehicles over three borders") == count


def test_the_list_takes_the_same_statements_whatever_its_length(cast):
    def statements():
        with cast.people["AL"].acting() as by, CaptureQueriesContext(connection) as captured:
            lists.jit_list(actor=by, after=None)
        return len(captured)

    cast.idea()
    few = statements()
    cast.idea(title="A second team"), cast.idea(title="A third team")
    assert statements() == few


def test_what_waits_at_home_goes_when_the_party_has_spoken(cast):
    jit = cast.assessed()
    waits = {}
    for code in ("AL", "MK", "XK", "RS"):
        with cast.people[code].acting() as by:
            waits[code] = panels.waiting(record=None, actor=by, at=cast.now) is not None
    assert waits == {"AL": True, "MK": True, "XK": True, "RS": False}
    cast.does("XK", actions.agree, jit)
    with cast.people["XK"].acting() as by:
        assert panels.waiting(record=None, actor=by, at=cast.now) is None
