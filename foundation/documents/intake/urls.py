"""Addresses of files on their way; ``pk`` is the key of the root, of the document (a newer version), or of the upload."""

from django.urls import path

from foundation.documents.intake import resuming, uploads, views

urlpatterns = [
    path("documents/of/<uuid:pk>/add/", views.DocumentAdd.as_view(), name="document_add"),
    path("documents/<uuid:pk>/version/", views.VersionAdd.as_view(), name="document_version"),
    path("documents/of/<uuid:pk>/uploads/", resuming.UploadBegin.as_view(), name="upload_begin"),
    path("documents/uploads/<uuid:pk>/", uploads.UploadPage.as_view(), name="upload"),
    path("documents/uploads/<uuid:pk>/discard/", uploads.UploadDiscard.as_view(), name="upload_discard"),
    path("documents/uploads/<uuid:pk>/<int:number>/", resuming.UploadPiece.as_view(), name="upload_piece"),
]
