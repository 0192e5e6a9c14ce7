from django.urls import path

from foundation.notifications.views import feed, inbox, preferences

urlpatterns = [
    path("inbox/", inbox.Inbox.as_view(), name="inbox"),
    path("inbox/calendar/", feed.FeedPage.as_view(), name="calendar_feed"),
    path("calendar/<str:secret>.ics", feed.Calendar.as_view(), name="calendar"),
    path("inbox/preferences/", preferences.Preferences.as_view(), name="notification_preferences"),
]
