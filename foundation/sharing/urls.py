from django.urls import path

from foundation.sharing import views

urlpatterns = [
    path("sharing/<uuid:pk>/", views.Sharing.as_view(), name="sharing"),
    path("sharing/<uuid:pk>/share/", views.ChoosePartner.as_view(), name="sharing_choose"),
    path("sharing/<uuid:pk>/share/with/", views.ShareWith.as_view(), name="sharing_share"),
    path("sharing/<uuid:pk>/preview/<uuid:share_id>/", views.PreviewShare.as_view(), name="sharing_preview"),
    path("sharing/<uuid:pk>/revoke/<uuid:share_id>/", views.RevokeShare.as_view(), name="sharing_revoke"),
    path("sharing/<uuid:pk>/leave/", views.Leave.as_view(), name="sharing_leave"),
    path("sharing/<uuid:pk>/hand-over/", views.HandOver.as_view(), name="sharing_hand_over"),
]
