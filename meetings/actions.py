"""Everything that is done to a meeting, its agenda and its decisions."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from foundation import access
from foundation.access import Reason
from foundation.access.models import Root
from foundation.audit import record
from foundation.notifications.kinds import Kind
from foundation.tenancy.actors import Actor
from foundation.workflow.actions import action
from foundation.workflow.states import Transition
from meetings import circle, notices, states
from meetings.choices import Series, Status
from meetings.models import AgendaItem, Decision, Meeting
from meetings.permissions import MeetingPermission
from meetings.refusals import UnableToArrange, UnableToDecide


@action
def call(
    *,
    title: str,
    starts_at: datetime,
    ends_at: datetime,
    place: str,
    mode: str,
    nominations_until: datetime | None = None,
    by: Actor,
    at: datetime,
) -> Meeting:
    """Call a Contact Group meeting and share it with the seats of all partners, the case desk and the programme team.

    Who may: the case desk and programme managers. Instants are UTC.
    """
    access.require(by, MeetingPermission.CALL)
    reference = access.new_reference("M", at)
    key = access.open_root(by=by, kind=Meeting.ROOT_KIND, reference=reference, title=title)
    meeting = Meeting.objects.create(
        root_id=key,
        series=Series.CONTACT_GROUP,
        starts_at=starts_at,
        ends_at=ends_at,
        nominations_until=nominations_until,
        place=place,
        mode=mode,
    )
    for principal, level in circle.called():
        access.grant(by=by, root_id=key, principal=principal, level=level, reason=Reason.AGENDA)
    record.changed("meetings.meeting.called", by=by, root=key, changes={"starts_at": starts_at, "mode": mode})
    notices.tell(notices.CALLED, meeting=meeting, principals=_everyone(), by=by, at=at)
    return meeting


@action
def change(
    *,
    meeting: Meeting,
    title: str,
    starts_at: datetime,
    ends_at: datetime,
    place: str,
    mode: str,
    nominations_until: datetime | None = None,
    version: int,
    by: Actor,
    at: datetime,
) -> Meeting:
    """Change title, time, place or mode of a meeting that is still to come. Who may: whoever manages it.

    Raises Forbidden, StaleVersion, TransitionNotAllowed.
    """
    meeting = _load(meeting, MeetingPermission.EDIT, by)
    reference = meeting.root.reference
    meeting = access.locked(meeting, version=version)
    states.CANCEL.check(meeting.status)
    new = {
        "starts_at": starts_at,
        "ends_at": ends_at,
        "nominations_until": nominations_until,
        "place": place,
        "mode": mode,
    }
    changes = {name: value for name, value in new.items() if getattr(meeting, name) != value}
    for name, value in new.items():
        setattr(meeting, name, value)
    meeting.version += 1
    meeting.save(update_fields=[*new, "version"])
    access.touch(by=by, root_id=meeting.pk, reference=reference, title=title)
    record.changed("meetings.meeting.changed", by=by, root=meeting.pk, changes={**changes, "title": title})
    if changes:
        notices.tell(notices.CHANGED, meeting=meeting, principals=_everyone(), by=by, at=at)
    return meeting


@action
def start(*, meeting: Meeting, version: int, by: Actor, at: datetime) -> Meeting:
    """Note that the meeting has begun. Who may: whoever manages it."""
    return _move(meeting, states.START, version=version, by=by, at=at)


@action
def close(*, meeting: Meeting, version: int, by: Actor, at: datetime) -> Meeting:
    """Note that the meeting is over: its agenda is fixed from now on. Who may: whoever manages it."""
    return _move(meeting, states.CLOSE, version=version, by=by, at=at)


@action
def cancel(*, meeting: Meeting, reason: str, version: int, by: Actor, at: datetime) -> Meeting:
    """Cancel a meeting; its items can be moved to another one. Who may: whoever manages it."""
    return _move(meeting, states.CANCEL, version=version, by=by, at=at, reason=reason, kind=notices.CANCELLED)


@action
def add_item(*, meeting: Meeting, by: Actor, at: datetime, title: str = "", root_id: UUID | None = None) -> AgendaItem:
    """Put an item at the end of the agenda: one of the meeting's own, or one about another root that the actor sees.

    Who may: contributors of the meeting. An item about another root is visible to those alone who see that root too.
    Raises Forbidden, UnableToArrange.
    """
    meeting = _load(meeting, MeetingPermission.ARRANGE, by)
    _demand_coming(meeting)
    root = Root.objects.visible_to(by).get(pk=root_id or meeting.pk)
    last = AgendaItem.objects.visible_to(by).on(meeting.pk).last()
    item = AgendaItem.objects.create(
        root=root, meeting=meeting, title=title, position=0 if last is None else last.position + 1
    )
    access.touch(by=by, root_id=meeting.pk)
    record.changed("meetings.item.added", by=by, root=root.pk, changes={"title": title} if title else {})
    return item


@action
def move_item(*, item: AgendaItem, up: bool, by: Actor, at: datetime) -> None:
    """Let an item change places with the one before or after it, among those that the actor sees.

    Who may: contributors of the meeting. Raises Forbidden, UnableToArrange.
    """
    item = AgendaItem.objects.visible_to(by).get(pk=item.pk)
    meeting = _load(item.meeting, MeetingPermission.ARRANGE, by)
    _demand_coming(meeting)
    order = list(AgendaItem.objects.visible_to(by).on(meeting.pk))
    here = order.index(item)
    there = here - 1 if up else here + 1
    if not 0 <= there < len(order):
        raise UnableToArrange(_("The item stands at the end of the agenda already."))
    places = _rising([entry.position for entry in order])
    order[here], order[there] = order[there], order[here]
    for entry, place in zip(order, places, strict=True):
        if entry.position != place:
            access.require(by, MeetingPermission.ARRANGE, entry)
            entry.position = place
            entry.save(update_fields=["position"])
    record.changed("meetings.item.moved", by=by, root=item.root_id)


@action
def transfer_item(*, item: AgendaItem, meeting: Meeting, by: Actor, at: datetime) -> AgendaItem:
    """Move an undecided item to the end of another meeting's agenda. Who may: contributors of that meeting.

    Raises Forbidden, UnableToArrange.
    """
    item = _undecided(item, by)
    meeting = _load(meeting, MeetingPermission.ARRANGE, by)
    _demand_coming(meeting)
    if item.root_id == item.meeting_id:
        raise UnableToArrange(_("This item belongs to its meeting alone."))
    last = AgendaItem.objects.visible_to(by).on(meeting.pk).last()
    item.meeting, item.position = meeting, 0 if last is None else last.position + 1
    item.save(update_fields=["meeting", "position"])
    access.touch(by=by, root_id=meeting.pk)
    record.changed("meetings.item.transferred", by=by, root=item.root_id)
    return item


@action
def take_off(*, item: AgendaItem, by: Actor, at: datetime) -> None:
    """Take an undecided item off the agenda. Who may: whoever manages what the item is about.

    Raises Forbidden, UnableToArrange.
    """
    item = _undecided(item, by)
    access.require(by, MeetingPermission.TAKE_OFF, item)
    root_id, title = item.root_id, item.title
    item.delete()
    record.changed("meetings.item.taken_off", by=by, root=root_id, changes={"title": title} if title else {})


@action
def decide(*, item: AgendaItem, outcome: str, text: str, by: Actor, at: datetime) -> Decision:
    """Record what was decided on an item, once. Who may: contributors of what the item is about, by role.

    Raises Forbidden, UnableToDecide (decided already; the meeting was cancelled).
    """
    item = AgendaItem.objects.visible_to(by).select_related("meeting").get(pk=item.pk)
    access.require(by, MeetingPermission.DECIDE, item)
    # Locked, so that two people who decide at once do not both find the item open.
    AgendaItem.objects.visible_to(by).select_for_update(of=("self",)).get(pk=item.pk)
    if item.meeting.status == Status.CANCELLED:
        raise UnableToDecide(_("A cancelled meeting decides nothing. Move the item to another meeting."))
    if Decision.objects.visible_to(by).filter(item=item).exists():
        raise UnableToDecide(_("This item was decided already."))
    decision = Decision.objects.create(
        root_id=item.root_id, item=item, outcome=outcome, text=text, decided_at=at, decided_by_id=by.membership_id
    )
    access.touch(by=by, root_id=item.root_id)
    record.changed("meetings.item.decided", by=by, root=item.root_id, changes={"outcome": outcome, "text": text})
    return decision


def _move(
    meeting: Meeting,
    transition: Transition[MeetingPermission],
    *,
    version: int,
    by: Actor,
    at: datetime,
    reason: str = "",
    kind: Kind | None = None,
) -> Meeting:
    meeting = access.locked(_load(meeting, transition.permission, by), version=version)
    transition.check(meeting.status)
    meeting.status = transition.target
    meeting.version += 1
    meeting.save(update_fields=["status", "version"])
    access.touch(by=by, root_id=meeting.pk)
    changes = {"reason": reason} if reason else {}
    record.changed(f"meetings.meeting.{transition.target}", by=by, root=meeting.pk, changes=changes)
    if kind is not None:
        notices.tell(kind, meeting=meeting, principals=_everyone(), by=by, at=at)
    return meeting


def _load(meeting: Meeting, permission: MeetingPermission, by: Actor) -> Meeting:
    found = Meeting.objects.visible_to(by).select_related("root").get(pk=meeting.pk)
    access.require(by, permission, found)
    return found


def _undecided(item: AgendaItem, by: Actor) -> AgendaItem:
    found = AgendaItem.objects.visible_to(by).select_for_update(of=("self",)).get(pk=item.pk)
    if Decision.objects.visible_to(by).filter(item=found).exists():
        raise UnableToArrange(_("This item was decided already."))
    return found


def _demand_coming(meeting: Meeting) -> None:
    if meeting.status not in states.COMING:
        raise UnableToArrange(_("The agenda of this meeting is fixed: it is over or was cancelled."))


def _rising(positions: list[int]) -> list[int]:
    """The same places without ties, so that an exchange of two always shows."""
    risen: list[int] = []
    for position in positions:
        risen.append(max(position, risen[-1] + 1) if risen else position)
    return risen


def _everyone() -> list[int]:
    return [principal for principal, _level in circle.called()]
