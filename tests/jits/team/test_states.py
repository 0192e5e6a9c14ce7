import pytest

from foundation import access
from foundation.workflow.states import TransitionNotAllowed
from jits import actions, states
from jits.choices import OVER, Status
from jits.models import Jit, JitParticipant, JitParty
from jits.queries.team import transitions
from jits.refusals import UnableToDecide, UnableToInvite
from tests.jits.team.conftest import WHY

pytestmark = pytest.mark.django_db
END = {"obstacle": "lengthy", "text": "", "parallel": True}
# Who does it when it is possible, and with what.
ACTS = {
    "revise": ("AL", actions.revise, {}),
    "propose": ("AL", actions.propose, {}),
    "assess": ("MK", actions.assess, {}),
    "agree": ("XK", actions.agree, {}),
    "draft": ("XK", actions.draft, {"justification": WHY}),
    "refuse": ("XK", actions.refuse, END),
    "suspend": ("XK", actions.suspend, {"reason": "Elections."}),
    "resume": ("MK", actions.resume, {}),
    "not_set_up": ("AL", actions.not_set_up, END),
}
REVISED = {"months": 18}


def do(cast, jit, name):
    code, act, facts = ACTS[name]
    if name == "revise":
        facts = {"asked": cast.asked(**REVISED)}
    return cast.does(code, act, jit, **facts)


@pytest.mark.parametrize("status", Status)
def test_each_state_allows_the_acts_of_the_table_and_no_other(cast, status):
    jit = cast.in_state(status)
    assert jit.status == status
    for transition in states.TRANSITIONS:
        if status in transition.sources:
            continue
        with pytest.raises((TransitionNotAllowed, Jit.DoesNotExist)):
            do(cast, jit, transition.name)
    with cast.people["AL"].acting() as by:
        assert Jit.objects.visible_to(by).get(pk=jit.pk).status == status


@pytest.mark.parametrize(
    ("transition", "status"),
    [(row, status) for row in states.TRANSITIONS for status in sorted(row.sources) if row.name != "agree"],
    ids=lambda value: getattr(value, "name", str(value)),
)
def test_each_act_leads_where_the_table_says(cast, transition, status):
    jit = cast.in_state(status)
    before = jit.version
    if status == "idea" and transition.name == "not_set_up":
        moved = cast.does("AL", actions.not_set_up, jit, **END)
    else:
        moved = do(cast, jit, transition.name)
    expected = {"resume": Status.ASSESSMENT, "revise": status}.get(transition.name, transition.target)
    assert (moved.status, moved.version) == (expected, before + 1)


def test_every_act_of_the_table_is_tried_here():
    assert {row.name for row in states.TRANSITIONS} == ACTS.keys()


def test_the_team_is_agreed_with_the_last_party_and_not_before(cast):
    jit = cast.assessed()
    for code, status in (("AL", "assessment"), ("XK", "assessment"), ("MK", "agreed")):
        jit = cast.does(code, actions.agree, jit)
        assert jit.status == status


def test_a_party_agrees_once(cast):
    jit = cast.does("XK", actions.agree, cast.assessed())
    with pytest.raises(UnableToDecide, match="already"):
        cast.does("XK", actions.agree, jit)
    with pytest.raises(UnableToDecide, match="already"):
        cast.does("XK", actions.refuse, jit, **END)


def test_that_another_party_agreed_makes_no_form_stale(cast):
    jit = cast.assessed()
    cast.does("AL", actions.agree, jit)
    cast.does("MK", actions.agree, jit, version=jit.version)


def test_whoever_agreed_to_other_words_is_asked_again(cast):
    jit = cast.does("XK", actions.agree, cast.assessed())
    revised = cast.does("AL", actions.revise, jit, asked=cast.asked(months=24))
    with cast.people["AL"].acting() as by:
        assert not JitParty.objects.visible_to(by).filter(agreed_at__isnull=False).exists()
    with pytest.raises(access.StaleVersion):
        cast.does("MK", actions.agree, revised, version=jit.version)


def test_a_request_that_did_not_change_voids_nothing(cast):
    jit = cast.does("XK", actions.agree, cast.assessed())
    cast.does("AL", actions.revise, jit, asked=cast.asked())
    with cast.people["AL"].acting() as by:
        assert JitParty.objects.visible_to(by).filter(agreed_at__isnull=False).count() == 1


