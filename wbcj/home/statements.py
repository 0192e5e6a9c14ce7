"""What everybody may read without signing in: how accessible the product is, and which personal data of its users it keeps."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from wbcj.sign_in import devices


@dataclass(frozen=True)
class Cookie:
    """One cookie by its name, with what it is for and how long it stays."""

    name: str
    purpose: Promise | str
    stays: Promise | str


def cookies() -> tuple[Cookie, ...]:
    """Every cookie that the product sets."""
    hours = settings.SESSION_COOKIE_AGE // int(timedelta(hours=1).total_seconds())
    return (
        Cookie(
            settings.SESSION_COOKIE_NAME,
            _("Knows that you are signed in, and for which authority you act."),
            _("until you sign out or close the browser, %(hours)s hours at most") % {"hours": hours},
        ),
        Cookie(
            settings.CSRF_COOKIE_NAME,
            _("Proves that a form which you send came from this site."),
            _("one year, without any knowledge of you"),
        ),
        Cookie(
            settings.LANGUAGE_COOKIE_NAME,
            _("The language that you chose in this browser. Set only when you choose one."),
            _("until you close the browser"),
        ),
        Cookie(
            settings.WBCJ_DEVICE_COOKIE,
            _(
                "Says that you signed in with this browser before, so that a stranger's wrong passwords do not slow you down."
            ),
            _("%(days)s days after the last sign-in") % {"days": devices.KEPT.days},
        ),
        Cookie(
            CookieStorage.cookie_name,
            _("One sentence about what you have just done, until the next page has shown it."),
            _("until the next page"),
        ),
    )


class Accessibility(TemplateView):
    """How accessible the product is, what was tested, and whom to tell of a barrier."""

    template_name = "statements/accessibility.html"
    http_method_names = ("get", "head")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The address that the operator named."""
        return super().get_context_data(contact=settings.WBCJ_CONTACT, **kwargs)


class Privacy(TemplateView):
    """Which personal data of the users is kept, why, for how long, and who reads it."""

    template_name = "statements/privacy.html"
    http_method_names = ("get", "head")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The cookies, and whom the operator named."""
        return super().get_context_data(
            cookies=cookies(),
            controller=settings.WBCJ_CONTROLLER,
            officer=settings.WBCJ_DATA_PROTECTION_OFFICER,
            contact=settings.WBCJ_CONTACT,
            **kwargs,
        )
