from django.urls import path

from foundation.notifications.views import inbox, preferences

urlpatterns = [
    path("inbox/", inbox.Inbox.as_view(), name="inbox"),
    path("inbox/preferences/", preferences.Preferences.as_view(), name="notification_preferences"),
]
