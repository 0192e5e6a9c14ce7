from uuid import uuid4

import pytest
from django.urls import reverse

from foundation import access
from foundation.notifications.models import Notice
from foundation.workflow.states import TransitionNotAllowed
from jits import actions, states
from jits.agreement import content, shipped
from jits.agreement.unable import UnableToFill
from jits.choices import Status
from jits.models import Jit, JitDraft
from jits.queries.agreement import agreement
from jits.queries.drafting import documents, draft_of, open_points
from jits.refusals import UnableToDraft
from tests.jits.agreement.giving import UNION, WEST_BALKANS
from tests.jits.drafting.conftest import LANGUAGES

pytestmark = pytest.mark.django_db
MODEL = {"template_version": "2026", "languages": LANGUAGES, "bases": WEST_BALKANS}


def key():
    return {"submission_key": str(uuid4())}


def test_a_party_takes_a_version_with_what_is_recommended_and_what_the_team_knows(cast):
    draft = cast.taken()
    assert (draft.template, draft.template_version, draft.languages) == ("model", "2026", ["en", "sq"])
    assert draft.bases == ["bilateral", "reciprocity"]
    assert set(draft.chosen) == shipped.template("2026").recommended(WEST_BALKANS)
    assert draft.values["months"] == 12
    assert [row["authority"] for row in draft.values["parties"]] == [
        cast.authority(code).name for code in ("AL", "XK", "MK")
    ]
    with cast.people["XK"].acting() as by:
        assert Notice.objects.visible_to(by).filter(kind="jits.agreement.taken").count() == 1
    with cast.people["AL"].acting() as by:
        assert not Notice.objects.visible_to(by).filter(kind="jits.agreement.taken").exists()


@pytest.mark.parametrize("status", sorted(set(Status) - states.TAKE.sources))
def test_a_model_is_taken_while_the_agreement_is_drafted_and_at_no_other_time(cast, status):
    jit = cast.in_state(status)
    with pytest.raises((TransitionNotAllowed, Jit.DoesNotExist)):
        cast.does("AL", actions.take, jit, **MODEL)


@pytest.mark.parametrize("name", ["set_terms", "fill"])
def test_a_team_that_rests_is_not_drafted(cast, name):
    draft = cast.taken()
    cast.does("AL", actions.suspend, cast.jit(draft), reason="Elections.")
    with pytest.raises(TransitionNotAllowed):
        getattr(cast, name)(draft, *([{}] if name == "fill" else []))


def test_a_model_is_taken_once(cast):
    draft = cast.taken()
    with pytest.raises(UnableToDraft, match="already"):
        cast.does("MK", actions.take, cast.jit(draft), **MODEL)


@pytest.mark.parametrize(
    "wrong", [{"template_version": "1999"}, {"languages": ["de"]}, {"languages": []}, {"bases": []}, {"bases": ["x"]}]
)
def test_what_the_model_does_not_know_is_refused(cast, wrong):
    with pytest.raises(UnableToDraft):
        cast.does("AL", actions.take, cast.drafting(), **MODEL | wrong)


def test_a_stranger_finds_nothing_and_whoever_may_only_look_is_refused(cast):
    jit = cast.drafting()
    for stranger in ("RS", "ME"):
        with cast.people[stranger].acting() as by, pytest.raises(Jit.DoesNotExist):
            actions.take(jit=jit, version=jit.version, by=by, at=cast.now, **MODEL)
    with cast.investigator.acting() as by, pytest.raises(access.Forbidden):
        actions.take(jit=jit, version=jit.version, by=by, at=cast.now, **MODEL)
    draft = cast.taken_for(jit)
    cast.does("AL", actions.invite, jit, office=cast.house.office("case_desk", "EUROJUST").pk, words="Advice.")
    for stranger in ("RS", "ME"):
        for name in ("fill", "set_terms"):
            with pytest.raises(JitDraft.DoesNotExist):
                cast.tries(name, draft, cast.people[stranger])
    with pytest.raises(access.Forbidden):
        cast.set_terms(draft, by=cast.investigator)
    for name in ("fill", "set_terms"):
        with pytest.raises(access.Forbidden):
            cast.tries(name, draft, cast.desk)
    with cast.desk.acting() as by:
        view = agreement(Jit.objects.visible_to(by).get(), actor=by)
        assert view is not None
        assert not view.may_fill
        assert not view.may_set


