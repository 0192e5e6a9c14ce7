from django.urls import path

from meetings import lists, views

urlpatterns = [
    path("meetings/", lists.MeetingList.as_view(), name="meetings"),
    path("meetings/export/", lists.MeetingExport.as_view(), name="meetings_export"),
    path("meetings/call/", views.CallMeeting.as_view(), name="meeting_call"),
    path("meetings/<uuid:pk>/", views.MeetingPage.as_view(), name="meeting"),
    path("meetings/<uuid:pk>/change/", views.ChangeMeeting.as_view(), name="meeting_change"),
    path("meetings/<uuid:pk>/start/", views.StartMeeting.as_view(), name="meeting_start"),
    path("meetings/<uuid:pk>/close/", views.CloseMeeting.as_view(), name="meeting_close"),
    path("meetings/<uuid:pk>/cancel/", views.CancelMeeting.as_view(), name="meeting_cancel"),
    path("meetings/<uuid:pk>/items/add/", views.AddItem.as_view(), name="meeting_item_add"),
    path("meetings/<uuid:pk>/items/<uuid:item>/move/", views.MoveItem.as_view(), name="meeting_item_move"),
    path("meetings/<uuid:pk>/items/<uuid:item>/take-off/", views.TakeOffItem.as_view(), name="meeting_item_take_off"),
    path("meetings/<uuid:pk>/items/<uuid:item>/decide/", views.DecideItem.as_view(), name="meeting_item_decide"),
]
