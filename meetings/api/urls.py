"""Addresses of meetings for partner systems."""

from django.urls import path

from foundation.pages.api.addresses import offering
from meetings.api import operations, writes

urlpatterns = [
    path("meetings", offering(operations.MeetingList, writes.MeetingCall), name="api_meetings"),
    path("meetings/<uuid:pk>", offering(operations.MeetingRead, writes.MeetingChange), name="api_meeting"),
    path("meetings/<uuid:pk>/start", writes.MeetingStart.as_view(), name="api_meeting_start"),
    path("meetings/<uuid:pk>/close", writes.MeetingClose.as_view(), name="api_meeting_close"),
    path("meetings/<uuid:pk>/cancel", writes.MeetingCancel.as_view(), name="api_meeting_cancel"),
    path(
        "meetings/<uuid:pk>/agenda",
        offering(operations.MeetingAgenda, writes.ItemAdd),
        name="api_meeting_agenda",
    ),
    path("meetings/<uuid:pk>/agenda/<uuid:item>", writes.ItemTakeOff.as_view(), name="api_meeting_item"),
    path("meetings/<uuid:pk>/agenda/<uuid:item>/move", writes.ItemMove.as_view(), name="api_meeting_item_move"),
]
