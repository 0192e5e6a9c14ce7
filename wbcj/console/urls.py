from django.urls import path

from wbcj.console import deliveries, views

urlpatterns = [
    path("", views.Console.as_view(), name="console"),
    path("deliveries/", deliveries.Deliveries.as_view(), name="console_deliveries"),
    path("deliveries/given-up/", deliveries.GivenUp.as_view(), name="console_given_up"),
    path("deliveries/<uuid:delivery>/", deliveries.OneDelivery.as_view(), name="console_delivery"),
    path("events/", views.Events.as_view(), name="console_events"),
    path("gallery/", views.Gallery.as_view(), name="console_gallery"),
    path("files/", views.Files.as_view(), name="console_files"),
    path("work/", views.Work.as_view(), name="console_work"),
    path("work/<uuid:job>/run-again/", views.RunAgain.as_view(), name="console_run_again"),
]