@pytest.mark.parametrize(("code", "name"), [("MK", "revise"), ("AL", "assess"), ("AL", "refuse")])
def test_what_is_another_party_s_turn_is_refused(cast, code, name):
    jit = cast.proposed()
    _code, act, facts = ACTS[name]
    facts = {"asked": cast.asked()} if name == "revise" else facts
    with pytest.raises(UnableToDecide):
        cast.does(code, act, jit, **facts)
    with cast.people[code].acting() as by:
        own = JitParty.objects.visible_to(by).get(partner=by.partner_id)
        assert name not in {one.name for one in transitions(jit, own, actor=by)}


def test_an_end_has_a_reason_and_another_reason_has_words(cast):
    jit = cast.proposed()
    with pytest.raises(UnableToDecide, match="in words"):
        cast.does("MK", actions.refuse, jit, obstacle="other", text=" ", parallel=False)
    ended = cast.does("MK", actions.refuse, jit, obstacle="other", text="The file was joined.", parallel=True)
    assert (ended.obstacle, ended.obstacle_text, ended.parallel) == ("other", "The file was joined.", True)
    assert ended.ended_by_id == cast.people["MK"].membership.pk


@pytest.mark.parametrize("status", sorted(states.SUSPEND.sources))
def test_a_team_goes_on_from_where_it_was_suspended(cast, status):
    jit = cast.does("XK", actions.suspend, cast.in_state(status), reason="Elections.")
    assert (jit.status, jit.suspended_because) == ("suspended", "Elections.")
    jit = cast.does("MK", actions.resume, jit)
    assert (jit.status, jit.suspended_from, jit.suspended_because) == (status, "", "")


@pytest.mark.parametrize("name", sorted(ACTS.keys() - {"propose"}))
def test_a_stranger_finds_nothing_and_whoever_may_only_look_is_refused(cast, name):
    source = min(next(row.sources for row in states.TRANSITIONS if row.name == name) - {"idea"})
    jit = cast.in_state(source)
    if source != "suspended":
        cast.does("AL", actions.invite, jit, office=cast.house.office("case_desk", "EUROJUST").pk, words="Advice.")
    _code, act, facts = ACTS[name]
    facts = {"asked": cast.asked()} if name == "revise" else facts
    for stranger in ("RS", "ME"):
        with cast.people[stranger].acting() as by, pytest.raises(Jit.DoesNotExist):
            act(jit=jit, version=jit.version, by=by, at=cast.now, **facts)
    with cast.investigator.acting() as by, pytest.raises(access.Forbidden):
        act(jit=jit, version=jit.version, by=by, at=cast.now, **facts)
    if source != "suspended":
        with cast.desk.acting() as by, pytest.raises(access.Forbidden):
            act(jit=jit, version=jit.version, by=by, at=cast.now, **facts)


@pytest.mark.parametrize("name", sorted(ACTS))
def test_an_act_on_an_older_version_is_stale(cast, name):
    source = min(next(row.sources for row in states.TRANSITIONS if row.name == name))
    jit = cast.in_state(source)
    code, act, facts = ACTS[name]
    code = "AL" if source == "idea" else code
    facts = {"asked": cast.asked()} if name == "revise" else facts
    with pytest.raises(access.StaleVersion):
        cast.does(code, act, jit, version=jit.version + 1, **facts)


def test_a_participant_reads_until_its_part_ends_and_can_come_again(cast):
    desk = cast.house.office("case_desk", "EUROJUST").pk
    jit = cast.does("MK", actions.invite, cast.proposed(), office=desk, words="Advice.")
    assert cast.sees(cast.desk, jit)
    with pytest.raises(UnableToInvite):
        cast.does("AL", actions.invite, jit, office=desk, words="Again.")
    with cast.people["XK"].acting() as by:
        part = JitParticipant.objects.visible_to(by).get()
    cast.does("XK", actions.end_part, jit, participant=part.pk)
    assert not cast.sees(cast.desk, jit)
    with pytest.raises(UnableToInvite, match="already"):
        cast.does("XK", actions.end_part, jit, participant=part.pk)
    cast.does("AL", actions.invite, jit, office=desk, words="Again.")
    assert cast.sees(cast.desk, jit)


def test_an_office_that_cannot_take_part_is_refused(cast):
    seat = cast.house.office("contact_group_seat", "RS")
    with pytest.raises(UnableToInvite):
        cast.does("MK", actions.invite, cast.proposed(), office=seat.pk, words="Look.")


@pytest.mark.parametrize("status", sorted({*OVER, "idea"}))
def test_nobody_is_invited_to_a_team_that_is_over_or_only_an_idea(cast, status):
    desk = cast.house.office("case_desk", "EUROJUST").pk
    with pytest.raises(TransitionNotAllowed):
        cast.does("AL", actions.invite, cast.in_state(status), office=desk, words="Advice.")
