from django.urls import path

from foundation.sharing.views import ending, giving, record

urlpatterns = [
    path("sharing/<uuid:pk>/", record.Sharing.as_view(), name="sharing"),
    path("sharing/<uuid:pk>/share/", giving.ChoosePartner.as_view(), name="sharing_choose"),
    path("sharing/<uuid:pk>/share/with/", giving.ShareWith.as_view(), name="sharing_share"),
    path("sharing/<uuid:pk>/preview/<uuid:share_id>/", record.PreviewShare.as_view(), name="sharing_preview"),
    path("sharing/<uuid:pk>/revoke/<uuid:share_id>/", ending.RevokeShare.as_view(), name="sharing_revoke"),
    path("sharing/<uuid:pk>/leave/", ending.Leave.as_view(), name="sharing_leave"),
    path("sharing/<uuid:pk>/hand-over/", giving.HandOver.as_view(), name="sharing_hand_over"),
]
