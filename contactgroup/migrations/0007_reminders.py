from django.db import migrations

from foundation.notifications.reminders.sources import source, watch

SILENT_SEATS = (
    "SELECT f.group_id, NULL::uuid FROM contactgroup_elector e JOIN tenancy_office f ON f.id = e.seat_id"
    " JOIN contactgroup_turnout u ON u.round_id = t.id AND u.partner_id = e.partner_id AND NOT u.stands"
    " WHERE e.root_id = t.root_id"
)
SEATS_CALLED = (
    "SELECT s.principal_id, NULL::uuid FROM access_share s"
    " JOIN tenancy_office f ON f.group_id = s.principal_id AND f.kind = 'contact_group_seat'"
    " WHERE s.root_id = t.root_id AND s.revoked_at IS NULL AND (s.until IS NULL OR s.until > now())"
)


class Migration(migrations.Migration):
    dependencies = [
        ("contactgroup", "0006_vote_ends"),
        ("meetings", "0005_reminders"),
        ("notifications", "0007_reminder_sources"),
    ]

    operations = [
        *source(
            name="contactgroup_votes_ending",
            kind="contactgroup.vote.ending",
            table="contactgroup_votinground",
            due="closes_at",
            waits=SILENT_SEATS,
            unfinished="t.closed_at IS NULL",
            changes=("closed_at",),
        ),
        watch(kind="contactgroup.vote.ending", table="contactgroup_turnout", key="round_id", columns=("stands",)),
        *source(
            name="contactgroup_nominations_due",
            kind="contactgroup.nominations.due",
            table="meetings_meeting",
            key="root_id",
            due="nominations_until",
            waits=SEATS_CALLED,
            unfinished="t.status = 'planned'",
            changes=("status",),
        ),
    ]
