"""The preview of a share is the page that its receiver then sees, and nothing of it remains."""

from __future__ import annotations

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.functional import cached_property

from cases import actions as case_actions
from cases.invitations import actions as invitations
from cases.invitations.models import Invitation
from contactgroup.models import Nomination
from foundation import access
from foundation.access import Level, Reason
from foundation.access.models import Root, RootGrant, Share
from foundation.pages import inert
from foundation.tenancy.choices import OfficeKind, Role
from jits import actions as jit_actions
from jits.request import Request
from tests.bed.sides import as_owner
from tests.contactgroup.conftest import World
from wbcj import composition

SECRETS = ("for us in Tirana alone", "for me alone", "for the prosecution alone", "for us in Skopje alone")


@pytest.fixture
def stage(db):
    """A case with notes for everyone and for each audience, its nomination, an invitation and a meeting."""
    return Stage()


class Stage:
    def __init__(self):
        self.world = World()
        self.tirana, self.desk = self.world.tirana, self.world.desk
        self.world.coordinator  # noqa: B018 - made when first asked for
        self.case = self.world.case()
        self._write(self.tirana, everyone="for all of us", partner=SECRETS[0], self=SECRETS[1], authority=SECRETS[2])
        self.reader = self.world.house.person("Elena", "MK")
        self.invited = self._invite()
        self.meeting = self.world.meeting()
        self.nomination = self.world.nominate(self.case)

    def _write(self, person, /, **notes):
        with person.acting() as by:
            for audience, text in notes.items():
                case_actions.write_note(case=self.case, text=text, audience=audience, by=by, at=self.world.now)

    def _invite(self):
        with self.tirana.acting() as by:
            case = type(self.case).objects.visible_to(by).get(pk=self.case.pk)
            until = self.world.now + timedelta(days=20)
            return invitations.invite(case=case, partner=self.world.house.partner("MK"), purpose="Proceedings",
                text="Approved words.", answer_until=until, by=by, at=self.world.now)  # fmt: skip

    def root(self, kind):
        """A root of that kind, and somebody who manages it."""
        name, manager = {
            "case": ("case", self.tirana),
            "nomination": ("nomination", self.tirana),
            "invitation": ("invited", self.tirana),
            "meeting": ("meeting", self.desk),
            "jit": ("jit", self.tirana),
        }[kind]
        return getattr(self, name).pk, manager

    def receiver(self, kind):
        """Who receives a share of that kind: of another partner, but for a team, which a party opens to its own people alone."""
        return (self.colleague, "AL") if kind == "jit" else (self.reader, "MK")

    @cached_property
    def colleague(self):
        return self.world.house.person("Besa", "AL")

    @cached_property
    def jit(self):
        """A team on the case, with Skopje, still an idea."""
        authorities = [person.membership.authority for person in (self.tirana, self.reader)]
        asked = Request(title="Lorries", trigger="concerted", purpose="Find the workshop.", facts="Forty lorries.",
                        composition="Prosecutors of both.", months=12)  # fmt: skip
        registry = self.world.house.office(OfficeKind.CASE_REGISTRY, "MK", authorities[1])
        with self.tirana.acting() as by:
            for principal in (self.reader.membership.group_id, registry.group_id):
                access.grant(by=by, root_id=self.case.pk, principal=principal, level=Level.CONTRIBUTE,
                             reason=Reason.INVITATION)  # fmt: skip
            case = type(self.case).objects.visible_to(by).get(pk=self.case.pk)
            return jit_actions.think_up(case=case, asked=asked, parties=authorities, by=by, at=self.world.now)


def words(page):
    """The main part as pieces of text, without what must differ: instants. Sorted, for a test has one instant and no order in it."""
    pieces = [re.sub(r"\s+", " ", piece).strip() for piece in re.split(r"<[^>]*>", inert.main_of(page))]
    instants = r"\d{1,2} \w+ \d{4},? \d{2}:\d{2}|\d+ (?:second|minute)s?|just now|now"
    return sorted(re.sub(instants, "*", piece) for piece in pieces if piece)


def planned(root, principal, level, **more):
    form = {"principal": principal, "level": int(level), "purpose": "To compare.", "last_day": "", "look": "yes"}
    return {**form, "submission_key": str(uuid4()), **more}


