"""The address of everything."""

from django.urls import include, path
from django.views.i18n import set_language

from wbcj import health, verify
from wbcj.home import search, statements
from wbcj.home import views as home

urlpatterns = [
    # First, since programs ask most often, and what does not begin so is passed over at once.
    path("api/v1/", include("wbcj.api.urls")),
    path("", home.Home.as_view(), name="home"),
    path("search/", search.Search.as_view(), name="search"),
    path("search/export/", search.SearchExport.as_view(), name="search_export"),
    path("r/<uuid:pk>/", home.RootAddress.as_view(), name="root"),
    path("", include("foundation.pages.urls")),
    path("", include("foundation.notifications.urls")),
    path("", include("foundation.sharing.urls")),
    path("", include("foundation.documents.urls")),
    path("", include("foundation.documents.printing.urls")),
    path("verify/", verify.Verify.as_view(), name="verify"),
    path("console/", include("wbcj.console.urls")),
    path("", include("partners.urls")),
    path("", include("cases.urls")),
    path("", include("meetings.urls")),
    path("", include("contactgroup.urls")),
    path("", include("jits.urls")),
    path("health/live/", health.live, name="health_live"),
    path("health/ready/", health.ready, name="health_ready"),
    path("accessibility/", statements.Accessibility.as_view(), name="accessibility"),
    path("privacy/", statements.Privacy.as_view(), name="privacy"),
    path("language/", set_language, name="set_language"),
    path("account/", home.MyAccount.as_view(), name="my_account"),
    path("account/", include("wbcj.sign_in.urls")),
]

handler400 = "foundation.pages.errors.bad_request"
handler403 = "foundation.pages.errors.forbidden"
handler404 = "foundation.pages.errors.not_found"
handler500 = "foundation.pages.errors.failed"
