"""Whoever is let into a case later learns that its facts changed, and not what had stood there before."""

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError

from cases import actions
from cases.queries import timeline
from foundation.audit.models import Detail
from tests.cases.cast import facts

SECRET = "Informant of Pogradec"


@pytest.fixture
def reworded(world):
    """A case whose first title and partners said too much, mended before it was shared."""
    case = world.open(
        title=SECRET, summary=SECRET, handling_text=SECRET, handling=["H3"], partners=[world.house.partner("RS")]
    )
    with world.ann.acting() as actor:
        case = actions.edit(case=case, facts=facts(), version=case.version, by=actor, at=world.now)
    world.share(case, world.mira)
    return case


def told(person, case):
    """Every line of the timeline as this person reads it."""
    with person.acting() as actor:
        rows, _older = timeline.happenings(actor, case.pk, after=None, limit=50)
        return " ".join(f"{entry.what} {entry.details}" for entry in timeline.entries(rows, {}))


def test_who_joins_later_reads_which_fields_changed_and_no_earlier_value(world, reworded):
    lines = told(world.mira, reworded)
    assert "Facts of the case changed" in lines
    assert "Title" in lines
    assert SECRET not in lines
    with world.mira.acting() as actor:
        assert SECRET not in str(list(Detail.objects.visible_to(actor).of(reworded.pk).values()))


def test_the_row_policy_alone_keeps_it_too(world, reworded):
    with world.mira.acting():
        assert SECRET not in str(list(Detail._default_manager.filter(root_id=reworded.pk).values()))


def test_the_editors_authority_reads_what_stood_there(world, reworded):
    assert f"{SECRET} → Cigarettes over the lake" in told(world.ann, reworded)


def test_nothing_is_added_to_an_event_of_somebody_else(world, reworded):
    with world.ann.acting() as actor:
        event = Detail.objects.visible_to(actor).of(reworded.pk).first().event
    with (
        world.mira.acting() as actor,
        pytest.raises(DatabaseError),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("SELECT audit_keep(%s, %s, '{}')", [event, actor.authority_group])
