from django.urls import path

from wbcj.console.reference import bringing, calendar, index, rooms, rows

urlpatterns = [
    path("reference/", index.Reference.as_view(), name="console_reference"),
    path("calendar/", calendar.ContactGroupCalendar.as_view(), name="console_calendar"),
    path("reference/<slug:kind>/", rooms.Rows.as_view(), name="console_reference_rows"),
    path("reference/<slug:kind>/file/", rooms.RowsFile.as_view(), name="console_reference_file"),
    path("reference/<slug:kind>/history/", rooms.History.as_view(), name="console_reference_history"),
    path("reference/<slug:kind>/add/", rows.AddRow.as_view(), name="console_reference_add"),
    path("reference/<slug:kind>/import/", bringing.GiveRows.as_view(), name="console_reference_import"),
    path("reference/<slug:kind>/confirm/", bringing.ConfirmRows.as_view(), name="console_reference_confirm"),
    path("reference/<slug:kind>/<slug:row>/change/", rows.ChangeRow.as_view(), name="console_reference_change"),
    path("reference/<slug:kind>/<slug:row>/end/", rows.EndRow.as_view(), name="console_reference_end"),
    path("reminders/<slug:kind>/import/", bringing.GiveReminderRules.as_view(), name="console_reminder_rules_import"),
    path(
        "reminders/<slug:kind>/confirm/", bringing.ConfirmReminderRules.as_view(), name="console_reminder_rules_confirm"
    ),
    path("voting/<slug:kind>/import/", bringing.GiveVotingRules.as_view(), name="console_voting_rules_import"),
    path("voting/<slug:kind>/confirm/", bringing.ConfirmVotingRules.as_view(), name="console_voting_rules_confirm"),
]
