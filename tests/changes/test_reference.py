"""Whatever happens, whoever follows the feed holds what the reference says is visible, and was told of nothing that it never saw."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.changes.stage import Stage

ACTS = (
    "share",
    "share",
    "share",
    "revoke",
    "leave",
    "expire",
    "appoint",
    "end",
    "change",
    "change",
    "follow",
    "follow",
)


def act(stage: Stage, word: str, data: st.DataObject) -> None:
    """One act, if there is something to do it to."""
    standing = [key for key, share in stage.shares.items() if not share.revoked]
    mine = [
        key
        for key in standing
        if stage.shares[key].principal == stage.own and stage.world.ahead(stage.shares[key].until)
    ]
    dated = [key for key in standing if stage.shares[key].until]
    serving = [key for key, holder in stage.holders.items() if holder.live(0)]
    if word == "share":
        root, principal = data.draw(st.sampled_from(stage.roots)), data.draw(st.sampled_from(stage.principals))
        stage.share(root, principal, dated=data.draw(st.booleans()))
    elif word == "revoke" and standing:
        stage.revoke(data.draw(st.sampled_from(standing)), stage.ann)
    elif word == "leave" and mine:
        stage.revoke(data.draw(st.sampled_from(mine)), stage.register)
    elif word == "expire" and dated:
        stage.expire(data.draw(st.sampled_from(dated)))
    elif word == "appoint" and not serving:
        stage.appoint()
    elif word == "end" and serving:
        stage.end(serving[0], by_the_clock=data.draw(st.booleans()))
    stage.noted()


def change(stage: Stage, data: st.DataObject) -> None:
    """A change for an audience shows to the register exactly where it belongs to the audience."""
    stage.follow()
    root = data.draw(st.sampled_from(stage.roots))
    audience = data.draw(st.sampled_from([None, stage.ann.membership.group_id]))
    stage.change(root, audience)
    told = stage.follow()
    assert (root in told) == stage.world.reads(stage.member, root, audience)


def look(stage: Stage) -> None:
    told = stage.follow()
    assert stage.held == stage.sees()
    assert set(told) <= stage.ever, "a trace of what was never seen"
    assert stage.follow() == {}


@pytest.mark.commits
@pytest.mark.writes_outside_actions
def test_a_client_that_follows_holds_what_is_visible():
    @settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
    @given(
        data=st.data(),
        limit=st.sampled_from([1, 2, 50]),
        words=st.lists(st.sampled_from(ACTS), min_size=4, max_size=25),
    )
    def run(data: st.DataObject, limit: int, words: list[str]) -> None:
        stage = Stage(limit)
        for _root in range(3):
            stage.open()
        for word in words:
            if word == "follow":
                look(stage)
            elif word == "change":
                change(stage, data)
            else:
                act(stage, word, data)
        look(stage)

    run()
