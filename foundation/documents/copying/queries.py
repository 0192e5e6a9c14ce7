"""What pages show of copies to whoever ordered them."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from foundation.access import audiences
from foundation.access.models import Root
from foundation.documents.copying import rules
from foundation.documents.copying.choices import CopyState
from foundation.documents.copying.models import CopyOrder
from foundation.documents.models import Document, DocumentVersion
from foundation.tenancy.actors import Actor

TONES = {
    CopyState.PENDING.value: "waiting",
    CopyState.COPYING.value: "progress",
    CopyState.READY.value: "good",
    CopyState.FAILED.value: "bad",
}
NEWEST = 50


@dataclass(frozen=True, kw_only=True)
class CopyView:
    """An order as it stands. Original, case and copy are there as long as whoever ordered it sees them; else not a word of them."""

    order: CopyOrder
    original: Document | None
    root: Root | None
    copy: Document | None

    @property
    def title(self) -> str:
        """What it was to be called, while one of the two documents can be seen; for their title may stand in it."""
        return str(self.order.form.get("title", "")) if self.original or self.copy else ""

    @property
    def tone(self) -> str:
        """Of the pill that shows the state."""
        return TONES[self.order.state]

    @property
    def waiting(self) -> bool:
        """Whether it changes by itself."""
        return self.order.state in (CopyState.PENDING, CopyState.COPYING)


def view(order: CopyOrder, actor: Actor) -> CopyView:
    """One of them; three statements."""
    return views([order], actor)[0]


def newest(actor: Actor) -> tuple[CopyView, ...]:
    """The actor's newest orders; four statements."""
    return views(list(CopyOrder.objects.visible_to(actor).order_by("-ordered_at", "-id")[:NEWEST]), actor)


def views(orders: list[CopyOrder], actor: Actor) -> tuple[CopyView, ...]:
    """Orders with what the actor still sees of their records; three statements."""
    versions = DocumentVersion.objects.visible_to(actor).filter(pk__in=[order.version for order in orders])
    originals = {version.pk: version.document for version in versions.select_related("document")}
    roots = Root.objects.visible_to(actor).in_bulk([order.root for order in orders])
    copies = Document.objects.visible_to(actor).in_bulk([order.document for order in orders if order.document])
    return tuple(
        CopyView(
            order=order,
            original=originals.get(order.version),
            root=roots.get(order.root),
            copy=copies.get(order.document) if order.document else None,
        )
        for order in orders
    )


def initial(file: DocumentVersion, root: Root, actor: Actor) -> dict[str, object]:
    """What the form of a copy begins with: the original as it is, marked as the stricter of the two, for no more readers than now."""
    document, least = file.document, rules.floor(file.document, root, actor)
    return {
        "title": "" if rules.names(document.root, document.title) else document.title,
        "kind": document.kind,
        "language": document.language,
        "handling": list(least.codes),
        "handling_text": least.text,
        "audience": audiences.word_of(document.audience_id, actor),
        "version": document.version,
    }


def said_before(actor: Actor, key: str, *, file: DocumentVersion, root_id: UUID) -> dict[str, object]:
    """What the actor said of a copy of this document that was not filed there; nothing for any other key."""
    try:
        wanted = UUID(key)
    except ValueError:
        return {}
    failed = CopyOrder.objects.visible_to(actor).filter(pk=wanted, root=root_id, source=file.root_id)
    order = failed.filter(state=CopyState.FAILED).first()
    return {} if order is None else {name: value for name, value in order.form.items() if name != "permitted"}
