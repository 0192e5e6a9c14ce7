"""The rows of a file between the dry run and the confirmation.

They are kept as a draft of the person who gave the file: visible to that membership alone, deleted with the confirmation, and with
other old drafts. The file itself is never kept. To ask for the file once more instead would let another file in under the difference
that was shown, and a form without scripts cannot keep a chosen file.
"""

from __future__ import annotations

from foundation.access.querysets import PersonalQuerySet
from foundation.pages.models import Draft
from foundation.reference.kinds import Kind
from foundation.reference.tables import Table
from foundation.tenancy.actors import Actor

FORM = "reference.rows.proposed"


def place(kind: Kind) -> dict[str, str]:
    """Where the rows are kept."""
    return {"path": f"reference:{kind.name}", "form": FORM}


def kept(kind: Kind, *, by: Actor) -> PersonalQuerySet[Draft]:
    """The draft with the rows, one at most."""
    return Draft.objects.visible_to(by).filter(**place(kind))


def standing(kind: Kind, *, by: Actor) -> Table | None:
    """The rows that wait for their confirmation; one statement."""
    draft = kept(kind, by=by).first()
    return None if draft is None else Table.from_data(draft.typed)