def test_terms_change_clauses_and_lose_no_value(cast):
    draft = cast.complete()
    with cast.people["AL"].acting() as by:
        before = documents(draft, by=by)["en"]
    changed = cast.set_terms(draft, bases=UNION, languages=["en"])
    assert changed.values == draft.values
    assert changed.languages == ["en"]
    with cast.people["AL"].acting() as by:
        view = agreement(Jit.objects.visible_to(by).get(), actor=by)
        assert view is not None
        assert "platform" in {row.clause.id for row in view.clauses}
    assert "platform" not in {clause.id for clause in before.clauses}


@pytest.mark.parametrize("name", ["fill", "set_terms"])
def test_an_act_on_an_older_version_is_stale(cast, name):
    draft = cast.taken()
    cast.fill(draft, {"months": 18})
    with pytest.raises(access.StaleVersion):
        cast.tries(name, draft, cast.people["MK"])


def test_values_are_saved_as_far_as_they_are_known_by_whoever_works_in_the_team(cast):
    draft = cast.fill(cast.taken(), {"channel": {"en": "SIENA."}, "midterm": False}, by=cast.investigator)
    assert draft.values["channel"] == {"en": "SIENA."}
    with cast.people["AL"].acting() as by:
        with pytest.raises(UnableToFill) as unable:
            documents(draft, by=by)
        view = agreement(Jit.objects.visible_to(by).get(), actor=by)
    assert "acts" in {problem.about for problem in unable.value.problems}
    assert view is not None
    assert ("“Channel of exchange” is missing in the language sq.", "access") in {
        (one.sentence, one.clause) for one in view.missing
    }
    assert cast.fill(draft, {"midterm": None}).values.keys() & {"midterm", "channel"} == {"channel"}


@pytest.mark.parametrize(
    "wrong",
    [{"months": 0}, {"months": "x"}, {"channel": {"en": "a\u202eb"}}, {"parties": "x"}, {"parties": [{}]}, {"aims": ["x"]},
     {"expiry": "2028-05-03"}, {"end_date": "soon"}, {"text_languages": ["en"]}],
)  # fmt: skip
def test_a_value_that_is_not_what_is_asked_for_is_refused(cast, wrong):
    draft = cast.taken()
    with pytest.raises(UnableToDraft):
        cast.fill(draft, wrong)
    assert cast.standing(draft).version == 1


def test_a_complete_draft_gives_the_same_document_as_the_model_itself(cast, drawn_up):
    draft = cast.complete()
    with cast.people["XK"].acting() as by:
        found = documents(draft, by=by)
        assert open_points(draft, by=by) == ()
    expected = {language: drawn_up(language=language, text_languages=["en", "sq"]) for language in LANGUAGES}
    assert {name: content.digest(one) for name, one in found.items()} == {
        name: content.digest(one) for name, one in expected.items()
    }


def test_nobody_takes_a_model_twice_by_a_form_sent_twice(browser, cast):
    jit = cast.drafting()
    agim = browser(cast.people["AL"])
    address = reverse("jit_take", args=[jit.pk])
    assert "bilateral agreements" in agim.get(address).content.decode()
    once = {"template_version": "2026", "languages": ["en", "sq"], "bases": ["untoc"], "version": jit.version} | key()
    for _time in range(2):
        assert agim.post(address, once).status_code == 302
    assert cast.standing(jit).bases == ["untoc"]
    assert browser(cast.people["RS"]).get(address).status_code == 404
    assert browser(cast.investigator).get(address).status_code == 403


def test_the_page_shows_the_text_in_each_language_with_its_gaps(browser, cast):
    draft = cast.taken()
    address = reverse("jit_agreement", args=[draft.root_id])
    drita = browser(cast.people["XK"])
    page = drita.get(address).content.decode()
    assert all(
        words in page for words in ("Legal basis", "[Channel of exchange]", "is missing", "Draft without legal effect")
    )
    assert "Baza ligjore" in drita.get(address + "?language=sq").content.decode()
    assert browser(cast.people["ME"]).get(address).status_code == 404
    assert browser(cast.people["ME"]).get(reverse("print", args=["jits.agreement", draft.root_id])).status_code == 404


