"""The product's addresses, and those of the bench."""

from django.urls import include, path

from bench.served import lists

urlpatterns = [
    path("bench/serializers", lists.SlowCases.as_view()),
    path("bench/changes", lists.SlowChanges.as_view()),
    path("bench/unpermissioned", lists.Unpermissioned.as_view()),
    path("bench/unpermissioned/serializers", lists.SlowUnpermissioned.as_view()),
    path("bench/raw", lists.Raw.as_view()),
    path("", include("wbcj.urls")),
]