def look(client, stage, root, level, principal=None, code="MK"):
    place = reverse("sharing_share", kwargs={"pk": root}) + f"?partner={stage.world.house.partner(code).pk}"
    return client.post(place, planned(root, principal or stage.reader.membership.group_id, level)), place


@pytest.mark.parametrize("level", list(Level))
@pytest.mark.parametrize("kind", sorted(set(composition.ADDRESSES) - {"invitation"}))
def test_the_preview_is_what_the_receiver_then_sees(kind, level, stage, browser):
    root, manager = stage.root(kind)
    reader, code = stage.receiver(kind)
    hers, principal = browser(manager), reader.membership.group_id

    answer, place = look(hers, stage, root, level, principal, code)
    preview = answer.content.decode()
    form = planned(root, principal, level, confirmed="yes")
    assert hers.post(place, form).status_code == 302
    real = browser(reader).get(reverse(composition.ADDRESSES[kind], kwargs={"pk": root})).content.decode()

    assert answer.status_code == 200
    assert words(preview) == words(real)
    assert not [secret for secret in SECRETS if secret in preview]


@pytest.mark.parametrize("level", list(Level))
@pytest.mark.parametrize("kind", sorted(composition.ADDRESSES))
def test_the_page_of_a_share_that_stands_is_what_its_holder_sees(kind, level, stage, browser):
    root, manager = stage.root(kind)
    reader, _code = stage.receiver(kind)
    with manager.acting() as by:
        principal = reader.membership.group_id
        share = access.grant(by=by, root_id=root, principal=principal, level=level, reason=Reason.SHARE)

    answer = browser(manager).get(reverse("sharing_preview", kwargs={"pk": root, "share_id": share}))
    real = browser(reader).get(reverse(composition.ADDRESSES[kind], kwargs={"pk": root}))

    assert (answer.status_code, real.status_code) == (200, 200)
    assert words(answer.content.decode()) == words(real.content.decode())
    assert not [secret for secret in SECRETS if secret in answer.content.decode()]


def test_rows_of_the_receivers_own_partner_are_not_for_the_sharer(stage, browser):
    with stage.tirana.acting() as by:
        principal = stage.world.coordinator.membership.group_id
        access.grant(by=by, root_id=stage.case.pk, principal=principal, level=Level.CONTRIBUTE, reason=Reason.SHARE)
    stage._write(stage.world.coordinator, partner=SECRETS[3])

    answer, _place = look(browser(stage.tirana), stage, stage.case.pk, Level.MANAGE)

    assert "for all of us" in answer.content.decode()
    assert SECRETS[3] not in answer.content.decode()


def counts():
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace")
        names = [name for (name,) in cursor.fetchall() if not name.startswith("django_session")]
        found = {}
        for name in names:
            cursor.execute(
                f"SELECT count(*), coalesce(md5(string_agg(t::text, '|' ORDER BY t::text)), '') FROM \"{name}\" t"
            )
            found[name] = cursor.fetchone()
    return found


def test_nothing_of_it_remains_but_one_event_of_the_sharer(stage, browser, django_capture_on_commit_callbacks):
    hers = browser(stage.tirana)
    before = counts()

    with django_capture_on_commit_callbacks() as followed:
        answer, _place = look(hers, stage, stage.case.pk, Level.MANAGE)

    after = counts()
    assert answer.status_code == 200
    assert {name for name in before if before[name] != after[name]} == {"audit_event"}
    assert after["audit_event"][0] == before["audit_event"][0] + 1
    assert followed == []
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("SELECT verb, membership FROM audit_event ORDER BY at DESC LIMIT 1")
        assert cursor.fetchone() == ("sharing.preview.looked_at", stage.tirana.membership.pk)


def test_nothing_in_it_works(stage, browser):
    answer, _place = look(browser(stage.tirana), stage, stage.case.pk, Level.MANAGE)

    main = inert.main_of(answer.content.decode())
    page = answer.content.decode()
    inside = page[page.index("<main") : page.index("</main>")]
    assert main
    assert page.count('id="content"') == 1, "the skip link leads to the main part, and to one place"
    for working in ("<form", "href=", "submission_key", "csrfmiddlewaretoken", "action="):
        assert working not in inside
    assert re.findall(r"<(?:button|input|select|textarea)(?! disabled)", inside) == []


def test_what_was_typed_into_an_attribute_stays_in_it():
    typed = '<abbr title="see href=&quot;x&quot; &gt; here">A</abbr>'

    assert inert.main_of(f"<main>{typed}</main>") == f"<main>{typed}</main>"


