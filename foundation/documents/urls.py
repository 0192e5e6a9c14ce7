"""Addresses of documents; ``pk`` is the key of the document, of the root for the list of all its documents."""

from django.urls import include, path

from foundation.documents import downloads, views
from foundation.documents.exporting.views import Export

urlpatterns = [
    path("documents/of/<uuid:pk>/", views.DocumentsOf.as_view(), name="documents_of"),
    path("documents/of/<uuid:pk>/export/", Export.as_view(), name="documents_export"),
    path("", include("foundation.documents.intake.urls")),
    path("", include("foundation.documents.copying.urls")),
    path("documents/<uuid:pk>/", views.DocumentPage.as_view(), name="document"),
    path("documents/<uuid:pk>/custody/", views.CustodyPage.as_view(), name="document_custody"),
    path("documents/<uuid:pk>/withdraw/", views.Withdraw.as_view(), name="document_withdraw"),
    path("documents/<uuid:pk>/<int:number>/download/", downloads.Download.as_view(), name="document_download"),
]
