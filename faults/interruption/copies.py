"""A copy of a document on its way into another case: begun, filed, or ended in sight."""

from __future__ import annotations

from django.urls import reverse

from faults.interruption.background import acting
from faults.interruption.deeds import Deed, form
from faults.interruption.trial import UseCase
from foundation.documents.copying import actions as copying
from foundation.documents.copying.models import CopyOrder
from foundation.documents.models import DocumentVersion
from tests.documents.keeping import keep
from tests.hostile.places import PLACES
from tests.hostile.stage import Stage


def _ordered(stage: Stage) -> CopyOrder:
    deed = form(PLACES["document_copy"], "document_copy")(stage)
    answer = deed.do()
    if not answer.location.startswith(reverse("document_copies")):
        raise RuntimeError(f"ordering a copy answered {answer.status} {answer.error}")
    with stage.tirana.acting() as by:
        return CopyOrder.objects.visible_to(by).get()


def begin(stage: Stage) -> Deed:
    """A worker begins with a copy."""
    ordered = _ordered(stage)
    return acting(stage, lambda **who: copying.begin(order_id=ordered.pk, **who))


def finish(stage: Stage) -> Deed:
    """The file stands under the key of the other case."""
    ordered = _ordered(stage)
    with stage.tirana.acting() as by:
        kept = keep(b"%PDF-1.7 a request", root_id=ordered.root, by=by)
    return acting(stage, lambda **who: copying.finish(order_id=ordered.pk, kept=kept, **who))


def find_damaged(stage: Stage) -> Deed:
    """The original came back otherwise than it was stored."""
    ordered = _ordered(stage)
    with stage.tirana.acting() as by:
        location = DocumentVersion.objects.visible_to(by).get(pk=ordered.version).location
    return acting(stage, lambda **who: copying.damaged(order_id=ordered.pk, location=location, problem="cut", **who))


def give_up(stage: Stage) -> Deed:
    """After the last attempt."""
    ordered = _ordered(stage)
    return acting(stage, lambda **who: copying.give_up(order_id=ordered.pk, **who))


COPIES: tuple[UseCase, ...] = (
    UseCase(name="copy begun", prepare=begin),
    UseCase(name="copy filed", prepare=finish),
    UseCase(
        name="copy of a damaged file ended",
        prepare=find_damaged,
        again=dict.fromkeys(("documents_filecheck",), "each report of a damage says when it was found"),
    ),
    UseCase(name="copy given up", prepare=give_up),
)