def test_before_a_model_is_taken_the_page_says_how(browser, cast):
    jit = cast.drafting()
    address = reverse("jit_agreement", args=[jit.pk])
    assert reverse("jit_take", args=[jit.pk]) in browser(cast.people["MK"]).get(address).content.decode()
    assert reverse("jit_take", args=[jit.pk]) not in browser(cast.investigator).get(address).content.decode()
    with cast.people["AL"].acting() as by:
        assert draft_of(jit, by=by) is None


def test_a_clause_is_filled_in_by_its_form_and_a_stale_form_comes_back_field_by_field(browser, cast):
    draft = cast.taken()
    address = reverse("jit_fill", args=[draft.root_id, "access"])
    ivan = browser(cast.investigator)
    opened = ivan.get(address)
    original = opened.context["original"]
    typed = {"channel__en": "SIENA.", "channel__sq": "", "version": 1, "original": original}
    assert ivan.post(address, typed | key()).status_code == 302
    late = browser(cast.people["AL"]).post(address, typed | {"channel__en": "By courier."} | key())
    assert late.status_code == 409
    page = late.content.decode()
    assert all(words in page for words in ("SIENA.", "By courier.", "Ivan"))
    assert cast.standing(draft).values["channel"] == {"en": "SIENA."}
    for nowhere in ("nothing", "preamble2", "media"):
        assert ivan.get(reverse("jit_fill", args=[draft.root_id, nowhere])).status_code == 404


def test_rows_are_filled_in_and_an_emptied_row_goes(browser, cast):
    draft = cast.taken()
    address = reverse("jit_fill", args=[draft.root_id, "leaders"])
    agim = browser(cast.people["AL"])
    row = {
        "leaders__0__name": "Arta Hoxha",
        "leaders__0__position__en": "Prosecutor",
        "leaders__0__partner__en": "Albania",
    }
    assert agim.post(address, row | {"version": 1} | key()).status_code == 302
    draft = cast.standing(draft)
    assert draft.values["leaders"] == [
        {"name": "Arta Hoxha", "position": {"en": "Prosecutor"}, "authority": "", "partner": {"en": "Albania"}}
    ]
    assert "Arta Hoxha" in agim.get(reverse("jit_agreement", args=[draft.root_id])).content.decode()
    assert agim.post(address, {"version": 2} | key()).status_code == 302
    assert "leaders" not in cast.standing(draft).values


def test_terms_are_changed_by_their_form(browser, cast):
    draft = cast.taken()
    address = reverse("jit_terms", args=[draft.root_id])
    agim = browser(cast.people["AL"])
    form = agim.get(address).context["form"]
    typed = {"languages": ["en"], "bases": ["untoc"], "version": 1, "option__costs": "costs.joint"}
    assert agim.post(address, typed | key()).status_code == 422, "an option of which one is needed"
    whole = {name: value for name, value in form.initial.items() if name in form.fields} | typed
    assert agim.post(address, whole | key()).status_code == 302
    draft = cast.standing(draft)
    assert "costs.joint" in draft.chosen
    assert "costs.own" not in draft.chosen


def test_stale_terms_come_back_field_by_field(browser, cast):
    draft = cast.taken()
    address = reverse("jit_terms", args=[draft.root_id])
    agim = browser(cast.people["AL"])
    opened = agim.get(address)
    form = opened.context["form"]
    mine = {name: value for name, value in form.initial.items() if name in form.fields}
    mine |= {"languages": ["en"], "original": opened.context["original"]}
    cast.set_terms(draft, by=cast.people["MK"], languages=["en", "mk"])
    answer = agim.post(address, mine | key())
    assert answer.status_code == 409
    row = next(row for row in answer.context["rows"] if row.field.name == "languages")
    assert row.must_choose
    assert "Simona" in answer.content.decode()


def test_a_draft_is_printed_with_its_gaps_in_its_own_languages_alone(browser, cast):
    draft = cast.taken()
    address = reverse("print", args=["jits.agreement", draft.root_id])
    agim = browser(cast.people["AL"])
    assert [code for code, _name in agim.get(address).context["form"].fields["language"].choices] == ["en", "sq"]
    assert agim.post(address, {"language": "mk"} | key()).status_code == 422
    assert agim.post(address, {"language": "sq"} | key()).status_code == 302
