"""How one wants to be told: a page with a choice for each kind of notice."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.contrib import messages
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation.notifications import kinds, preferences
from foundation.notifications.kinds import Way
from foundation.notifications.permissions import NotificationsPermission
from foundation.pages.forms import ActionPage


class PreferencesForm(forms.Form):
    """A list for each kind, under the heading of its area, of the ways that the kind allows."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for _area, of_area in kinds.by_area():
            for kind in of_area:
                ways = [(way.value, way.label) for way in Way if way in kind.ways]
                self.fields[kind.name] = forms.ChoiceField(label=str(kind.sentence), choices=ways)

    def areas(self) -> Iterator[tuple[str, list[forms.BoundField]]]:
        """Heading and fields of each area."""
        for heading, of_area in kinds.by_area():
            yield heading, [self[kind.name] for kind in of_area]


class Preferences(ActionPage):
    """For the membership one acts through: the same person may want to be told otherwise at another authority."""

    permission = NotificationsPermission.READ
    verb = "notifications.preferences.viewed"
    template_name = "notifications/preferences.html"
    form_class = PreferencesForm
    submit_label = gettext_lazy("Save")

    def get_initial(self) -> dict[str, Any]:
        """What holds now."""
        chosen = preferences.chosen(self.actor)
        listed = [kind for _area, of_area in kinds.by_area() for kind in of_area]
        return {kind.name: preferences.way_of(self.actor, kind, chosen).value for kind in listed}

    def act(self, form: forms.Form) -> str:
        """Save all of them."""
        ways = {name: Way(way) for name, way in form.cleaned_data.items()}
        preferences.choose(by=self.actor, at=timezone.now(), ways=ways)
        messages.success(self.request, _("Saved. It holds for everything that has not been sent yet."))
        return reverse("notification_preferences")
