from django.urls import path

from foundation.pages import keeping, views

urlpatterns = [
    path("acting/", views.acting, name="acting"),
    path("drafts/", keeping.KeepDraft.as_view(), name="draft"),
]
