"""The calendar feed: the page that gives it an address or takes it away, and the address itself."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.cache import cache
from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponseNotFound
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.views import View

from foundation import access
from foundation.audit import record
from foundation.notifications.delivery import letters
from foundation.notifications.feed import actions, calendar
from foundation.notifications.feed.models import CalendarFeed
from foundation.notifications.permissions import NotificationsPermission
from foundation.pages.base import access_role_required
from foundation.pages.forms import ActionPage

FETCHES, WINDOW = 30, 600
"""How often one address is answered in so many seconds: a program asks once in a quarter of an hour."""


class FeedForm(forms.Form):
    """What shall become of the address."""

    wish = forms.ChoiceField(choices=[("make", ""), ("revoke", "")])


class FeedPage(ActionPage):
    """Make a secret address, see once what it is, see when it was used, take it back."""

    permission = NotificationsPermission.FEED
    verb = "notifications.feed.viewed"
    template_name = "notifications/feed.html"
    form_class = FeedForm
    secret = ""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The live address, of which only its age is known; a new one in full, this once."""
        live = CalendarFeed.objects.visible_to(self.actor).live().first()
        address = letters.address(reverse("calendar", kwargs={"secret": self.secret})) if self.secret else ""
        return super().get_context_data(feed=live, address=address, **kwargs)

    def act(self, form: forms.Form) -> str:
        """Make or revoke."""
        now = timezone.now()
        if form.cleaned_data["wish"] == "make":
            self.secret = actions.make(by=self.actor, at=now)
        else:
            actions.revoke(by=self.actor, at=now)
            messages.success(self.request, _("The calendar address leads nowhere any more."))
        return reverse("calendar_feed")

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """A new secret is shown in this answer and nowhere else: it must not stand in a session or an address."""
        answer = super().post(request, *args, **kwargs)
        return self.render_to_response(self.get_context_data()) if self.secret else answer


class Calendar(View):
    """The secret address. Whoever has it acts for the membership that made it, in reading this and nothing else.

    Unknown, revoked, and of somebody who works here no longer: 404 alike, from one look-up by fingerprint.
    """

    http_method_names = ("get", "head")

    def get(self, request: HttpRequest, secret: str) -> HttpResponseBase:
        """The dates that stand now; 304 when nothing changed since, 429 for a program that asks without end."""
        digest = actions.fingerprint(secret)
        if _too_often(digest):
            return HttpResponse(status=429, headers={"Retry-After": str(WINDOW)})
        found = _feed_of(digest)
        if found is None:
            return HttpResponseNotFound()
        try:
            feed = self._read(*found)
        except (access.NotInOffice, access.Forbidden):
            return HttpResponseNotFound()
        answer = HttpResponse(feed.body, content_type="text/calendar; charset=utf-8")
        answer["ETag"] = feed.etag
        answer["Content-Disposition"] = 'attachment; filename="wbcj.ics"'
        answer["X-Robots-Tag"] = "noindex"
        return get_conditional_response(request, etag=feed.etag, response=answer) or answer

    def _read(self, feed_id: UUID, account_id: UUID, membership_id: UUID) -> calendar.Feed:
        """Acting for its owner; the look is on record with the roots that it names."""
        with access.acting_as(account_id, membership_id) as actor:
            access_role_required(actor, NotificationsPermission.FEED)
            now = timezone.now()
            feed = calendar.of(actor, at=now)
            actions.used(by=actor, at=now, feed_id=feed_id)
            record.consulted("notifications.feed.consulted", by=actor, roots=feed.roots)
            return feed


def _feed_of(digest: str) -> tuple[UUID, UUID, UUID] | None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT feed_id, account_id, membership_id FROM notifications_feed_of(%s)", [digest])
        row: tuple[UUID, UUID, UUID] | None = cursor.fetchone()
    return row


def _too_often(digest: str) -> bool:
    """Count one more fetch of this address, known or not; without a cache nothing is limited."""
    key = f"calendar:{digest}"
    cache.add(key, 0, timeout=WINDOW)
    try:
        return int(cache.incr(key)) > FETCHES
    except ValueError:
        return False
