from django.urls import path

from partners.views import administration, answers, directory, profile

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
    path("profile/", profile.Profile.as_view(), name="profile"),
]
