"""No page of the console shows what a case says: not to whoever runs the product, not to project staff, with a share or without."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from foundation import access
from foundation.access.models import Root
from foundation.audit import events
from foundation.audit.models import Detail
from foundation.tenancy.choices import Role
from tests.architecture.pages import routes
from tests.bed import sessions
from tests.bed.sides import as_owner
from tests.contactgroup.conftest import APPROVED
from tests.hostile.places import PLACES
from tests.hostile.stage import Stage
from wbcj.composition import AS_FILES, REFERENCE

CONSOLE = {route.name: route.pattern for route in routes() if route.name.startswith("console")}
OF_A_KIND = {"console_reference_rows", "console_reference_file", "console_reference_history"}
INVENTED = {"console_paper": "prints invented data alone (tests/console/test_papers.py)"}
FORMS = sorted(CONSOLE.keys() & PLACES.keys())
LISTS = sorted(CONSOLE.keys() - PLACES.keys() - INVENTED.keys())


def addresses(stage: Stage, name: str) -> list[str]:
    """Every page that stands at that address, as far as there are kinds of it."""
    if name in PLACES:
        return [PLACES[name](stage, name).address]
    if name in OF_A_KIND:
        kinds = REFERENCE if name == "console_reference_rows" else AS_FILES
        return [reverse(name, kwargs={"kind": kind}) for kind in kinds]
    if name == "console_authorities":
        return [reverse(name, kwargs={"pk": stage.house.partner("AL").pk})]
    return [reverse(name)]


@pytest.fixture
def stage(db: None) -> Stage:
    return Stage()


@pytest.fixture
def secrets(stage):
    """What no page may say: of a case that is nominated, voted on and has a document, and the key of its root."""
    case = stage.case("MK")
    stage.document(case)
    nomination = stage.nominate(case)
    stage.open_vote(nomination)
    with as_owner():
        roots = Root.objects.filter(pk__in=[case.pk, nomination.pk])
        said = [word for root in roots for word in (root.reference, root.title)]
    return case, [*said, "Vehicles are brought over the border", APPROVED, "Both hold proceedings."]


def staff(stage, role, name):
    return stage.house.staff(name, "EUROJUST", role)


def show(stage, case, person):
    """The prosecutor lets somebody look at the case."""
    with stage.tirana.acting() as by:
        access.grant(
            by=by,
            root_id=case.pk,
            principal=person.membership.group_id,
            level=access.Level.VIEW,
            reason=access.Reason.SHARE,
            purpose="test",
        )


@pytest.fixture
def cast(stage, secrets):
    """Everybody whom a page of the console opens for: one without any share, and of each role one to whom the case was shown."""
    case, _said = secrets
    people = [staff(stage, Role.TECHNICAL_ADMINISTRATOR, "Apart")]
    for role, name in (
        (Role.TECHNICAL_ADMINISTRATOR, "Thea"),
        (Role.PROGRAMME_MANAGER, "Pim"),
        (Role.AUDITOR, "Ada"),
    ):
        people.append(staff(stage, role, name))
        show(stage, case, people[-1])
    return people


def told(places, said, cast):
    """Which words of the case stand on these pages, and how many pages opened."""
    found, opened = [], 0
    for person in cast:
        client = Client()
        sessions.signed_in_fully(client, person.account)
        for place in places:
            answer = client.get(place)
            assert answer.status_code in {200, 403, 404}, place
            opened += answer.status_code == 200
            body = b"".join(answer) if answer.streaming else answer.content
            found += [(place, word) for word in said if word.encode() in body]
    return found, opened


@pytest.mark.parametrize("name", FORMS)
def test_no_form_of_the_console_says_a_word_of_a_case(name, stage, secrets, cast):
    found, opened = told(addresses(stage, name), secrets[1], cast)

    assert found == []
    # Rows of a file that wait are their giver's alone.
    assert opened or name == "console_reference_confirm"


def test_no_list_of_the_console_says_a_word_of_a_case(stage, secrets, cast):
    for name in LISTS:
        found, opened = told(addresses(stage, name), secrets[1], cast)
        assert found == []
        assert opened, name


@pytest.mark.parametrize("name", ["console_people", "console_clients"])
def test_no_word_of_a_case_finds_anybody(name, stage, secrets, cast):
    _case, said = secrets
    client = Client()
    sessions.signed_in_fully(client, cast[0].account)

    for word in said:
        answer = client.get(reverse(name), {"text": word[:60]})
        assert answer.status_code == 200
        assert list(answer.context["rows"]) == []


@pytest.mark.parametrize(("role", "reads"), [(Role.TECHNICAL_ADMINISTRATOR, True), (Role.PROGRAMME_MANAGER, False)])
def test_events_are_for_platform_administrators_and_details_for_whoever_sees_the_case(role, reads, stage, secrets):
    case, _said = secrets
    apart, shared = staff(stage, role, "Apart"), staff(stage, role, "Shared")
    show(stage, case, shared)

    for person, sees in ((apart, False), (shared, True)):
        with person.acting() as actor, connection.cursor() as cursor:
            assert Detail.objects.visible_to(actor).of(case.pk).exists() is sees
            cursor.execute("SELECT count(*) > 0 FROM audit_detail WHERE root_id = %s", [case.pk])
            assert cursor.fetchone()[0] is sees
    with apart.acting() as actor:
        if reads:
            assert case.pk in {event.root for event in events.newest(actor, before=None, limit=200)}
        else:
            with pytest.raises(access.Forbidden):
                events.newest(actor, before=None)


def test_a_key_of_the_console_that_is_none_answers_like_one_of_a_case(stage, secrets, cast):
    """A case is no job, mail, reminder, token or authority, and its key opens none of these pages."""
    case, _said = secrets
    tina = cast[0]
    client = Client()
    sessions.signed_in_fully(client, tina.account)
    keyed = {"console_run_again": "job", "console_delivery": "delivery", "console_client_revoke": "pk"}
    keyed |= {"console_authority_close": "pk", "console_authorities": "pk", "console_reminder_run_again": "reminder"}

    for name, key in keyed.items():
        found = [client.get(reverse(name, kwargs={key: one})).status_code for one in (case.pk, uuid4())]
        assert found == [404, 404]


def test_no_stale_exceptions():
    assert CONSOLE.keys() >= INVENTED.keys() | OF_A_KIND
