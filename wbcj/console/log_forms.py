"""What the audit log can be narrowed by: keys, instants and verbs, and people of the open directory; never words of a record."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation.audit import words
from foundation.audit.events import Narrowing
from foundation.pages.filters import LONGEST, any_of
from foundation.tenancy.models import Membership
from wbcj.console.finding import OfPartner

MOST_PEOPLE = 1000
"""A name that fits more memberships than this names nobody in particular."""
_YEARS = range(2000, 2100)


class InstantField(forms.CharField):
    """A local instant as a browser's control sends it. It stays a text, so that the list's address repeats it."""

    def __init__(self, **options: Any) -> None:
        super().__init__(widget=forms.TextInput(attrs={"type": "datetime-local"}), max_length=30, **options)

    def clean(self, value: Any) -> str:
        """The text, if it names an instant that a record can have."""
        text = str(super().clean(value) or "")
        if text:
            instant_of(text)
        return text


def instant_of(text: str) -> datetime:
    """The instant of such a text in the reader's zone, in UTC. Raises ValidationError."""
    try:
        local = datetime.fromisoformat(text)
    except ValueError:
        local = None
    if local is None or local.year not in _YEARS:
        raise forms.ValidationError(_("Give a day and a time, as 2026-11-30T14:05."))
    return (local if local.tzinfo else timezone.make_aware(local)).astimezone(UTC)


class LogForm(OfPartner):
    """Filters of the audit log. ``verbs`` are those on record, ``partners`` what may be chosen among."""

    in_view = ("since", "until", "act")
    text = None  # type: ignore[assignment]  # no words: the log must not answer what a record is called

    since = InstantField(label=gettext_lazy("From"))
    until = InstantField(label=gettext_lazy("Before"))
    act = forms.CharField(
        label=gettext_lazy("Act, or the beginning of one"),
        max_length=80,
        widget=forms.TextInput(attrs={"list": "verbs", "autocomplete": "off", "spellcheck": "false"}),
    )
    who = forms.CharField(
        label=gettext_lazy("Person: name, or key of person or membership"),
        max_length=LONGEST,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    outcome = forms.ChoiceField(label=gettext_lazy("Outcome"), choices=any_of(words.outcomes()))
    root = forms.UUIDField(
        label=gettext_lazy("Key of the record"), widget=forms.TextInput(attrs={"spellcheck": "false"})
    )
    lists = forms.BooleanField(label=gettext_lazy("Also where it stood in a list"))
    request = forms.CharField(label=gettext_lazy("Request"), max_length=40)

    def __init__(self, *args: Any, verbs: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.verbs = verbs
        self.fields["root"].error_messages["invalid"] = _("This is not a key.")

    def clean_act(self) -> str:
        """A verb on record, or what some of them begin with."""
        act = str(self.cleaned_data["act"]).strip().rstrip(".")
        if act and not self._verbs_of(act):
            raise forms.ValidationError(_("No such act is on record."))
        return act

    def clean_who(self) -> str:
        """Somebody in the directory."""
        who = str(self.cleaned_data["who"]).strip()
        self.members: list[UUID] | None = None
        if who:
            self.members = list(_memberships_of(who)[: MOST_PEOPLE + 1])
        if self.members is not None and len(self.members) > MOST_PEOPLE:
            raise forms.ValidationError(_("Many people have a name like that. Type more of it."))
        if self.members == []:
            raise forms.ValidationError(_("Nobody in the directory has that name or key."))
        return who

    def clean(self) -> dict[str, Any]:
        """The period runs forward; a list is about a record."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("lists") and not cleaned.get("root") and "root" not in self.errors:
            self.add_error("lists", _("Give the key of a record as well."))
        since, until = cleaned.get("since"), cleaned.get("until")
        if since and until and instant_of(since) >= instant_of(until):
            self.add_error("until", _("This lies before the beginning."))
        return cleaned

    def _verbs_of(self, act: str) -> list[str]:
        return [verb for verb in self.verbs if verb == act or verb.startswith(f"{act}.")]

    def suggestions(self) -> list[str]:
        """Families and verbs to choose among."""
        families = {verb.rsplit(".", depth)[0] for verb in self.verbs for depth in (1, 2)}
        return sorted({*families, *self.verbs})

    def narrowing(self) -> Narrowing:
        """What was chosen, for the record; ask when the form is valid."""
        chosen = self.cleaned_data
        return Narrowing(
            since=instant_of(chosen["since"]) if chosen["since"] else None,
            until=instant_of(chosen["until"]) if chosen["until"] else None,
            verbs=self._verbs_of(chosen["act"]) if chosen["act"] else None,
            memberships=self._memberships(chosen["partner"]),
            outcome=chosen["outcome"] or None,
            root=chosen["root"],
            in_lists=chosen["lists"],
            request_id=chosen["request"] or None,
        )

    def _memberships(self, partner: str) -> list[UUID] | None:
        if not partner:
            return self.members
        found = Membership.objects.filter(authority__partner_id=partner)
        if self.members is not None:
            found = found.filter(pk__in=self.members)
        return list(found.values_list("pk", flat=True))


def _memberships_of(who: str) -> Any:
    try:
        key = UUID(who)
    except ValueError:
        found = Q(account__full_name__icontains=who)
    else:
        found = Q(pk=key) | Q(account_id=key)
    return Membership.objects.filter(found).values_list("pk", flat=True)
