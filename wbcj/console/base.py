"""Base of every page of the console."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from foundation import access
from foundation.pages.base import ActorPage
from wbcj.console import places
from wbcj.console.permissions import ConsolePermission


class ConsolePage(ActorPage):
    """For an account that may open the console, acting through a role that may; each page's permission says which of them."""

    above: ClassVar[Sequence[tuple[Promise | str, str]]] = ()
    """Pages between the overview and this one: words and the name of the address."""

    def admit(self) -> None:
        """Two locks: the mark on the account, and the membership acted through. Raises Forbidden."""
        if not self.request.user.is_staff or not access.role_allows(self.actor, ConsolePermission.VIEW):
            raise access.Forbidden

    def load(self) -> None:
        """Whoever comes in, then what the page is about."""
        self.admit()
        super().load()

    def trail(self) -> list[dict[str, str]]:
        """The way here from the overview."""
        return [{"label": str(label), "url": reverse(name)} for label, name in ((_("Console"), "console"), *self.above)]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The way back to the overview, and to every other page that opens for this reader."""
        return super().get_context_data(
            console_trail=self.trail(),
            console_groups=places.open_to(self.actor, self.request.path),
            **kwargs,
        )
