"""What the database keeps of tokens and systems, whatever the application does."""

import pytest
from django.db import DatabaseError, connection, transaction

from foundation.tenancy.choices import OfficeKind, Role
from tests.bed.sides import as_owner


def refused_by_the_database(statement, parameters):
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, parameters)
    return True


@pytest.mark.parametrize(
    "change",
    [
        "expires_at = expires_at + interval '1 day'",
        "scopes = '{sharing:write}'",
        "networks = '{192.0.2.0/24}'",
        "granted_by_id = membership_id",
        "digest = repeat('0', 64)",
        "revoked_at = now(), revoked_by_id = membership_id",
    ],
)
def test_a_token_is_not_changed_by_plain_sql(world, change):
    granted = world.grant()
    with world.ann.acting():
        assert refused_by_the_database(f"UPDATE systems_systemtoken SET {change} WHERE id = %s", [granted.token.pk])


def test_a_revocation_is_not_taken_back_and_no_token_deleted(world):
    granted = world.grant()
    world.revoke(granted)
    with world.ann.acting():
        assert refused_by_the_database(
            "UPDATE systems_systemtoken SET revoked_at = NULL, revoked_by_id = NULL WHERE id = %s", [granted.token.pk]
        )
        assert refused_by_the_database("DELETE FROM systems_systemtoken WHERE id = %s", [granted.token.pk])


@pytest.mark.parametrize(
    "role", [Role.PARTNER_ADMINISTRATOR, Role.PROGRAMME_MANAGER, Role.TECHNICAL_ADMINISTRATOR, Role.AUDITOR]
)
def test_a_system_has_no_role_that_gives_rights_or_reads_the_record(world, role):
    with pytest.raises(DatabaseError), transaction.atomic():
        world.house.system("Puppet", "P", role)


def test_a_system_holds_no_seat(world):
    with pytest.raises(DatabaseError), transaction.atomic():
        world.house.system("Voter", "P", offices=(OfficeKind.CONTACT_GROUP_SEAT,))
    world.house.system("Registry", "P", offices=(OfficeKind.CASE_REGISTRY, OfficeKind.COORDINATOR))


@pytest.mark.parametrize(
    "change", ["password = 'pbkdf2_sha256$1$a$b'", "is_staff = true", "email = 'a@example.org'", "kind = 'person'"]
)
def test_the_account_of_a_system_can_never_sign_in(world, change):
    with as_owner():
        assert refused_by_the_database(
            f"UPDATE tenancy_account SET {change} WHERE id = %s", [world.register.account.pk]
        )
