"""What no form page reaches: the addresses that scripts and switches send to, the workers' tasks, and the commands."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from io import StringIO
from uuid import uuid4

from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import close_old_connections, connection

import cases.reference
import contactgroup.reference
import foundation.reference.loading
import jits.reference
import partners.reference
from contactgroup import actions as contactgroup_actions
from faults.interruption.deeds import Answer, Deed, Form, browser, form
from faults.interruption.trial import UseCase
from foundation.access.models import Change
from foundation.access.tasks import forget_changes
from foundation.notifications.delivery import keeping as mails
from foundation.notifications.models import Attempt as MailAttempt
from foundation.notifications.models import Delivery as Mail
from foundation.notifications.tasks import forget_deliveries as forget_mails
from foundation.pages.models import Draft
from foundation.pages.tasks import forget_drafts
from foundation.systems import tokens
from foundation.tenancy.choices import AuthorityKind, Role
from foundation.tenancy.models import Authority
from foundation.webhooks import actions as webhook_actions
from foundation.webhooks import keeping as webhooks
from foundation.webhooks.models import Attempt as WebhookAttempt
from foundation.webhooks.models import Delivery as WebhookDelivery
from foundation.webhooks.tasks import forget_deliveries as forget_webhooks
from tests.bed.sides import as_owner
from tests.hostile.places import PLACES
from tests.hostile.stage import Place, Stage

NOT_DUE = 204


class Script(Form):
    """Sent by a script or from a small form without a key: whoever gets no answer sends it as it was."""

    def again(self, first: Answer) -> Answer:
        """The same once more."""
        return self.do()

    def complaints(self, answer: Answer, *, nothing: bool | None) -> list[str]:
        """A number is all that is read of it."""
        return [] if answer.fine or answer.status == 503 else [f"answered {answer.status} {answer.error}"]


@dataclass
class Call(Deed):
    """Something that is called, by a worker or at the machine."""

    call: Callable[[], object]
    before_again: Callable[[], object] = field(default=lambda: None)

    def do(self) -> Answer:
        """Call it; whatever it raises is an answer."""
        if not connection.in_atomic_block:
            close_old_connections()
        try:
            said = self.call()
        except CommandError as refusal:
            return Answer(409, text=str(refusal))
        except Exception as error:
            return Answer(500, error=repr(error)[:300])
        return Answer({"failed": 500, "not due": NOT_DUE}.get(str(said), 200), text=str(said))

    def again(self, first: Answer) -> Answer:
        """Wait until it is tried again, and call it."""
        if not connection.in_atomic_block:
            close_old_connections()
        self.before_again()
        return self.do()


def keep_draft(stage: Stage) -> Deed:
    """The script of a long form keeps what is typed."""
    typed = {
        "draft.path": "/cases/new/", "draft.revision": "0", "title": "Half a title", "summary": "Half a story",
        "submission_key": "0b5a7c1e-52f6-4f5e-9f53-2a4a3f9d1c11",
    }  # fmt: skip
    return Script("/drafts/", browser(stage.tirana), typed)


def discard_draft(stage: Stage) -> Deed:
    """Somebody does not want the draft any more."""
    kept = keep_draft(stage)
    kept.do()
    discarding = {"draft.path": "/cases/new/", "draft.discard": "1"}
    return Script("/drafts/", browser(stage.tirana), discarding)


def switch(stage: Stage) -> Deed:
    """Somebody acts through another membership from now on."""
    other = stage.house.member(stage.tirana.account, "AL", authority="Special prosecution")
    return Script("/acting/", browser(stage.tirana), {"membership": str(other.membership.pk)})


def old_changes(stage: Stage) -> Deed:
    """Rows of the feed of changes that no place leads to any more are deleted."""
    stage.case("MK")
    with as_owner():
        Change.objects.update(at=stage.now - timedelta(days=100))
    return Call(forget_changes)


def old_drafts(stage: Stage) -> Deed:
    """The task that beat wakes every hour."""
    keep_draft(stage).do()
    with as_owner():
        Draft.objects.update(saved_at=stage.now - timedelta(days=400))
    return Call(forget_drafts)


def old_mails(stage: Stage) -> Deed:
    """Mails that ended long ago are deleted with their attempts; one that waits stays."""
    tirana, at = stage.tirana, stage.now - mails.KEPT - timedelta(minutes=1)
    whose = {"letter": "notice", "account": tirana.account.pk, "membership": tirana.membership.pk}
    ended, _waiting = (
        Mail.objects.create(**whose, key=state, subject=uuid4(), state=state, due_at=at, created_at=at, ended_at=end)
        for state, end in (("sent", at), ("waiting", None))
    )
    MailAttempt.objects.create(delivery=ended, token=uuid4(), started_at=at, ended_at=at, verdict="sent")
    return Call(forget_mails)


def old_webhooks(stage: Stage) -> Deed:
    """Deliveries to a system that ended long ago are deleted with their attempts."""
    administrator, at = stage.administrator(), stage.now - webhooks.KEPT - timedelta(minutes=1)
    system = stage.house.system("Register", "AL")
    with administrator.acting() as by:
        subscribed = webhook_actions.subscribe(
            by=by, at=stage.now, membership_id=system.membership.pk, url="https://127.0.0.1:9/told",
            chosen=("case.changed",),
        )  # fmt: skip
    with as_owner():
        told = WebhookDelivery.objects.create(
            subscription=subscribed.subscription, event="case.changed", kind="case", root=uuid4(), state="sent",
            created_at=at, due_at=at, ended_at=at,
        )  # fmt: skip
        WebhookAttempt.objects.create(delivery=told, token=uuid4(), started_at=at, ended_at=at, verdict="sent")
    return Call(forget_webhooks)


def command(name: str, *arguments: str, stands: Callable[[Stage], object]) -> Callable[[Stage], Deed]:
    """A management command, run at the machine."""

    def prepare(stage: Stage) -> Deed:
        stands(stage)
        return Call(lambda: call_command(name, *arguments, stdout=StringIO()))

    return prepare


def _one_team(stage: Stage) -> None:
    """One programme team, without people, as the reference data make it; the stage made one of its own."""
    with as_owner():
        Authority.objects.filter(pk=stage.house.authority("EUROJUST", "Programme team").pk).update(
            kind=AuthorityKind.PROSECUTION
        )


def _lost_factors(stage: Stage) -> None:
    stage.house.person("Tina", "EUROJUST", Role.TECHNICAL_ADMINISTRATOR, authority="Programme team")
    stage.administrator()
    browser(stage.tirana)


def load(loader: Callable[[], int], *tables: str) -> Callable[[Stage], Deed]:
    """One app's reference data, of which rows are missing."""

    def prepare(stage: Stage) -> Deed:
        with as_owner(), connection.cursor() as cursor:
            for table in tables:
                cursor.execute(f"DELETE FROM {table}")
        return Call(loader)

    return prepare


