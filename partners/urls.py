from django.urls import path

from partners.views import administration, answers, directory, profile, systems, webhooks

urlpatterns = [
    path("directory/", directory.Directory.as_view(), name="directory"),
    path("directory/partners/<uuid:pk>/", directory.PartnerPage.as_view(), name="partner"),
    path(
        "directory/partners/<uuid:pk>/first-administrator/", administration.Found.as_view(), name="administrator_found"
    ),
    path("directory/authorities/<uuid:pk>/", directory.AuthorityPage.as_view(), name="authority"),
    path("directory/authorities/<uuid:pk>/name/", administration.NameAuthority.as_view(), name="authority_name"),
    path("directory/authorities/<uuid:pk>/invite/", administration.Invite.as_view(), name="membership_invite"),
    path("directory/people/<uuid:pk>/", directory.PersonPage.as_view(), name="person"),
    path("directory/memberships/<uuid:pk>/end/", administration.EndMembership.as_view(), name="membership_end"),
    path("directory/memberships/<uuid:pk>/move/", administration.Move.as_view(), name="membership_move"),
    path("directory/offices/<uuid:pk>/appoint/", administration.Appoint.as_view(), name="office_appoint"),
    path("directory/appointments/<uuid:pk>/end/", administration.EndHolder.as_view(), name="holder_end"),
    path("directory/waiting/", directory.Waiting.as_view(), name="appointments_waiting"),
    path("directory/waiting/memberships/<uuid:pk>/", answers.AnswerMembership.as_view(), name="membership_answer"),
    path("directory/waiting/offices/<uuid:pk>/", answers.AnswerHolder.as_view(), name="holder_answer"),
    path("directory/systems/", systems.Systems.as_view(), name="systems"),
    path("directory/systems/new/", systems.RegisterSystem.as_view(), name="system_register"),
    path("directory/systems/<uuid:pk>/", systems.SystemPage.as_view(), name="system"),
    path("directory/systems/<uuid:pk>/tokens/new/", systems.GrantToken.as_view(), name="token_grant"),
    path("directory/tokens/<uuid:pk>/rotate/", systems.RotateToken.as_view(), name="token_rotate"),
    path("directory/tokens/<uuid:pk>/revoke/", systems.RevokeToken.as_view(), name="token_revoke"),
    path("directory/systems/<uuid:pk>/webhooks/new/", webhooks.Subscribe.as_view(), name="webhook_subscribe"),
    path("directory/webhooks/<uuid:pk>/", webhooks.WebhookPage.as_view(), name="webhook"),
    path("directory/webhooks/<uuid:pk>/rotate/", webhooks.RotateSecret.as_view(), name="webhook_rotate"),
    path("directory/webhooks/<uuid:pk>/pause/", webhooks.Pause.as_view(), name="webhook_pause"),
    path("directory/webhooks/<uuid:pk>/resume/", webhooks.Resume.as_view(), name="webhook_resume"),
    path("directory/webhooks/<uuid:pk>/end/", webhooks.End.as_view(), name="webhook_end"),
    path("directory/webhooks/<uuid:pk>/test/", webhooks.SendTest.as_view(), name="webhook_test"),
    path("directory/webhooks/deliveries/<uuid:pk>/", webhooks.OneDelivery.as_view(), name="webhook_delivery"),
    path("profile/", profile.Profile.as_view(), name="profile"),
]
