"""What the files of the lists of cases and invitations hold: what the lists show, and the handling codes."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from cases.queries.lists import CaseRow, InvitationRow
from foundation.pages.exports import Column

CASES: tuple[Column[CaseRow], ...] = (
    Column(_("Reference"), lambda row: row.case.root.reference),
    Column(_("Title"), lambda row: row.case.root.title),
    Column(_("Status"), lambda row: row.case.get_status_display()),
    Column(_("Stage"), lambda row: row.case.get_stage_display()),
    Column(_("Urgency"), lambda row: row.case.get_urgency_display()),
    Column(_("Handling codes"), lambda row: ", ".join(row.case.handling)),
    Column(_("Other restrictions"), lambda row: row.case.handling_text),
    Column(_("Owner authority"), lambda row: row.case.owner.name),
    Column(_("Owner partner"), lambda row: row.case.owner.partner.name),
    Column(_("Partners concerned"), lambda row: ", ".join(row.concerned)),
    Column(_("Written"), lambda row: row.case.root.opened_at),
    Column(_("Last activity"), lambda row: row.case.root.sort_at),
)
INVITATIONS: tuple[Column[InvitationRow], ...] = (
    Column(_("Reference"), lambda row: row.invitation.root.reference),
    Column(_("Purpose"), lambda row: row.invitation.purpose),
    Column(_("Status"), lambda row: str(row.status.label)),
    Column(_("Handling codes"), lambda row: ", ".join(row.invitation.handling)),
    Column(_("Other restrictions"), lambda row: row.invitation.handling_text),
    Column(_("From authority"), lambda row: row.invitation.inviting_authority.name),
    Column(_("From partner"), lambda row: row.invitation.inviting_authority.partner.name),
    Column(_("To"), lambda row: row.invitation.partner.name),
    Column(_("Sent"), lambda row: row.invitation.sent_at),
    Column(_("Answer by"), lambda row: row.invitation.answer_until),
)
