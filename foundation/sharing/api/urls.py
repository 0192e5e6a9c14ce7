"""Addresses of sharing for partner systems."""

from django.urls import path

from foundation.sharing.api import operations, writes

urlpatterns = [
    path("sharing/<uuid:pk>", operations.SharingRead.as_view(), name="api_sharing"),
    path("sharing/<uuid:pk>/shares", writes.ShareGive.as_view(), name="api_sharing_shares"),
    path("sharing/<uuid:pk>/shares/<uuid:share>", writes.ShareRevoke.as_view(), name="api_sharing_share"),
    path("sharing/<uuid:pk>/leave", writes.Leave.as_view(), name="api_sharing_leave"),
    path("sharing/<uuid:pk>/hand-over", writes.HandOver.as_view(), name="api_sharing_hand_over"),
]
