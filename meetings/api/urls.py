"""Addresses of meetings for partner systems."""

from django.urls import path

from meetings.api import operations

urlpatterns = [
    path("meetings", operations.MeetingList.as_view(), name="api_meetings"),
    path("meetings/<uuid:pk>", operations.MeetingRead.as_view(), name="api_meeting"),
    path("meetings/<uuid:pk>/agenda", operations.MeetingAgenda.as_view(), name="api_meeting_agenda"),
]
