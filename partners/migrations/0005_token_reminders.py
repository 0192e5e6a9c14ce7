from django.db import migrations

from foundation.notifications.reminders.sources import source

ADMINISTRATORS = (
    "SELECT NULL::int, m.id FROM tenancy_membership m JOIN tenancy_authority u ON u.id = m.authority_id"
    " WHERE m.role = 'partner_administrator' AND u.partner_id = (SELECT su.partner_id FROM tenancy_membership s"
    " JOIN tenancy_authority su ON su.id = s.authority_id WHERE s.id = t.membership_id)"
)


class Migration(migrations.Migration):
    """A token that expires, unless it was replaced or revoked, is told to the administrators of its system's partner."""

    dependencies = [
        ("partners", "0004_people_confirm"),
        ("systems", "0002_walls"),
        ("notifications", "0007_reminder_sources"),
    ]

    operations = [
        *source(
            name="partners_tokens_expiring",
            kind="systems.token.expiring",
            table="systems_systemtoken",
            root="NULL::uuid",
            due="expires_at",
            waits=ADMINISTRATORS,
            unfinished="t.revoked_at IS NULL AND t.successor_id IS NULL",
            changes=("revoked_at", "successor_id"),
        ),
    ]
