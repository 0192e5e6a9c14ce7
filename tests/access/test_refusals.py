"""What the runtime role cannot do at all, whatever the application forgets."""

from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction

from foundation import access
from foundation.access import Level, Reason
from foundation.audit.models import Detail
from tests.bed.sides import as_owner

DIRECT = {
    "a root of one's own making": "INSERT INTO access_root (id, kind, reference, title, folded, opened_at, sort_at, acl)"
    " VALUES (gen_random_uuid(), 'x', 'x', 'x', 'x', now(), now(), access_principals())",
    "oneself into the array": "UPDATE access_root SET acl = acl || access_principals()",
    "an end to a root": "DELETE FROM access_root",
    "a share for oneself": "INSERT INTO access_share (id, root_id, principal_id, level, reason, purpose, granted_at,"
    " granted_by_id) SELECT gen_random_uuid(), id, (access_principals())[1], 3, 'share', '', now(), access_membership()"
    " FROM access_root",
    "a higher level": "UPDATE access_share SET level = 3",
    "a share undone": "DELETE FROM access_share",
    "a projection for oneself": "UPDATE access_rootgrant SET until = NULL",
    "a projection gone": "DELETE FROM access_rootgrant",
    "an offer for oneself": "UPDATE access_offer SET level = 2",
    "a look at the events": "SELECT * FROM audit_event",
    "an event undone": "DELETE FROM audit_event",
    "a timeline rewritten": "UPDATE audit_detail SET purpose = ''",
    "a timeline undone": "DELETE FROM audit_detail",
    "a change that nobody made": "INSERT INTO access_change (xid, at, membership) VALUES (1, now(), access_membership())",
    "a change undone": "DELETE FROM access_change",
    "a change by its own function": "SELECT access_changed(NULL, NULL, NULL, access_membership())",
    "a table emptied": "TRUNCATE access_share CASCADE",
    "row security switched off": "ALTER TABLE access_root DISABLE ROW LEVEL SECURITY",
    "a policy more": "CREATE POLICY mine ON access_root USING (true)",
    "a trigger switched off": "ALTER TABLE access_share DISABLE TRIGGER ALL",
    "a write into the ledger by its own function": "SELECT access_write_share((SELECT id FROM access_root LIMIT 1), 1, 3,"
    " 'share', '', NULL)",
    "the projection by its own function": "SELECT access_project((SELECT id FROM access_root LIMIT 1), 1)",
}


@pytest.mark.parametrize("wish", DIRECT)
def test_the_runtime_role_cannot_write(wish, story):
    root = story.open()
    story.share(root, story.bob)
    with story.bob.acting():
        with pytest.raises(DatabaseError) as refused, transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(DIRECT[wish])
        assert getattr(refused.value.__cause__, "sqlstate", "") == "42501"


def test_the_runtime_role_sees_only_its_own_projection(story):
    root = story.open()
    story.share(root, story.bob)
    with story.bob.acting() as actor, connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT group_id FROM access_rootgrant")
        assert {group for (group,) in cursor.fetchall()} <= set(actor.principals)


def test_a_detail_for_an_audience_that_is_not_ones_own_is_refused(story):
    root = story.open()
    story.share(root, story.bob, Level.CONTRIBUTE)
    with story.ann.acting():
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                "SELECT audit_record('x.y.z', %s, '{}', '', 'done', NULL, NULL, true, %s, '', '{}')",
                [root, story.bob.membership.group_id],
            )
        assert not Detail.objects.filter(root_id=root, verb="x.y.z").exists()


def test_an_unknown_and_a_hidden_root_get_the_same_answer(story):
    hidden = story.open(by=story.bob)
    for root in (hidden, uuid4()):
        with pytest.raises(access.NotThere), story.ann.acting() as actor:
            access.touch(by=actor, root_id=root)
        with pytest.raises(access.NotThere), story.ann.acting() as actor:
            access.grant(
                by=actor,
                root_id=root,
                principal=actor.membership_group,
                level=Level.VIEW,
                reason=Reason.SHARE,
            )


def test_a_look_that_was_refused_names_who_was_refused_and_nothing_else(story):
    """Only a refusal may name its membership; a deed always carries the one who acts."""
    with story.ann.acting() as actor, connection.cursor() as cursor:
        cursor.execute(
            "SELECT audit_record('x.y.z', NULL, '{}', '', 'done', NULL, %s, false, NULL, '', '{}')",
            [story.bob.membership.pk],
        )
        event = cursor.fetchone()[0]
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("SELECT membership FROM audit_event WHERE id = %s", [event])
        assert cursor.fetchone()[0] == actor.membership_id
