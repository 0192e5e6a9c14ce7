"""Addresses of copies; ``pk`` is the key of the original, of the order for the page on which one sees how far it is."""

from django.urls import path

from foundation.documents.copying import views

urlpatterns = [
    path("documents/copies/", views.Copies.as_view(), name="document_copies"),
    path("documents/copies/<uuid:pk>/", views.CopyPage.as_view(), name="document_copy_order"),
    path("documents/<uuid:pk>/copy/", views.ChooseTarget.as_view(), name="document_copy_choose"),
    path("documents/<uuid:pk>/copy/<uuid:root>/", views.CopyTo.as_view(), name="document_copy"),
]
