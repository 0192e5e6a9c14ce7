"""The small address to which the script of a long form sends what is typed: it says yes, no, or who is missing."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django.db import IntegrityError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect
from django.urls import Resolver404, resolve
from django.utils import timezone

from foundation import access
from foundation.components import formats
from foundation.pages import drafts, submissions
from foundation.pages.base import ActorPage
from foundation.pages.drafts import TooLong, WrittenElsewhere
from foundation.pages.forms import ActionPage
from foundation.pages.permissions import PagesPermission
from foundation.pages.submissions import KeyUsedElsewhere

DISCARD, SENT = "draft.discard", "sent"


class KeepDraft(ActorPage):
    """Answers a script, so it never answers with a page: 401 when nobody is signed in, 403 for another membership."""

    permission = PagesPermission.KEEP_DRAFTS
    verb = "pages.draft.kept"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Nobody: a script cannot sign in, so it is told in a number."""
        if not request.user.is_authenticated:
            return HttpResponse(status=401)
        return super().dispatch(request, *args, **kwargs)

    def another(self) -> HttpResponseBase:
        """The form belongs to another membership or to another person: nothing is stored, and nothing said of either."""
        return HttpResponse(status=403)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Whose page it would be now, and the token that its forms need: after signing in anew, an open form can be sent.

        Asked with the key of a form that was sent: whether it was taken. A line that broke leaves the browser without an answer.
        """
        sent = submissions.key_of(request.GET.get(SENT, ""))
        taken = sent is not None and submissions.taken(by=self.actor, key=sent)
        return JsonResponse({"acting": str(self.actor.membership_id), "token": get_token(request), "taken": taken})

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Keep, or discard."""
        path = request.POST.get(drafts.PATH, "")
        form = self._form_at(path)
        if DISCARD in request.POST:
            drafts.discard(by=self.actor, path=path, form=form)
            return redirect(path)
        return self._keep(path, form)

    def _form_at(self, path: str) -> str:
        """The verb of the page with the long form, or 404."""
        if len(path) > drafts.PATH_LIMIT or not path.startswith("/") or "\0" in path:
            raise Http404
        try:
            address = urlsplit(path)
            page = None if address.netloc else getattr(resolve(address.path).func, "view_class", None)
        except (Resolver404, ValueError) as error:
            raise Http404 from error
        if not (isinstance(page, type) and issubclass(page, ActionPage) and page.keeps_drafts):
            raise Http404
        if not access.role_allows(self.actor, page.permission):
            raise access.Forbidden
        return page.verb

    def _keep(self, path: str, form: str) -> HttpResponse:
        sent, now = self.request.POST, timezone.now()
        key = submissions.key_of(sent.get(submissions.FIELD, ""))
        revision = drafts.number(sent.get(drafts.REVISION, ""))
        if key is None or revision is None:
            return HttpResponse(status=400)
        try:
            draft = drafts.save(
                by=self.actor, at=now, path=path, form=form, content=drafts.written(sent), key=key,
                revision=revision, over=drafts.OVER in sent,
            )  # fmt: skip
        except TooLong:
            return HttpResponse(status=413)
        except WrittenElsewhere as error:
            at = "" if error.at is None else formats.clock(error.at)
            return JsonResponse({"at": at}, status=409)
        except (KeyUsedElsewhere, IntegrityError):
            return JsonResponse({"at": ""}, status=409)
        if draft is None:
            return HttpResponse(status=204)
        return JsonResponse({"revision": draft.revision, "at": formats.clock(draft.saved_at)})
