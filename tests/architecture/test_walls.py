"""Every table has forced row security, or says here why not."""

import pytest
from django.apps import apps
from django.conf import settings

from foundation.access.models import RootRecord, SharedRecord
from tests.architecture import catalog

OPEN_BY_DESIGN = {
    "tenancy_account": "accounts are read before anybody acts: signing in is how acting begins",
    "tenancy_account_groups": "empty for ever: sight comes from memberships, and no account is put into a group",
    "tenancy_account_user_permissions": "empty for ever: nothing asks for a model permission",
    "tenancy_authority": "the directory is open inside the application",
    "tenancy_membership": "the directory is open; the context of a transaction is read from it",
    "tenancy_office": "the directory is open inside the application",
    "tenancy_officeholder": "the directory is open; the context of a transaction is read from it",
    "tenancy_partner": "the directory is open inside the application",
    "cases_crimetype": "reference data: the forms of serious crime",
    "cases_priority": "reference data: the priorities of the Union with their dates",
    "contactgroup_criterion": "reference data: the criteria of selection",
    "contactgroup_votingrule": "reference data: quorum and majority with their dates",
    "documents_filecheck": "where a file stands, when it was checked and how that ended; readers and staff see it, functions write it",
    "jits_instrumentparty": "reference data: who is bound by which treaty from when, no case content",
    "jits_legalinstrument": "reference data: what a joint investigation team can rest on",
    "jobs_job": "keys and instants only; workers claim before they act for anybody",
    "notifications_attempt": "keys, instants and numbers only: how one conversation with the mail server went",
    "notifications_delivery": "keys and instants only; workers claim before they act for anybody",
    "notifications_change": "keys and instants only; triggers note what the planner has to look at",
    "notifications_holiday": "reference data: public holidays of the partners",
    "notifications_offset": "reference data: how many days before people are reminded",
    "notifications_planned": "one instant for each kind of reminders",
    "notifications_reminder": "keys and instants only; workers claim before they act for anybody",
    "notifications_workinghours": "reference data: working days and quiet hours",
    "reference_change": "reference data: who changed which row of it, no case content; written once, nothing takes it away",
    "reference_programmedate": "reference data: the dates of the programme itself",
    "partners_seatrule": "reference data: how many seats each partner has, no case content",
}


@pytest.mark.django_db
def test_every_table_has_forced_row_security_or_says_why_not():
    tables = catalog.tables()
    open_tables = {name for name in catalog.application_tables() if not tables[name].walled}
    assert open_tables - OPEN_BY_DESIGN.keys() == set(), (
        "protect it in a migration (foundation/access/walls.py), or give a reason"
    )


@pytest.mark.django_db
def test_no_stale_exceptions():
    tables = catalog.tables()
    walled = {name for name in OPEN_BY_DESIGN if name in tables and tables[name].walled}
    assert set(OPEN_BY_DESIGN) - set(catalog.application_tables()) == set(), "these tables are gone"
    assert walled == set(), "these tables are protected now"


@pytest.mark.django_db
def test_no_policy_of_the_runtime_role_lets_everything_through():
    loose = [
        f"{table.name}: {command}"
        for table in catalog.tables().values()
        for command, using, check in table.policies.get(settings.WBCJ_RUNTIME_ROLE, [])
        if "true" in (using, check)
    ]
    assert loose == []


ROWS_GO = {
    "cases_casecrimetype": "an edit of the facts takes a form of crime away",
    "cases_casepriority": "an edit of the facts takes a priority away",
    "cases_concernedpartner": "an edit of the facts takes a partner away",
    "cases_filenumber": "the own partner takes its file number off the case",
    "contactgroup_criterionscore": "a revised dossier drops a score",
    "meetings_agendaitem": "an undecided item is taken off",
}


@pytest.mark.django_db
def test_the_runtime_role_deletes_shared_rows_only_where_an_action_does():
    shared = {
        model._meta.db_table
        for model in apps.get_models()
        if issubclass(model, (RootRecord, SharedRecord)) and not model._meta.abstract
    }
    goes = {
        table.name
        for table in catalog.tables().values()
        if table.name in shared and ("DELETE" in table.granted or table.deletes)
    }
    assert goes == set(ROWS_GO)


@pytest.mark.django_db
def test_every_policy_names_its_role():
    """A policy TO PUBLIC would count for the runtime role beside its own, and policies add up."""
    assert catalog.rows("SELECT polname FROM pg_policy WHERE 0 = ANY (polroles)") == []