def use_token(stage: Stage) -> Deed:
    """A partner system shows its token."""
    granted = stage.granted()
    return Call(lambda: tokens.bearer(granted.secret, address="192.0.2.1", at=stage.now).token_id)


def on_agenda_of_another_meeting(stage: Stage, name: str) -> Place:
    """A nomination that stands on one agenda is put on another."""
    nomination, meeting = stage.nominate(stage.case("MK")), stage.meeting()
    stage.as_desk(contactgroup_actions.put_on_agenda, nomination, meeting=meeting)
    other = stage.meeting()
    return Place(name, stage.desk, {"pk": nomination.pk}, {"meeting": str(other.pk)})


def refused(build: Callable[[Stage, str], Place]) -> Callable[[Stage, str], Place]:
    """The second person says no."""

    def prepare(stage: Stage, name: str) -> Place:
        place = build(stage, name)
        place.typed["answer"] = "refuse"
        return place

    return prepare


def thrown_away(stage: Stage, name: str) -> Place:
    """Rows that were given are not wanted after all."""
    place = PLACES[name](stage, name)
    place.typed["forget"] = "1"
    return place


SWITCHED_TWICE = "each choice of a membership is on record, also the same one made again"
OTHERS: tuple[UseCase, ...] = (
    UseCase(name="draft kept", prepare=keep_draft),
    UseCase(name="draft discarded", prepare=discard_draft),
    UseCase(name="acting switched", prepare=switch, again={"audit_event": SWITCHED_TWICE}),
    UseCase(name="old changes forgotten", prepare=old_changes),
    UseCase(name="old drafts forgotten", prepare=old_drafts),
    UseCase(name="old mails forgotten", prepare=old_mails),
    UseCase(name="old webhook deliveries forgotten", prepare=old_webhooks),
    UseCase(
        name="technical administrator made",
        prepare=command("create_technical_administrator", "tina@example.org", "Tina", "--send-link", stands=_one_team),
        only_in_earnest="the membership begins now, and acts at once; within one transaction no time passes",
        reaches=frozenset({"partners.actions.founding.found_technical_administrator"}),
        refused_when_done="the programme team has people by then, and the command says so",
    ),
    UseCase(
        name="second factors reset",
        prepare=command(
            "reset_second_factors",
            "arta.al@example.org",
            "--by=tina.eurojust@example.org",
            "--with=admin.al@example.org",
            stands=_lost_factors,
        ),
        again={
            "audit_event": "a reset is on record each time that it is ordered",
            "jobs_job": "the person is told of each reset",
            "notifications_delivery": "the person is told of each reset",
        },
    ),
    UseCase(name="words of cases loaded", prepare=load(cases.reference.load, "cases_priority", "cases_crimetype")),
    UseCase(
        name="dates of the programme loaded",
        prepare=load(foundation.reference.loading.load, "reference_programmedate"),
    ),
    UseCase(name="seat rules loaded", prepare=load(partners.reference.load, "partners_seatrule")),
    UseCase(
        name="words of the contact group loaded",
        prepare=load(contactgroup.reference.load, "contactgroup_criterion"),
    ),
    UseCase(
        name="treaty matrix loaded",
        prepare=load(jits.reference.load, "jits_legalinstrument", "jits_instrumentparty"),
    ),
    UseCase(name="rows thrown away", prepare=form(thrown_away, "console_reference_confirm")),
    UseCase(name="membership refused", prepare=form(refused(PLACES["membership_answer"]), "membership_answer")),
    UseCase(name="holder refused", prepare=form(refused(PLACES["holder_answer"]), "holder_answer")),
    UseCase(name="token used", prepare=use_token),
    UseCase(
        name="nomination moved to another meeting", prepare=form(on_agenda_of_another_meeting, "nomination_agenda")
    ),
)
