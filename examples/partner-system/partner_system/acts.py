"""What this system does there: one line for each act. A further act of the interface is a further line."""

from __future__ import annotations

from dataclasses import dataclass

CASE, INVITATION, NOMINATION = "/api/v1/cases", "/api/v1/invitations", "/api/v1/nominations"


@dataclass(frozen=True, kw_only=True)
class Act:
    """A request. ``at`` is where the record stands that it is done to; none for an act that needs none."""

    says: str
    method: str = "POST"
    at: str = ""
    beneath: str = ""
    stands_on_version: bool = False
    """It changes what stands, so it names the version on which it was decided (If-Match)."""

    def address(self, record: str) -> str:
        """Where it is sent."""
        return f"{self.at}/{record}{self.beneath}" if record else self.beneath


def _move(says: str, at: str, beneath: str) -> Act:
    return Act(says=says, at=at, beneath=beneath, stands_on_version=True)


def _edit(says: str, at: str) -> Act:
    return Act(says=says, method="PATCH", at=at, stands_on_version=True)


ACTS = {
    "file-case": Act(says="file a case as a draft", beneath=CASE),
    "open-case": _move("open a draft to others", CASE, "/open"),
    "edit-case": _edit("change facts of a case", CASE),
    "close-case": _move("close a case", CASE, "/close"),
    "write-note": Act(says="write a note on a case", at=CASE, beneath="/notes"),
    "invite": Act(says="invite a partner", at=CASE, beneath="/invitations"),
    "nominate": Act(says="nominate a case to the Contact Group", at=CASE, beneath="/nominations"),
    "revise-nomination": _edit("change the dossier of a nomination", NOMINATION),
    "withdraw-nomination": _move("take a nomination back", NOMINATION, "/withdraw"),
    "accept-invitation": _move("accept an invitation", INVITATION, "/accept"),
    "decline-invitation": _move("decline an invitation", INVITATION, "/decline"),
}