def test_shapes_and_the_headings_of_cells_stay():
    shown = inert.main_of('<main><svg><path d="M0 0"/></svg><br/><td data-label="Vote">B</td></main>')

    assert shown == '<main><svg><path d="M0 0"></path></svg><br><td data-label="Vote">B</td></main>'


def test_a_page_that_fails_is_answered_and_undone(stage, browser, monkeypatch):
    def broken(*_args, **_kwargs):
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 / 0")

    hers = browser(stage.tirana)
    monkeypatch.setattr("cases.queries.case.live_shares", broken)
    before = counts()

    answer, _place = look(hers, stage, stage.case.pk, Level.VIEW)

    assert answer.status_code == 500
    assert "Nothing was shared" in answer.content.decode()
    after = counts()
    assert {name for name in before if before[name] != after[name]} <= {"audit_event"}


def test_a_role_that_does_not_open_the_page_is_said(stage, browser):
    clerk = stage.world.house.person("Clerk", "MK", Role.PARTNER_ADMINISTRATOR)

    answer, _place = look(browser(stage.tirana), stage, stage.case.pk, Level.VIEW, clerk.membership.group_id)

    assert "Their role does not open this page" in answer.content.decode()


@pytest.mark.parametrize("which", ["partner", "authority", "office"])
def test_for_many_people_stands_whoever_may_do_most(which, stage, browser):
    mk = stage.world.house
    principal = {
        "partner": mk.partner("MK"),
        "authority": mk.authority("MK"),
        "office": mk.office(OfficeKind.COORDINATOR, "MK"),
    }[which].group_id

    answer, _place = look(browser(stage.tirana), stage, stage.case.pk, Level.VIEW, principal)

    assert answer.status_code == 200
    assert "Role: Prosecutor" in answer.content.decode()
    assert "for all of us" in answer.content.decode()


def test_what_sharing_refuses_is_refused_here(stage, browser):
    answer, _place = look(
        browser(stage.tirana), stage, stage.case.pk, Level.MANAGE, stage.world.house.partner("MK").group_id
    )

    assert answer.status_code == 409


def given(stage, level):
    with stage.tirana.acting() as by:
        principal = stage.reader.membership.group_id
        return access.grant(by=by, root_id=stage.case.pk, principal=principal, level=level, reason=Reason.SHARE)


@pytest.mark.parametrize("level", [Level.VIEW, Level.CONTRIBUTE])
def test_only_managers_look(level, stage, browser):
    share = given(stage, level)
    place = reverse("sharing_preview", kwargs={"pk": stage.case.pk, "share_id": share})

    assert browser(stage.reader).get(place).status_code == 403
    assert browser(stage.world.house.person("Milica", "RS")).get(place).status_code == 404
    with stage.reader.acting(), pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT * FROM access_newcomer(%s)", [share])


def test_a_newcomer_sees_that_root_alone_and_no_transaction_keeps_it(stage):
    share = given(stage, Level.MANAGE)
    with stage.tirana.acting() as by:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT principal FROM access_newcomer(%s)", [share])
            assert set(Root._base_manager.values_list("pk", flat=True)) == {stage.case.pk}
            assert not Nomination._base_manager.exists()
            assert not Invitation._base_manager.exists()
            assert set(RootGrant._base_manager.values_list("content_object", flat=True)) == {stage.case.pk}
            with pytest.raises(DatabaseError, match="savepoint alone"), transaction.atomic():
                cursor.execute("SET CONSTRAINTS access_newcomer_stays_not IMMEDIATE")
            transaction.set_rollback(True)
        assert Share.objects.visible_to(by).filter(pk=share).exists()


def test_a_share_that_ended_shows_nothing(stage, browser):
    share = given(stage, Level.VIEW)
    with stage.tirana.acting() as by:
        access.revoke(by=by, share_id=share)
    place = reverse("sharing_preview", kwargs={"pk": stage.case.pk, "share_id": share})

    assert browser(stage.tirana).get(place).status_code == 404


def test_what_it_costs(stage, browser):
    hers = browser(stage.tirana)
    look(hers, stage, stage.case.pk, Level.VIEW)

    with CaptureQueriesContext(connection) as captured:
        look(hers, stage, stage.case.pk, Level.VIEW)

    assert len(captured) <= 60
