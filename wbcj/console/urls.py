from django.urls import include, path

from wbcj.console import authorities, clients, deliveries, log, papers, people, reminders, views

urlpatterns = [
    path("", views.Console.as_view(), name="console"),
    path("clients/", clients.Clients.as_view(), name="console_clients"),
    path("clients/tokens/<uuid:pk>/revoke/", clients.Recall.as_view(), name="console_client_revoke"),
    path("deliveries/", deliveries.Deliveries.as_view(), name="console_deliveries"),
    path("deliveries/given-up/", deliveries.GivenUp.as_view(), name="console_given_up"),
    path("deliveries/<uuid:delivery>/", deliveries.OneDelivery.as_view(), name="console_delivery"),
    path("events/", log.Log.as_view(), name="console_events"),
    path("events/file/", log.LogFile.as_view(), name="console_events_file"),
    path("gallery/", views.Gallery.as_view(), name="console_gallery"),
    path("files/", views.Files.as_view(), name="console_files"),
    path("papers/", papers.Papers.as_view(), name="console_papers"),
    path("papers/<str:kind>/<slug:language>/", papers.SpecimenPaper.as_view(), name="console_paper"),
    path("partners/", people.Partners.as_view(), name="console_partners"),
    path("partners/<uuid:pk>/", authorities.Authorities.as_view(), name="console_authorities"),
    path("partners/<uuid:pk>/new/", authorities.FoundAuthority.as_view(), name="console_authority_found"),
    path("partners/authorities/<uuid:pk>/close/", authorities.CloseAuthority.as_view(), name="console_authority_close"),
    path("people/", people.People.as_view(), name="console_people"),
    path("reminders/", reminders.Reminders.as_view(), name="console_reminders"),
    path("reminders/offset/", reminders.SetOffset.as_view(), name="console_offset"),
    path("reminders/offset/<uuid:offset>/end/", reminders.EndOffset.as_view(), name="console_offset_end"),
    path("reminders/hours/", reminders.SetHours.as_view(), name="console_hours"),
    path("reminders/holiday/", reminders.AddHoliday.as_view(), name="console_holiday"),
    path("reminders/holiday/<uuid:holiday>/strike/", reminders.StrikeHoliday.as_view(), name="console_holiday_strike"),
    path("reminders/<uuid:reminder>/run-again/", reminders.RunAgain.as_view(), name="console_reminder_run_again"),
    path("", include("wbcj.console.reference.urls")),
    path("work/", views.Work.as_view(), name="console_work"),
    path("work/<uuid:job>/run-again/", views.RunAgain.as_view(), name="console_run_again"),
]
