"""Every use-case: each form page of the URL configuration, and what no form reaches."""

from __future__ import annotations

from faults.interruption.arrivals import ARRIVALS
from faults.interruption.background import BACKGROUND
from faults.interruption.copies import COPIES
from faults.interruption.deeds import form
from faults.interruption.others import OTHERS
from faults.interruption.systems import SYSTEMS
from faults.interruption.trial import UseCase
from tests.hostile.places import PLACES

# Forms that may leave more when they are sent again after the answer was lost.
AGAIN = {
    "documents_export": dict.fromkeys(
        ("audit_event", "documents_custodyentry"), "an archive that is given out again is on record again"
    )
}
FORMS = tuple(
    UseCase(name=name, prepare=form(build, name), again=AGAIN.get(name, {})) for name, build in sorted(PLACES.items())
)
ALL = (*FORMS, *OTHERS, *BACKGROUND, *ARRIVALS, *COPIES, *SYSTEMS)

# Actions that no use-case needs to reach, each with its reason.
APART = {
    "wbcj.demo.casting.make_account": "invented people of the demo world, made once in an empty database",
}
