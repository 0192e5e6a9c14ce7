from django.db import migrations

from foundation.notifications.reminders.sources import source

CONCERNED = (
    "SELECT NULL::int, t.{membership} UNION ALL"
    " SELECT NULL::int, m.id FROM tenancy_membership m JOIN tenancy_authority u ON u.id = m.authority_id"
    " WHERE m.role = 'partner_administrator' AND u.partner_id = (SELECT {partner})"
)
OF_AUTHORITY = "a.partner_id FROM tenancy_authority a WHERE a.id = t.authority_id"
OF_OFFICE = "f.partner_id FROM tenancy_office f WHERE f.id = t.office_id"


class Migration(migrations.Migration):
    dependencies = [
        ("partners", "0002_confirmation"),
        ("tenancy", "0003_appointment_ends"),
        ("notifications", "0007_reminder_sources"),
    ]

    operations = [
        *source(
            name="partners_memberships_ending",
            kind="partners.membership.ending",
            table="tenancy_membership",
            root="NULL::uuid",
            due="ends_at",
            waits=CONCERNED.format(membership="id", partner=OF_AUTHORITY),
            unfinished="t.confirmed_at IS NOT NULL",
            changes=("confirmed_at",),
            made="NEW.ends_at IS NOT NULL",
        ),
        *source(
            name="partners_offices_ending",
            kind="partners.office.ending",
            table="tenancy_officeholder",
            root="NULL::uuid",
            due="ends_at",
            waits=CONCERNED.format(membership="membership_id", partner=OF_OFFICE),
            unfinished="t.confirmed_at IS NOT NULL",
            changes=("confirmed_at",),
            made="NEW.ends_at IS NOT NULL",
        ),
    ]
