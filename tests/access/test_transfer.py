"""A person moves from one authority to another: 10 000 cases, and not one root or share is rewritten."""

from __future__ import annotations

import pytest
from django.db import connection

from foundation import access
from foundation.access.models import Root
from foundation.tenancy.choices import OfficeKind
from foundation.tenancy.models import Membership
from tests.access.story import Story
from tests.bed.sides import as_owner

CASES = 10_000
# What ten thousand openings leave behind; the trigger that projects each share would take a minute for it.
BULK = """
SET CONSTRAINTS ALL IMMEDIATE;
ALTER TABLE access_share DISABLE TRIGGER access_share_is_projected;
INSERT INTO access_root (id, kind, reference, title, folded, opened_at, sort_at, acl)
SELECT gen_random_uuid(), 'sample', 'S-' || i, 'Sample', 'sample', now(), now() - make_interval(secs => i),
       ARRAY[%(registry)s, %(authority)s]
  FROM generate_series(1, %(cases)s) i;
INSERT INTO access_share (id, root_id, principal_id, level, reason, purpose, granted_at, granted_by_id)
SELECT gen_random_uuid(), r.id, p.principal, p.level, 'team', '', now(), %(by)s
  FROM access_root r CROSS JOIN (VALUES (%(registry)s, 3), (%(authority)s, 2)) p(principal, level)
 WHERE r.kind = 'sample';
INSERT INTO access_rootgrant (group_id, permission_id, content_object_id, level, kind, opened_at, sort_at)
SELECT s.principal_id, p.id, r.id, l, r.kind, r.opened_at, r.sort_at
  FROM access_share s JOIN access_root r ON r.id = s.root_id CROSS JOIN generate_series(1, s.level) l
  JOIN auth_permission p ON p.codename = (ARRAY['view_root', 'contribute_root', 'manage_root'])[l]
 WHERE r.kind = 'sample';
ALTER TABLE access_share ENABLE TRIGGER access_share_is_projected;
SET CONSTRAINTS ALL DEFERRED;
"""
TABLES = ("access_root", "access_share", "access_rootgrant")


@pytest.fixture
def many(story: Story) -> None:
    """Cases of Ann's authority, which she works on by her office there and not by name."""
    registry = story.house.office(OfficeKind.CASE_REGISTRY, "AA", story.ann.membership.authority)
    with story.ann.acting() as actor, as_owner(), connection.cursor() as cursor:
        groups = {"registry": registry.group_id, "authority": actor.authority_group}
        cursor.execute(BULK, {"cases": CASES, "by": actor.membership_id, **groups})


def state() -> dict[str, tuple[object, ...]]:
    """A print of every row version: a rewritten row has another place and another writer."""
    prints = {}
    with as_owner(), connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(
                f"SELECT count(*), md5(string_agg(ctid::text || xmin::text, ',' ORDER BY ctid)) FROM {table}"
            )
            prints[table] = cursor.fetchone()
    return prints


def count(story: Story, membership: Membership) -> int:
    with access.acting_as(membership.account_id, membership.pk) as actor:
        return Root.objects.visible_to(actor).count()


@pytest.mark.usefixtures("many")
def test_a_transfer_rewrites_nothing(story):
    before, now = state(), story.house.now
    assert count(story, story.ann.membership) == CASES
    assert before["access_root"][0] == CASES

    with as_owner():
        Membership.objects.filter(pk=story.ann.membership.pk).update(ends_at=now)
        moved = Membership.objects.create(
            account=story.ann.account,
            authority=story.ada.membership.authority,
            role=story.ann.membership.role,
            starts_at=now,
            proposed_at=now,
            confirmed_at=now,
            founding=True,
        )

    assert count(story, moved) == 0
    with pytest.raises(access.NotInOffice):
        count(story, story.ann.membership)
    assert count(story, story.abe.membership) == CASES
    assert state() == before


@pytest.mark.usefixtures("many")
def test_the_print_notices_a_rewritten_row(story):
    """Else the test above would prove nothing."""
    before = state()
    with story.ann.acting() as actor:
        root = Root.objects.newest_page(actor, kind="sample", limit=1).rows[0]
        access.touch(by=actor, root_id=root.pk, title="Another")
    assert state()["access_root"] != before["access_root"]
    assert state()["access_share"] == before["access_share"]
