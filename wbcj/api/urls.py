"""Every address of the API, below /api/v1/."""

from django.urls import include, path

from partners import api as partners
from wbcj.api import changes, documents, entry

urlpatterns = [
    path("", entry.Entry.as_view(), name="api_entry"),
    path("me", entry.Me.as_view(), name="api_me"),
    path("changes", changes.Changes.as_view(), name="api_changes"),
    path("partners", partners.PartnerList.as_view(), name="api_partners"),
    path("partners/<uuid:pk>", partners.PartnerRead.as_view(), name="api_partner"),
    path("partners/<uuid:pk>/principals", partners.PrincipalList.as_view(), name="api_principals"),
    path("authorities/<uuid:pk>", partners.AuthorityRead.as_view(), name="api_authority"),
    path("", include("cases.api.urls")),
    path("", include("contactgroup.api.urls")),
    path("", include("meetings.api.urls")),
    path("", include("jits.api.urls")),
    path("", include("foundation.sharing.api.urls")),
    path("openapi.json", documents.openapi, name="api_document"),
    path("documentation", documents.documentation, name="api_documentation"),
    path("reference", documents.reference, name="api_reference"),
]
